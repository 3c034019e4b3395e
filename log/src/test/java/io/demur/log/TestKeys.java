package io.demur.log;

import io.demur.log.note.SigningKey;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Keys that are the same in every run. */
public final class TestKeys {

    private TestKeys() {}

    /** The Ed25519 key whose 32 secret bytes are all {@code seed}. */
    public static SigningKey of(String name, int seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed((byte) seed));
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(name, pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte seed;

        Fixed(byte seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, seed);
        }
    }
}

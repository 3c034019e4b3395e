package io.demur.record.keys;

import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Ed25519 keys that sign notes, between their files and what signs. */
final class NoteKeys {

    /** What X.509 puts before the 32 bytes of an Ed25519 key: RFC 8410. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private NoteKeys() {}

    /** A new key of that name; when it was made is for the ring to say. */
    static KeyFile generate(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            VerifierKey vkey = VerifierKey.of(name, VerifierKey.Type.ED25519, pair.getPublic());
            Key key =
                    new Key(
                            Key.Purpose.LOG,
                            vkey.hexId(),
                            Instant.EPOCH,
                            Key.State.PENDING,
                            Optional.of(vkey.toString()));
            return new KeyFile(key, pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /** A public half that is not the private one's would sign what nobody can verify. */
    static void check(KeyFile file) {
        SigningKey key = signer(file);
        checkHalves(key);
        if (!key.verifier().hexId().equals(file.key().id())) {
            throw new IllegalArgumentException("its id is not that of its public key");
        }
    }

    /** Refuses a public half that is not the private one's. */
    static void checkHalves(SigningKey key) {
        try {
            Note.sign("demur\n", key).signers(List.of(key.verifier()));
        } catch (Malformed e) {
            throw new IllegalArgumentException("its public key is not that of its private key", e);
        }
    }

    static SigningKey signer(KeyFile file) {
        return signer(vkey(file.key().publicKey().orElseThrow()), file.secret());
    }

    /** A key of both its halves. */
    static SigningKey signer(VerifierKey vkey, byte[] pkcs8) {
        try {
            PrivateKey secret =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new SigningKey(vkey.name(), publicKey(vkey), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its block is no Ed25519 key", e);
        }
    }

    private static PublicKey publicKey(VerifierKey vkey) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + vkey.key().length);
        System.arraycopy(vkey.key(), 0, encoded, X509_PREFIX.length, vkey.key().length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    static VerifierKey vkey(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (Malformed e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}

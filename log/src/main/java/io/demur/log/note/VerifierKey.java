package io.demur.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that notes are checked with: C2SP signed-note, "vkey". Immutable.
 *
 * <p>Its text form is {@code <name>+<key id in hexadecimal>+<base64 of type and key>}.
 */
public final class VerifierKey {

    /** What a signature of this key says. */
    public enum Type {
        /** Ed25519 over the text of the note. */
        ED25519(1),
        /** An Ed25519 cosignature of a checkpoint, with the time: C2SP tlog-cosignature v1. */
        COSIGNATURE(4);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /** The type byte of signed-note. */
        public int code() {
            return code;
        }
    }

    private static final int ED25519_BYTES = 32;

    /** What X.509 puts before the 32 bytes of an Ed25519 key: RFC 8410. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final Type type;
    private final byte[] key;
    private final PublicKey parsed;

    private VerifierKey(String name, Type type, byte[] key, PublicKey parsed) {
        this.name = name;
        this.type = type;
        this.key = key;
        this.parsed = parsed;
    }

    /**
     * A key of the given name.
     *
     * @param key the 32 bytes of RFC 8032
     * @throws IllegalArgumentException for a name that no key can have, or bytes that are no key
     */
    public static VerifierKey of(String name, Type type, byte[] key) {
        if (!isName(name)) {
            throw new IllegalArgumentException("`%s` cannot be a key's name".formatted(name));
        }
        if (key.length != ED25519_BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + key.length);
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + ED25519_BYTES);
        System.arraycopy(key, 0, encoded, X509_PREFIX.length, ED25519_BYTES);
        try {
            PublicKey parsed =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded));
            return new VerifierKey(name, type, key.clone(), parsed);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    /**
     * The key of a public key of the JDK.
     *
     * @throws IllegalArgumentException for a key of another kind than Ed25519
     */
    public static VerifierKey of(String name, Type type, PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_PREFIX.length + ED25519_BYTES
                || !Arrays.equals(encoded, 0, X509_PREFIX.length, X509_PREFIX, 0, 12)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return of(name, type, Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
    }

    /**
     * Reads the text form.
     *
     * @throws Malformed where it is not one, or its key id is not that of its key
     */
    public static VerifierKey parse(String vkey) throws Malformed {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            throw new Malformed("`%s` is not a key: `name+id+key`".formatted(Text.shown(vkey)));
        }
        byte[] bytes = Text.base64(parts[2]);
        VerifierKey found = null;
        for (Type type : Type.values()) {
            if (bytes.length == 1 + ED25519_BYTES && bytes[0] == type.code) {
                byte[] key = Arrays.copyOfRange(bytes, 1, bytes.length);
                try {
                    found = of(parts[0], type, key);
                } catch (IllegalArgumentException e) {
                    throw new Malformed("`%s`: %s".formatted(Text.shown(vkey), e.getMessage()));
                }
            }
        }
        if (found == null) {
            throw new Malformed(
                    "`%s`: a kind of key that is not known here".formatted(Text.shown(vkey)));
        }
        if (!found.hexId().equals(parts[1])) {
            throw new Malformed(
                    "`%s`: the key's id is %s".formatted(Text.shown(vkey), found.hexId()));
        }
        return found;
    }

    /**
     * Whether a key may bear this name: not empty, without a plus, a space of Unicode, and the
     * control characters that no note may hold. No more is refused, because who reads a note must
     * pass over the signatures of keys that he does not know, whatever they are called.
     */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(
                                c -> c == '+' || c < ' ' || c == 0x85 || Character.isSpaceChar(c));
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /** A copy of the 32 bytes of RFC 8032. */
    public byte[] key() {
        return key.clone();
    }

    /** The first four bytes of {@code SHA-256(name ‖ 0x0A ‖ type ‖ key)}, big-endian. */
    public int id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update((byte) type.code);
            return ByteBuffer.wrap(digest.digest(key)).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@link #id} as eight hexadecimal digits. */
    public String hexId() {
        return HexFormat.of().toHexDigits(id());
    }

    /** Whether {@code signature} is this key's bare Ed25519 signature over {@code message}. */
    boolean signed(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(parsed);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // not of the form that a signature has
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return id();
    }

    /** The text form. */
    @Override
    public String toString() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = (byte) type.code;
        System.arraycopy(key, 0, typed, 1, key.length);
        return name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}

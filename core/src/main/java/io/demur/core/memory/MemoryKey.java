package io.demur.core.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The secret under which texts are hashed, so that nobody without it can tell from what is
 * remembered whether a text that they guess was among it. What was made under one key says nothing
 * under another.
 */
public final class MemoryKey {

    /** The fewest bytes that a secret may have. */
    public static final int BYTES_MIN = 16;

    private final long k0;
    private final long k1;
    private final byte[] chain;
    private final int id;

    private MemoryKey(byte[] secret) {
        byte[] sketches = derived("demur memory sketches", secret);
        k0 = Sip.word(sketches, 0);
        k1 = Sip.word(sketches, 8);
        chain = derived("demur memory conversations", secret);
        id = (int) Sip.word(derived("demur memory key id", secret), 0);
    }

    /**
     * A key from a secret that nobody can guess.
     *
     * @throws IllegalArgumentException if it has fewer than {@link #BYTES_MIN} bytes
     */
    public static MemoryKey of(byte[] secret) {
        if (secret.length < BYTES_MIN) {
            throw new IllegalArgumentException(
                    "a memory key of `%d` bytes is shorter than %d"
                            .formatted(secret.length, BYTES_MIN));
        }
        return new MemoryKey(secret);
    }

    /** Tells keys apart, and says nothing of the secret. */
    public int id() {
        return id;
    }

    /** The keyed hash of {@code text[from..to)}. */
    long hash(char[] text, int from, int to) {
        return Sip.hash(k0, k1, text, from, to);
    }

    /** The keyed hash of a name of some kind; names of different kinds never meet. */
    public long hash(String kind, String name) {
        char[] both = (kind.length() + ":" + kind + name).toCharArray();
        return Sip.hash(k0, k1, both, 0, both.length);
    }

    /** SHA-256 over a secret of this key and the parts. */
    byte[] digest(byte[]... parts) {
        MessageDigest sha = sha256();
        sha.update(chain);
        for (byte[] part : parts) {
            sha.update(part);
        }
        return sha.digest();
    }

    private static byte[] derived(String label, byte[] secret) {
        MessageDigest sha = sha256();
        sha.update(label.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
        return Arrays.copyOf(sha.digest(secret), 32);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "memory key %08x".formatted(id);
    }
}

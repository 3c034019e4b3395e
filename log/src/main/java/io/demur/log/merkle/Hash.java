package io.demur.log.merkle;

import io.demur.log.note.Malformed;
import io.demur.log.note.Text;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash: 32 bytes. Immutable. */
public final class Hash {

    /** How long every hash is. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash of the given bytes.
     *
     * @throws IllegalArgumentException unless there are 32 of them
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The 32 bytes from {@code offset} on. */
    public static Hash at(byte[] array, int offset) {
        return new Hash(Arrays.copyOfRange(array, offset, offset + BYTES));
    }

    /** Takes the array over: for callers that made it and keep no other hand on it. */
    static Hash owning(byte[] bytes) {
        return new Hash(bytes);
    }

    /**
     * Reads 44 characters of base64, in the one form that they can have.
     *
     * @throws Malformed for any other text
     */
    public static Hash fromBase64(String text) throws Malformed {
        byte[] bytes = Text.base64(text);
        if (bytes.length != BYTES) {
            throw new Malformed("a hash of %d bytes instead of 32".formatted(bytes.length));
        }
        return new Hash(bytes);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes the 32 bytes into {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}

package io.demur.record.keys;

import java.util.HexFormat;

/**
 * Keyed hashes of what must be recognised again and must not be written down: HMAC-SHA-256 under
 * one key of the ring. Immutable.
 */
public final class Pseudonyms {

    private final String id;
    private final byte[] key;

    /**
     * Hashes by one key.
     *
     * @param id which key it is
     * @throws IllegalArgumentException for a key of less than 32 bytes
     */
    public Pseudonyms(String id, byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a key for names has at least 32 bytes");
        }
        this.id = id;
        this.key = key.clone();
    }

    /** The id of the key. */
    public String id() {
        return id;
    }

    /** 64 hexadecimal digits: the same for the same bytes, and telling nothing of them. */
    public String of(byte[] name) {
        return HexFormat.of().formatHex(Hkdf.hmac(key, name));
    }

    /** Names the key, never shows it. */
    @Override
    public String toString() {
        return "pseudonyms of `%s`".formatted(id);
    }
}

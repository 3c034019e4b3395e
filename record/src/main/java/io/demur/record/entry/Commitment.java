package io.demur.record.entry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Binds an entry to a body without telling it: {@code SHA-256(salt ‖ body)} with 32 bytes of salt.
 * Whoever has the body and the salt can check it; once the salt is gone nobody can, not even by
 * guessing.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Commitment(String hex) {

    /** How long every salt is. */
    public static final int SALT_BYTES = 32;

    public Commitment {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("`%s` is not a commitment".formatted(hex));
        }
    }

    /**
     * Commits to a body.
     *
     * @throws IllegalArgumentException for a salt of another length than 32 bytes
     */
    public static Commitment to(byte[] salt, byte[] body) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return new Commitment(HexFormat.of().formatHex(digest.digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.demur.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of a key: SHA-256 over its text. The text holds 190 random bits, so that nobody
 * finds it by trying, however fast the hash; a slow one would cost each request what it costs an
 * attacker, and win nothing.
 *
 * @param hex 64 digits in lower case
 */
public record KeyHash(String hex) {

    private static final byte[] DOMAIN = "demur key v1\0".getBytes(StandardCharsets.US_ASCII);

    public KeyHash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a hash has 64 hexadecimal digits in lower case");
        }
    }

    /** That of a text. */
    static KeyHash of(String text) {
        return new KeyHash(HexFormat.of().formatHex(digest(text)));
    }

    /** Whether it is the same, in a time that does not tell how much of it is. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII),
                other.hex.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(DOMAIN);
            return digest.digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.demur.testkit.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which half of a set something belongs to, by the hash of its words. */
public enum Half {
    /** Limits may be chosen on it. */
    TUNE,
    /** It is reported, and nobody looks at it while limits are chosen. */
    REPORT;

    static final int ID_DIGITS = 12;

    /** The half of what has this id. */
    public static Half of(String id) {
        return Character.digit(id.charAt(id.length() - 1), 16) % 2 == 0 ? TUNE : REPORT;
    }

    /** An id made of words alone, so that it stays when others come or go. */
    static String id(String words) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.demur.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Which judge said it. Stands in every row, so that two results can be compared knowing whether the
 * judge or the model changed.
 *
 * @param name what it judges, such as {@code refusal}
 * @param version counts up when it is trained anew
 * @param sha256 over weights, calibration and thresholds; 64 lower-case hexadecimal digits
 */
public record JudgeId(String name, int version, String sha256) {
    public JudgeId {
        Objects.requireNonNull(name);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest `%s` is not SHA-256".formatted(sha256));
        }
    }

    /**
     * The identity of a judge made of two: this one, and another that is asked within a band of
     * this one's probabilities. The names are joined by a plus sign, and the version is this one's.
     */
    public JudgeId then(JudgeId next, Band band) {
        String both =
                String.join(
                        "\n", sha256, band.toString(), next.name, "" + next.version, next.sha256);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(both.getBytes(StandardCharsets.UTF_8));
            return new JudgeId(name + "+" + next.name, version, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** {@code name-version@} and the first twelve digits of the digest. */
    @Override
    public String toString() {
        return name + "-" + version + "@" + sha256.substring(0, 12);
    }
}

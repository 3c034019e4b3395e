package io.demur.core;

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

    /** {@code name-version@} and the first twelve digits of the digest. */
    @Override
    public String toString() {
        return name + "-" + version + "@" + sha256.substring(0, 12);
    }
}

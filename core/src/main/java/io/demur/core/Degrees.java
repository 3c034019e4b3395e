package io.demur.core;

/**
 * The probability of each degree; the three sum to one.
 *
 * @param compliance 0 to 1
 * @param partial 0 to 1
 * @param full 0 to 1
 */
public record Degrees(double compliance, double partial, double full) {

    private static final double ROUNDING = 1e-6;

    public Degrees {
        if (!(compliance >= 0 && partial >= 0 && full >= 0)
                || Math.abs(compliance + partial + full - 1) > ROUNDING) {
            throw new IllegalArgumentException(
                    "probabilities `%s`, `%s`, `%s` are not a distribution"
                            .formatted(compliance, partial, full));
        }
    }

    /** All of the probability on one degree. */
    public static Degrees certain(Degree degree) {
        return switch (degree) {
            case COMPLIANCE -> new Degrees(1, 0, 0);
            case PARTIAL -> new Degrees(0, 1, 0);
            case FULL -> new Degrees(0, 0, 1);
        };
    }

    /** The probability that the degree is not compliance, 0 to 1. */
    public double refusal() {
        return Math.min(1, partial + full);
    }
}

package io.demur.core.harm.linear;

/**
 * Makes a probability of log-odds, as Platt (1999) does: a logistic curve whose place and steepness
 * were chosen on labelled rows.
 *
 * @param shift log-odds at which harm and no harm are equally likely
 * @param slope how fast it rises there, above 0
 */
public record Platt(float shift, float slope) {

    /** Takes the log-odds at their word. */
    public static final Platt NONE = new Platt(0, 1);

    public Platt {
        if (!(slope > 0) || !Float.isFinite(shift)) {
            throw new IllegalArgumentException("calibration by `%s`, `%s`".formatted(shift, slope));
        }
    }

    /** Probability, 0 to 1. */
    public double probability(double odds) {
        return logistic((odds - shift) * slope);
    }

    static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}

package io.demur.stats;

/**
 * An observed share, and how many independent observations it is worth.
 *
 * @param rate 0 to 1
 * @param worth above 0; less than were counted where observations depend on each other
 */
public record Share(double rate, double worth) {
    public Share {
        if (!(0 <= rate && rate <= 1 && worth > 0)) {
            throw new IllegalArgumentException(
                    "`%s` worth `%s` observations is no share".formatted(rate, worth));
        }
    }

    /** A share of independent observations, of which there is at least one. */
    public static Share of(long hits, long n) {
        return new Share((double) hits / n, n);
    }

    /**
     * The rate with one hit and one miss added, which keeps the variance of few observations from
     * vanishing where all are alike (Agresti and Coull 1998; for sensitivity and specificity Lang
     * and Reiczigel 2014).
     */
    double shrunk() {
        return (rate * worth + 1) / (worth + 2);
    }

    /** The sampling variance that goes with {@link #shrunk}. */
    double variance() {
        double p = shrunk();
        return p * (1 - p) / (worth + 2);
    }
}

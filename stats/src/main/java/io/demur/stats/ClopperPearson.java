package io.demur.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact interval for a proportion (Clopper and Pearson 1934): it holds the true one at least as
 * often as stated, for any true proportion and any number of observations. It is wider than
 * Wilson's, and the one to take where a guarantee is claimed.
 *
 * <p>For {@code k} hits among {@code n} the lower limit with one-sided doubt γ is the γ quantile of
 * Beta(k, n−k+1), the upper one the 1−γ quantile of Beta(k+1, n−k). With clusters, {@code n} is the
 * number of independent observations that the sample is worth (Korn and Graubard 1998), and the
 * interval is no longer exact.
 */
public final class ClopperPearson {

    private ClopperPearson() {}

    /**
     * The 95 % interval.
     *
     * @param hits 0 to {@code n}
     * @param n independent observations, at least 1
     */
    public static Estimate estimate(long hits, long n) {
        return estimate(Share.of(hits, n), n);
    }

    /**
     * The 95 % interval of a share.
     *
     * @param share with what its observations are worth
     * @param n how many were counted
     */
    public static Estimate estimate(Share share, long n) {
        double hits = share.rate() * share.worth();
        double low = low(hits, share.worth(), 0.025);
        double high = high(hits, share.worth(), 0.025);
        return new Estimate(
                share.rate(), Math.min(low, share.rate()), Math.max(high, share.rate()), n);
    }

    /**
     * The lower limit alone.
     *
     * @param hits 0 to {@code n}
     * @param n above 0
     * @param doubt the probability that the true proportion lies below, above 0 and below 1
     */
    public static double low(double hits, double n, double doubt) {
        return hits <= 0
                ? 0
                : BetaDistribution.of(hits, n - hits + 1).inverseCumulativeProbability(doubt);
    }

    /** The upper limit alone; parameters as for {@link #low}. */
    public static double high(double hits, double n, double doubt) {
        return hits >= n
                ? 1
                : BetaDistribution.of(hits + 1, n - hits).inverseCumulativeProbability(1 - doubt);
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/** How many independent observations a mean between 0 and 1 is worth, by its variance. */
final class Worth {

    private Worth() {}

    /**
     * The number n for which rate(1 − rate)/n is the variance of the mean, over clusters, times the
     * squared ratio of the normal to the t quantile; each cluster counts once where all are alike.
     *
     * @param squares sum of the squared residuals of clusters, over the square of their number of
     *     observations
     * @param max never more than this
     */
    static double of(double rate, double squares, int clusters, double max) {
        if (clusters == 1) {
            return 1;
        }
        double variance = squares * clusters / (clusters - 1.0);
        double inner = rate * (1 - rate);
        double worth = inner <= 0 || variance <= 0 ? clusters : inner / variance;
        double t = TDistribution.of(clusters - 1).inverseCumulativeProbability(0.975);
        return Math.clamp(worth, 1e-9, max) * (Wilson.Z / t) * (Wilson.Z / t);
    }
}

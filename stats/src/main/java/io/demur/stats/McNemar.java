package io.demur.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's test (1947) of whether two runs over the same cases have the same rate. Only the d
 * discordant cases tell: were the rates the same, each would fall to either side with probability a
 * half.
 *
 * <p>With x ~ Binomial(d, ½) and m the smaller of the two counts, the exact two-sided p is min(1, 2
 * P(x ≤ m)), and never errs more often than stated. Without discordant cases it is 1. Of cases that
 * depend on each other, and of several answers to each, {@link PairedAnswers#exchange} is the same.
 */
public final class McNemar {

    private McNemar() {}

    /** The exact two-sided p, above 0 up to 1. */
    public static double exact(PairedCounts counts) {
        return Math.min(1, 2 * tail(counts));
    }

    /**
     * The exact one-sided p of the hypothesis that the second run has no more hits than the first:
     * P(x ≥ second), above 0 up to 1. For a direction that was fixed before the counts were seen.
     */
    public static double rise(PairedCounts counts) {
        int second = Math.toIntExact(counts.second());
        return second == 0 ? 1 : even(counts).survivalProbability(second - 1);
    }

    private static double tail(PairedCounts counts) {
        return even(counts).cumulativeProbability(least(counts));
    }

    private static BinomialDistribution even(PairedCounts counts) {
        return BinomialDistribution.of(Math.toIntExact(counts.discordant()), 0.5);
    }

    private static int least(PairedCounts counts) {
        return Math.toIntExact(Math.min(counts.first(), counts.second()));
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.function.DoubleFunction;

/**
 * Whether a second rate is shown to be no more than a margin below a first: the hypothesis that it
 * is lower by the margin or more is what must be rejected. The p value is that level at which the
 * one-sided lower limit of Newcombe's interval meets −margin, so that interval and test never
 * disagree: p ≤ 0.025 where, and only where, the lower 95 % limit is at least −margin. For a rate
 * that should be low, hand in the misses.
 *
 * @param difference second less first
 * @param margin above 0, below 1
 * @param p one-sided, 0 to 1
 */
public record NonInferiority(Interval difference, double margin, double p) {

    private static final double Z_MAX = 10;

    /** Two runs over the same cases. */
    public static NonInferiority paired(PairedCounts counts, double margin) {
        return of(margin, z -> Newcombe.paired(counts, z));
    }

    /** Two samples that are independent of each other. */
    public static NonInferiority independent(Share first, Share second, double margin) {
        return of(margin, z -> Newcombe.mover(first, second, 0, z));
    }

    private static NonInferiority of(double margin, DoubleFunction<Interval> atQuantile) {
        if (!(0 < margin && margin < 1)) {
            throw new IllegalArgumentException(
                    "margin `%s` is not between 0 and 1".formatted(margin));
        }
        double low = -Z_MAX;
        double high = Z_MAX;
        while (high - low > 1e-9) {
            double z = (low + high) / 2;
            double limit = z >= 0 ? atQuantile.apply(z).low() : atQuantile.apply(-z).high();
            if (limit >= -margin) {
                low = z;
            } else {
                high = z;
            }
        }
        double p = NormalDistribution.of(0, 1).survivalProbability(low);
        return new NonInferiority(atQuantile.apply(Wilson.Z), margin, p);
    }

    /** Whether it is shown, with a probability of at most {@code alpha} of saying so wrongly. */
    public boolean shown(double alpha) {
        return p <= alpha;
    }
}

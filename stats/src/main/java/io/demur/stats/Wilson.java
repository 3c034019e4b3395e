package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilson's score interval for a proportion (Wilson 1927), which keeps its coverage near 0 and 1
 * where the normal approximation does not.
 */
public final class Wilson {

    /** The standard normal quantile of a two-sided 95 % interval. */
    static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

    private Wilson() {}

    /**
     * The 95 % interval of a proportion.
     *
     * @param rate observed proportion, 0 to 1
     * @param n observations it was counted on, at least 1
     * @param effective how many independent observations they are worth, above 0; {@code n} where
     *     all are independent
     */
    public static Estimate estimate(double rate, long n, double effective) {
        return estimate(rate, n, effective, Z);
    }

    /** The same at another level, given as the standard normal quantile {@code z}, 0 or more. */
    static Estimate estimate(double rate, long n, double effective, double z) {
        double z2 = z * z;
        double centre = (rate + z2 / (2 * effective)) / (1 + z2 / effective);
        double half =
                z
                        / (1 + z2 / effective)
                        * Math.sqrt(
                                rate * (1 - rate) / effective + z2 / (4 * effective * effective));
        // rounding must not push the observed rate out of its own interval
        double low = Math.clamp(centre - half, 0, rate);
        double high = Math.clamp(centre + half, rate, 1);
        return new Estimate(rate, low, high, n);
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

import java.util.OptionalDouble;

/**
 * What the exact two-sided test of McNemar ({@link PairedAnswers#exchange} of single answers) can
 * find, before it is run: the power is summed over the number of discordant cases, d ~ Binomial(n,
 * ψ), and over how they fall, Binomial(d, ½ + δ/2ψ), of the outcomes whose exact p is at most α
 * (Duffy 1984). No normal approximation is made, and the conservatism of the exact test is part of
 * the answer.
 *
 * <p>ψ is the share of cases on which the runs differ, δ the difference of their rates, at most ψ.
 */
public final class PairedPower {

    private static final double NEGLIGIBLE = 1e-10;

    private PairedPower() {}

    /**
     * The probability of p ≤ α.
     *
     * @param n cases, at least 1
     * @param discordant the share on which the runs differ, above 0 up to 1
     * @param difference of the rates, −discordant to discordant
     * @param alpha above 0 and below 1
     */
    public static double power(long n, double discordant, double difference, double alpha) {
        check(discordant, alpha);
        if (!(Math.abs(difference) <= discordant)) {
            throw new IllegalArgumentException(
                    "a difference of `%s` with `%s` discordant cannot be"
                            .formatted(difference, discordant));
        }
        BinomialDistribution differing = BinomialDistribution.of(Math.toIntExact(n), discordant);
        double side = Math.clamp(0.5 + difference / discordant / 2, 0, 1);
        int from = differing.inverseCumulativeProbability(NEGLIGIBLE);
        int to = differing.inverseCumulativeProbability(1 - NEGLIGIBLE);
        double power = 0;
        for (int d = from; d <= to; d++) {
            int limit = limit(d, alpha);
            if (limit >= 0) {
                BinomialDistribution falls = BinomialDistribution.of(d, side);
                power +=
                        differing.probability(d)
                                * (falls.cumulativeProbability(limit)
                                        + falls.survivalProbability(d - limit - 1));
            }
        }
        return Math.min(1, power);
    }

    /** The greatest number of cases on the smaller side with p ≤ α; −1 where there is none. */
    private static int limit(int d, double alpha) {
        BinomialDistribution even = BinomialDistribution.of(d, 0.5);
        int limit = even.inverseCumulativeProbability(alpha / 2);
        while (limit >= 0 && 2 * even.cumulativeProbability(limit) > alpha) {
            limit--;
        }
        return limit;
    }

    /**
     * The least difference that is found with the given power. Where it is more than the share on
     * which the runs differ anyway, it brings the cases that differ with it.
     *
     * @param discordant 0 to 1
     * @param power above {@code alpha} and below 1
     * @return empty where even the greatest possible difference is not
     */
    public static OptionalDouble detectable(long n, double discordant, double alpha, double power) {
        if (power(n, 1, 1, alpha) < power) {
            return OptionalDouble.empty();
        }
        double low = 0;
        double high = 1;
        while (high - low > 1e-6) {
            double middle = (low + high) / 2;
            if (power(n, Math.max(discordant, middle), middle, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    private static void check(double discordant, double alpha) {
        if (!(0 < discordant && discordant <= 1 && 0 < alpha && alpha < 1)) {
            throw new IllegalArgumentException(
                    "discordant share `%s` at level `%s`: both lie between 0 and 1"
                            .formatted(discordant, alpha));
        }
    }
}

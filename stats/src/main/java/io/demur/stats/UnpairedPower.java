package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a two-sided comparison of two independent samples of n each can find, before it is run, by
 * the normal approximation with a pooled variance under equality (Fleiss, Levin and Paik 2003):
 *
 * <p>power = Φ((|p₂ − p₁|√n − z √(2 p̄(1 − p̄))) / √(p₁(1 − p₁) + p₂(1 − p₂))), with z the 1 − α/2
 * quantile and p̄ the mean of the rates.
 */
public final class UnpairedPower {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private UnpairedPower() {}

    /**
     * The probability of finding that two rates differ.
     *
     * @param n observations in each sample, at least 1
     * @param first 0 to 1
     * @param second 0 to 1
     * @param alpha above 0 and below 1
     */
    public static double power(double n, double first, double second, double alpha) {
        if (!(n >= 1 && inside(first) && inside(second) && 0 < alpha && alpha < 1)) {
            throw new IllegalArgumentException(
                    "`%s` each at rates `%s` and `%s`, level `%s`"
                            .formatted(n, first, second, alpha));
        }
        double mean = (first + second) / 2;
        double z = NORMAL.inverseCumulativeProbability(1 - alpha / 2);
        double spread = Math.sqrt(first * (1 - first) + second * (1 - second));
        double excess =
                Math.abs(second - first) * Math.sqrt(n) - z * Math.sqrt(2 * mean * (1 - mean));
        return spread == 0 ? (excess > 0 ? 1 : 0) : NORMAL.cumulativeProbability(excess / spread);
    }

    private static boolean inside(double rate) {
        return 0 <= rate && rate <= 1;
    }

    /** The least drop from a rate that is found with the given power; empty where none is. */
    public static OptionalDouble drop(double n, double rate, double alpha, double power) {
        return least(n, rate, 0, alpha, power);
    }

    /** The least rise from a rate that is found with the given power; empty where none is. */
    public static OptionalDouble rise(double n, double rate, double alpha, double power) {
        return least(n, rate, 1, alpha, power);
    }

    private static OptionalDouble least(
            double n, double rate, double end, double alpha, double power) {
        if (power(n, rate, end, alpha) < power) {
            return OptionalDouble.empty();
        }
        double low = 0;
        double high = Math.abs(end - rate);
        double sign = end < rate ? -1 : 1;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            if (power(n, rate + sign * middle, rate, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    /** How many observations each sample needs; empty where a thousand million are not enough. */
    public static OptionalLong each(double first, double second, double alpha, double power) {
        long low = 0;
        long high = 1_000_000_000;
        if (power((double) high, first, second, alpha) < power) {
            return OptionalLong.empty();
        }
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (power((double) middle, first, second, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalLong.of(high);
    }
}

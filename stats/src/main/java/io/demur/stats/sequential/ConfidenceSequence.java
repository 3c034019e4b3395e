package io.demur.stats.sequential;

import io.demur.stats.Estimate;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Limits of a rate that hold at all times at once: with a probability of at least 1 − α they never
 * leave out the true rate, however often one looks. They are the rates p against which the
 * beta-binomial mixture has not gained 1/α (Robbins 1970), that is, those whose density after k
 * hits among n, Beta(k + ½, n − k + ½), is more than α times that before, Beta(½, ½).
 *
 * <p>About 1.6 to 2 times as wide as an interval for one look. The rate must not change meanwhile:
 * begin anew after each change that was found.
 *
 * @param n observations so far
 * @param hits hits among them
 */
public record ConfidenceSequence(long n, long hits) {

    public ConfidenceSequence {
        if (!(0 <= hits && hits <= n)) {
            throw new IllegalArgumentException("`%d` of `%d`".formatted(hits, n));
        }
    }

    /** Before the first observation. */
    public static ConfidenceSequence start() {
        return new ConfidenceSequence(0, 0);
    }

    /** After one more observation. */
    public ConfidenceSequence next(boolean hit) {
        return new ConfidenceSequence(n + 1, hits + (hit ? 1 : 0));
    }

    /**
     * The rate and its limits now; after at least one observation.
     *
     * @param alpha above 0 and below 1
     */
    public Estimate at(double alpha) {
        double rate = (double) hits / n;
        double low = hits == 0 ? 0 : edge(rate, 0, Math.log(alpha));
        double high = hits == n ? 1 : edge(rate, 1, Math.log(alpha));
        return new Estimate(rate, low, high, n);
    }

    /** Between the rate, which is never left out, and an end of the scale, which then is. */
    private double edge(double rate, double end, double limit) {
        BetaDistribution after = BetaDistribution.of(hits + 0.5, n - hits + 0.5);
        BetaDistribution before = BetaDistribution.of(0.5, 0.5);
        double inside = rate;
        double outside = end;
        while (Math.abs(outside - inside) > 1e-12) {
            double middle = (inside + outside) / 2;
            if (after.logDensity(middle) - before.logDensity(middle) > limit) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside;
    }
}

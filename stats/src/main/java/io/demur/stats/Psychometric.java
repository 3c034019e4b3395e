package io.demur.stats;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A psychometric function: how the probability of a yes rises along a graded scale,
 *
 * <p>P(x) = lo + (1 − lo − hi) / (1 + exp(−slope·(x − threshold))).
 *
 * <p>The threshold is where the rise is half done, the slope how sudden it is, and the lapse rates
 * are what is left at either end: yes far below the threshold (lo), no far above it (hi); each is
 * held within 0 and {@value #LAPSE_MAX} (Wichmann and Hill 2001). Fitted by maximum likelihood.
 *
 * <p>Limits are those of the profile likelihood (Venzon and Moolgavkar 1988): all values for which
 * twice the loss of log-likelihood, the others fitted anew, is at most 3.84 times the dispersion.
 * For a lapse rate whose estimate is 0 the limit is one-sided, 2.71 times it, for half of the
 * chance lies beyond the edge (Self and Liang 1987). The dispersion is Pearson's chi-squared over
 * its degrees of freedom, taken for 1 where it is less (McCullagh and Nelder 1989).
 */
public sealed interface Psychometric {

    /** The greatest lapse rate that is thought of. */
    double LAPSE_MAX = 0.2;

    /**
     * What was seen at one level of the scale.
     *
     * @param at where it lies
     * @param share of yes, and what it is worth
     */
    record Level(double at, Share share) {}

    /**
     * A parameter.
     *
     * @param value most likely
     * @param low lower limit; empty where the observations set none
     * @param high upper limit; empty where the observations set none
     */
    record Parameter(double value, OptionalDouble low, OptionalDouble high) {

        /** Whether a value is one that the observations allow. */
        public boolean holds(double number) {
            return low.orElse(Double.NEGATIVE_INFINITY) <= number
                    && number <= high.orElse(Double.POSITIVE_INFINITY);
        }
    }

    /**
     * How the observations scatter about the curve.
     *
     * @param factor Pearson's chi-squared over its degrees of freedom; around 1 where only chance
     *     scatters
     * @param p the probability of as great a scatter by chance; small where the curve does not fit
     *     or observations of a level depend on each other
     */
    record Dispersion(double factor, double p) {}

    /**
     * A curve.
     *
     * @param threshold within the scale
     * @param slope above 0, per unit of the scale; without an upper limit where a step fits too
     * @param low the lapse rate at the lower end
     * @param high the lapse rate at the upper end
     * @param dispersion empty with as many parameters as levels
     */
    record Curve(
            Parameter threshold,
            Parameter slope,
            Parameter low,
            Parameter high,
            Optional<Dispersion> dispersion)
            implements Psychometric {

        /** The fitted probability of a yes. */
        public double at(double x) {
            return LapsedLogistic.probability(
                    new double[] {
                        threshold.value(), Math.log(slope.value()), low.value(), high.value()
                    },
                    x);
        }
    }

    /** No threshold can be told, and why. */
    record Outside(Reason reason) implements Psychometric {}

    /** Why there is no threshold. */
    enum Reason {
        /** Yes nearly everywhere: the threshold lies below the scale. */
        BELOW,
        /** No nearly everywhere: the threshold lies above the scale. */
        ABOVE,
        /** Yes and no, but not the more yes the higher. */
        FLAT
    }

    /**
     * Fits a curve.
     *
     * @param levels at least two different ones
     * @return a curve, or why there is none
     */
    static Psychometric of(List<Level> levels) {
        double from = levels.stream().mapToDouble(Level::at).min().orElse(0);
        double to = levels.stream().mapToDouble(Level::at).max().orElse(0);
        if (!(from < to)) {
            throw new IllegalArgumentException(
                    "`%d` levels from `%s` to `%s`: two different ones are needed"
                            .formatted(levels.size(), from, to));
        }
        double worth = levels.stream().mapToDouble(l -> l.share().worth()).sum();
        double yes =
                levels.stream().mapToDouble(l -> l.share().rate() * l.share().worth()).sum()
                        / worth;
        if (yes == 0 || yes == 1) {
            return new Outside(yes == 1 ? Reason.BELOW : Reason.ABOVE);
        }
        LapsedLogistic logistic = new LapsedLogistic(levels);
        double[] best = logistic.best();
        double constant = worth * (yes * Math.log(yes) + (1 - yes) * Math.log(1 - yes));
        // a constant is two parameters short of a step with two lapses, and one more for its place
        double gained = 2 * (logistic.likelihood(best) - constant);
        if (gained < ChiSquaredDistribution.of(3).inverseCumulativeProbability(0.95)) {
            return new Outside(
                    yes >= 1 - LAPSE_MAX
                            ? Reason.BELOW
                            : yes <= LAPSE_MAX ? Reason.ABOVE : Reason.FLAT);
        }
        if (best[0] < from || best[0] > to) {
            return new Outside(best[0] < from ? Reason.BELOW : Reason.ABOVE);
        }
        return curve(logistic, best, levels.size());
    }

    private static Curve curve(LapsedLogistic logistic, double[] best, int levels) {
        int freedom = levels - logistic.inner(best);
        double pearson = logistic.pearson(best);
        double factor = freedom > 0 ? pearson / freedom : 1;
        Optional<Dispersion> dispersion =
                freedom < 1
                        ? Optional.empty()
                        : Optional.of(
                                new Dispersion(
                                        factor,
                                        ChiSquaredDistribution.of(freedom)
                                                .survivalProbability(pearson)));
        double scale = Math.max(1, factor);
        List<Parameter> fitted = new ArrayList<>();
        for (int which = 0; which < best.length; which++) {
            boolean edge = which >= 2 && best[which] <= 1e-6;
            double loss = Wilson.Z * Wilson.Z * scale / 2;
            double oneSided = 1.6448536269514722 * 1.6448536269514722 * scale / 2;
            OptionalDouble low =
                    edge ? OptionalDouble.of(0) : logistic.limit(best, which, -1, loss);
            OptionalDouble high = logistic.limit(best, which, 1, edge ? oneSided : loss);
            fitted.add(new Parameter(best[which], low, high));
        }
        Parameter slope = fitted.get(1);
        return new Curve(
                fitted.get(0),
                new Parameter(Math.exp(slope.value()), raised(slope.low()), raised(slope.high())),
                lapse(fitted.get(2)),
                lapse(fitted.get(3)),
                dispersion);
    }

    /** A lapse rate has a lower limit always: 0, where no other is found. */
    private static Parameter lapse(Parameter found) {
        return new Parameter(found.value(), OptionalDouble.of(found.low().orElse(0)), found.high());
    }

    private static OptionalDouble raised(OptionalDouble log) {
        return log.isEmpty() ? log : OptionalDouble.of(Math.exp(log.getAsDouble()));
    }
}

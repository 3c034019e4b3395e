package io.demur.stats.sequential;

import io.demur.stats.ClopperPearson;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Evidence that a rate has left one that is itself known only from a finite count. For every rate p
 * that the baseline could have had there are two kinds of evidence: of the baseline against p, and
 * of what came since against a rate of at least p less the tolerance (falling). Their product is
 * evidence against both together, and the least of it over all p is evidence of a change, whatever
 * the baseline's rate was: at most the share α of streams ever reach 1/α.
 *
 * <p>The baseline's evidence is 1/(2√v), v being the exact one-sided p value of at least as many
 * hits as were counted; the half makes its mean at most 1 (Vovk and Wang 2021). What came since
 * counts as in {@link RateProcess}, its bets placed relative to the observed baseline and only
 * where they lie below p, all from the start: begin anew where a stream goes on without change for
 * long. A rising rate is the mirror image.
 *
 * @param direction which change is looked for
 * @param tolerance how much change is none, 0 or more
 * @param baseHits hits of the baseline, 0 to {@code baseN}
 * @param baseN observations of the baseline, at least 1
 * @param n observations since
 * @param hits hits among them
 */
public record BaselineProcess(
        Direction direction, double tolerance, int baseHits, int baseN, long n, long hits) {

    private static final int STEPS = 120;

    public BaselineProcess {
        if (!(0 <= baseHits && baseHits <= baseN && baseN >= 1 && 0 <= hits && hits <= n)
                || !(0 <= tolerance && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "`%d` of `%d`, then `%d` of `%d`, tolerance `%s`"
                            .formatted(baseHits, baseN, hits, n, tolerance));
        }
    }

    /** Before the first observation after the baseline. */
    public static BaselineProcess of(
            Direction direction, double tolerance, int baseHits, int baseN) {
        return new BaselineProcess(direction, tolerance, baseHits, baseN, 0, 0);
    }

    /** After one more observation. */
    public BaselineProcess next(boolean hit) {
        return new BaselineProcess(
                direction, tolerance, baseHits, baseN, n + 1, hits + (hit ? 1 : 0));
    }

    /** The evidence now. Unlike {@link #next} it takes tens of microseconds. */
    public double evidence() {
        return switch (direction) {
            case FALLING -> least(baseHits, hits);
            case RISING -> least(baseN - baseHits, n - hits);
        };
    }

    /** Whether the evidence now is enough at a level; look at every observation or seldom. */
    public boolean changed(double alpha) {
        return evidence() >= 1 / alpha;
    }

    /** The least product over the baseline's rates, by golden sections of the best of a grid. */
    private double least(int good, long since) {
        double from = Math.max(tolerance, ClopperPearson.low(good, baseN, 1e-15)) + 1e-9;
        double to = Math.min(1, ClopperPearson.high(good, baseN, 1e-15)) - 1e-9;
        double odds = (good + 0.5) / (baseN - good + 0.5);
        double[] bets =
                RateProcess.ODDS_RATIOS.stream()
                        .mapToDouble(ratio -> odds * ratio / (1 + odds * ratio))
                        .toArray();
        double step = (to - from) / STEPS;
        double at = from;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= STEPS; i++) {
            double product = product(from + i * step, good, since, bets);
            at = product < least ? from + i * step : at;
            least = Math.min(least, product);
        }
        double low = Math.max(from, at - step);
        double high = Math.min(to, at + step);
        double golden = (Math.sqrt(5) - 1) / 2;
        for (int i = 0; i < 30; i++) {
            double one = high - golden * (high - low);
            double two = low + golden * (high - low);
            double first = product(one, good, since, bets);
            double second = product(two, good, since, bets);
            least = Math.min(least, Math.min(first, second));
            low = first < second ? low : one;
            high = first < second ? two : high;
        }
        return Math.exp(least);
    }

    /** Log of the product for one rate of the baseline. */
    private double product(double rate, int good, long since, double[] bets) {
        double v = BinomialDistribution.of(baseN, rate).survivalProbability(good - 1);
        double bound = Math.max(1e-12, rate - tolerance);
        double[] logs = new double[bets.length];
        double highest = 0;
        for (int j = 0; j < bets.length; j++) {
            double bet = Math.min(bets[j], bound);
            logs[j] =
                    since * Math.log(bet / bound) + (n - since) * Math.log((1 - bet) / (1 - bound));
            highest = Math.max(highest, logs[j]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - highest);
        }
        return Math.log(0.5)
                - 0.5 * Math.log(Math.max(v, 1e-300))
                + highest
                + Math.log(sum / bets.length);
    }
}

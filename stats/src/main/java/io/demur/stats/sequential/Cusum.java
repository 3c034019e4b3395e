package io.demur.stats.sequential;

import io.demur.stats.Linear;

import java.util.Arrays;

/**
 * The cumulative sum of a rate's misses (Page 1954): the fast companion of {@link RateProcess},
 * which goes off by chance too, at a stated mean interval. An observation of the kind that becomes
 * more frequent adds {@code up}, one of the other kind takes {@code down} away, never below 0; the
 * alarm is given where the sum reaches {@code threshold}.
 *
 * <p>The steps are the log-likelihood ratio of the rate to be found against the known one, in whole
 * multiples of a unit, so that the sum lives on the states 0 … threshold − 1 of a Markov chain, and
 * the mean number of observations until an alarm follows exactly from (I − Q)μ = 1 (Brook and Evans
 * 1972; Reynolds and Stoumbos 1999).
 *
 * @param direction which change is looked for
 * @param up what an observation adds that speaks for the change, at least 1
 * @param down what one takes away that speaks against it, at least 1
 * @param threshold at least 1
 * @param sum 0 to {@code threshold}; an alarm is given at {@code threshold}
 */
public record Cusum(Direction direction, int up, int down, int threshold, int sum) {

    /** A unit is at most so much log-likelihood, which keeps thresholds apart by a few percent. */
    private static final double UNIT_MAX = 0.05;

    private static final int THRESHOLD_MAX = 600;

    public Cusum {
        if (up < 1 || down < 1 || threshold < 1 || sum < 0 || sum > threshold) {
            throw new IllegalArgumentException(
                    "steps `%d` and `%d`, sum `%d` of `%d`".formatted(up, down, sum, threshold));
        }
    }

    /**
     * A chart for a change from one rate to another: the least threshold whose false alarms are at
     * least so far apart.
     *
     * @param before the known rate, above 0 and below 1
     * @param after the rate to be found soonest, above 0 and below 1, not {@code before}
     * @param interval mean number of observations between false alarms, at least 1
     * @throws IllegalArgumentException where the rates are so near each other and the interval so
     *     long that the chain has more than {@value #THRESHOLD_MAX} states
     */
    public static Cusum of(double before, double after, double interval) {
        if (!(0 < before && before < 1 && 0 < after && after < 1)
                || before == after
                || !(interval >= 1)) {
            throw new IllegalArgumentException(
                    "from rate `%s` to `%s`, false alarms `%s` apart"
                            .formatted(before, after, interval));
        }
        Direction direction = after < before ? Direction.FALLING : Direction.RISING;
        double bad = direction == Direction.FALLING ? 1 - before : before;
        double worse = direction == Direction.FALLING ? 1 - after : after;
        double rise = Math.log(worse / bad);
        double fall = Math.log((1 - bad) / (1 - worse));
        int parts = (int) Math.ceil(Math.min(rise, fall) / UNIT_MAX);
        double unit = Math.min(rise, fall) / parts;
        Cusum chart =
                new Cusum(
                        direction,
                        (int) Math.round(rise / unit),
                        (int) Math.round(fall / unit),
                        1,
                        0);
        int low = 0;
        int high = 1;
        while (chart.with(high).interval(before) < interval) {
            low = high;
            high *= 2;
            if (high > THRESHOLD_MAX) {
                throw new IllegalArgumentException(
                        "from rate `%s` to `%s`, false alarms `%s` apart: too fine a change"
                                .formatted(before, after, interval));
            }
        }
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (chart.with(middle).interval(before) < interval) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return chart.with(high);
    }

    private Cusum with(int other) {
        return new Cusum(direction, up, down, other, 0);
    }

    /** After one more observation; after an alarm the sum begins anew. */
    public Cusum next(boolean hit) {
        int from = alarmed() ? 0 : sum;
        boolean bad = hit == (direction == Direction.RISING);
        int to = bad ? Math.min(threshold, from + up) : Math.max(0, from - down);
        return new Cusum(direction, up, down, threshold, to);
    }

    /** Whether the last observation gave an alarm. */
    public boolean alarmed() {
        return sum == threshold;
    }

    /**
     * The mean number of observations from a sum of 0 to the next alarm, at a rate: between false
     * alarms at the known one, until a change is seen at another.
     */
    public double interval(double rate) {
        double bad = direction == Direction.FALLING ? 1 - rate : rate;
        double[][] left = new double[threshold][threshold];
        double[] ones = new double[threshold];
        Arrays.fill(ones, 1);
        for (int s = 0; s < threshold; s++) {
            left[s][s] += 1;
            left[s][Math.max(0, s - down)] -= 1 - bad;
            if (s + up < threshold) {
                left[s][s + up] -= bad;
            }
        }
        return Linear.solve(left, ones)[0];
    }
}

package io.demur.stats.sequential;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Evidence that a rate has changed at some time, where neither the rate nor the time is known: the
 * statistic of Shiryaev (1963) and Roberts (1966), averaged over the rates that are possible
 * (Pollak and Siegmund 1991).
 *
 * <p>For each of {@value #RATES} rates p there are two kinds of weight: W, how probable p and all
 * that was observed are without a change, and S, the same with one, summed over all times at which
 * it could have come. Where x is the next observation, of probability P(x) at that rate and P′(x)
 * at the changed one,
 *
 * <pre>
 *   S ← (S + W) · P′(x),   W ← W · P(x),   evidence = ΣS / ΣW
 * </pre>
 *
 * <p>Whatever came before a possible change is its baseline: it grows by itself, and what is not
 * known of the rate is accounted for. The rates lie at equal steps of log-odds, as far as what was
 * observed leaves them possible, with Jeffreys' weights; as often as the observations have doubled
 * they are drawn closer together. Three changes are looked for: one of {@value #STEP}, or a fifth
 * of the standard deviation where that is more, one of half that size, and one that divides the
 * odds by {@value #ODDS}. Only the last takes a rate below its third.
 *
 * <p>As long as nothing changes, evidence less the number of observations is a martingale, averaged
 * over the rates. So evidence comes to c within n observations with a probability of at most n / c,
 * for each direction (Doob 1953), and two such times are at least c apart on average.
 *
 * <p>Immutable, of bounded size, the same for the same observations.
 */
public final class RateShift {

    private static final double STEP = 0.05;
    private static final double DEVIATIONS = 0.2;
    private static final double ODDS = 12;

    /** How the stake is split: over a change of the step, of half of it, and a great one. */
    private static final double[] SHARES = {0.87, 0.1, 0.03};

    private static final int RATES = 32;

    /** Without a change, fallen by each size, risen by each. */
    private static final int BLOCKS = 1 + 2 * SHARES.length;

    /** Rates are left out that are less probable than this. */
    private static final double TAIL = 1e-6;

    /** No rate is nearer to 0 or 1. */
    private static final double EDGE = 1e-4;

    /** After so many observations weights are brought back to a sum of 1. */
    private static final int ROUND = 16;

    /** Less weight is none: still smaller numbers are slow. */
    private static final double LEAST = 1e-200;

    /** Beyond this evidence nothing is counted: what it proves is proven. */
    private static final double MOST = 1e200;

    private final Grid grid;
    private final long n;
    private final long hits;
    private final double[] weights;
    private final double falling;
    private final double rising;

    /** The rates from one log-odds to another, and how probable both observations are by block. */
    @SuppressWarnings("ArrayRecordComponent") // shared by states of one stream, and never given out
    private record Grid(double from, double to, double[] hit, double[] miss) {

        static Grid of(BetaDistribution known) {
            double from = logOdds(known.inverseCumulativeProbability(TAIL));
            double to = logOdds(known.inverseSurvivalProbability(TAIL));
            double[] hit = new double[BLOCKS * RATES];
            for (int i = 0; i < RATES; i++) {
                double rate = 1 / (1 + Math.exp(-(from + (to - from) * i / (RATES - 1))));
                hit[i] = rate;
                for (int size = 0; size < SHARES.length; size++) {
                    hit[(1 + size) * RATES + i] = fallen(rate, size);
                    hit[(1 + SHARES.length + size) * RATES + i] = 1 - fallen(1 - rate, size);
                }
            }
            return new Grid(from, to, hit, Arrays.stream(hit).map(it -> 1 - it).toArray());
        }

        private static double logOdds(double rate) {
            double inside = Math.clamp(rate, EDGE, 1 - EDGE);
            return Math.log(inside / (1 - inside));
        }

        private static double fallen(double rate, int size) {
            double step = Math.max(STEP, DEVIATIONS * Math.sqrt(rate * (1 - rate)));
            return switch (size) {
                case 0 -> Math.max(rate / 3, rate - step);
                case 1 -> Math.max(rate / 3, rate - step / 2);
                default -> rate / (rate + ODDS * (1 - rate));
            };
        }

        /** Where another's rate lies among these, in steps. */
        double place(Grid other, int i) {
            double odds = other.from + (other.to - other.from) * i / (RATES - 1);
            return Math.clamp((odds - from) / (to - from), 0, 1) * (RATES - 1);
        }
    }

    private RateShift(
            Grid grid, long n, long hits, double[] weights, double falling, double rising) {
        this.grid = grid;
        this.n = n;
        this.hits = hits;
        this.weights = weights;
        this.falling = falling;
        this.rising = rising;
    }

    /**
     * After the first observations, among which no change is looked for.
     *
     * @param hits among them
     * @param n how many; at least 1
     */
    public static RateShift after(long hits, long n) {
        if (!(0 <= hits && hits <= n && n >= 1)) {
            throw new IllegalArgumentException("`%d` of `%d`".formatted(hits, n));
        }
        BetaDistribution known = BetaDistribution.of(hits + 0.5, n - hits + 0.5);
        Grid grid = Grid.of(known);
        double[] weights = new double[BLOCKS * RATES];
        for (int i = 0; i < RATES; i++) {
            // the density of a rate, for steps of log-odds
            weights[i] = known.density(grid.hit[i]) * grid.hit[i] * grid.miss[i];
        }
        return of(grid, n, hits, weights);
    }

    private static RateShift of(Grid grid, long n, long hits, double[] weights) {
        double steady = sum(weights, 0);
        double falling = 0;
        double rising = 0;
        for (int size = 0; size < SHARES.length; size++) {
            falling += sum(weights, 1 + size) / steady;
            rising += sum(weights, 1 + SHARES.length + size) / steady;
        }
        if (n % ROUND == 0) {
            for (int i = 0; i < weights.length; i++) {
                double weight = weights[i] / steady;
                weights[i] = weight < LEAST ? 0 : weight;
            }
        }
        return new RateShift(grid, n, hits, weights, falling, rising);
    }

    /** The sum of a block, in four sums that do not wait for each other. */
    private static double sum(double[] weights, int block) {
        double one = 0;
        double two = 0;
        double three = 0;
        double four = 0;
        for (int i = block * RATES; i < (block + 1) * RATES; i += 4) {
            one += weights[i];
            two += weights[i + 1];
            three += weights[i + 2];
            four += weights[i + 3];
        }
        return one + two + (three + four);
    }

    /** After one more observation. */
    public RateShift next(boolean hit) {
        if (Math.max(falling, rising) > MOST) {
            return this;
        }
        double[] chance = hit ? grid.hit : grid.miss;
        double[] next = new double[weights.length];
        for (int i = 0; i < RATES; i++) {
            next[i] = weights[i] * chance[i];
        }
        for (int block = 1; block < BLOCKS; block++) {
            double share = SHARES[(block - 1) % SHARES.length];
            int start = block * RATES;
            for (int i = 0; i < RATES; i++) {
                next[start + i] = (weights[start + i] + share * weights[i]) * chance[start + i];
            }
        }
        RateShift after = of(grid, n + 1, hits + (hit ? 1 : 0), next);
        return Long.bitCount(after.n) == 1 ? after.closer() : after;
    }

    /** The same on a grid for what is known now; how much more a change weighs is interpolated. */
    private RateShift closer() {
        RateShift fresh = after(hits, n);
        double[] next = fresh.weights;
        for (int i = 0; i < RATES; i++) {
            double place = grid.place(fresh.grid, i);
            int left = Math.min((int) place, RATES - 2);
            for (int block = 1; block < BLOCKS; block++) {
                double low = ratio(block, left);
                double high = ratio(block, left + 1);
                next[block * RATES + i] = next[i] * low * Math.pow(high / low, place - left);
            }
        }
        return of(fresh.grid, n, hits, next);
    }

    private double ratio(int block, int i) {
        return Math.max(LEAST, weights[block * RATES + i]) / Math.max(LEAST, weights[i]);
    }

    /** The evidence now: small while the rate holds, great once it has changed. */
    public double evidence(Direction direction) {
        return switch (direction) {
            case FALLING -> falling;
            case RISING -> rising;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RateShift that
                && n == that.n
                && hits == that.hits
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "evidence of a fall %.4g, of a rise %.4g".formatted(falling, rising);
    }
}

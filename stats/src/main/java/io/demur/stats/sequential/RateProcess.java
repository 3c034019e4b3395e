package io.demur.stats.sequential;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Evidence that a rate has left a known one: an e-process by betting against the hypothesis that
 * the rate is still at least {@code bound} (falling), or at most that (rising).
 *
 * <p>Bet j on a falling rate holds that the rate is q_j below the bound b, and multiplies its stake
 * by q_j/b for a hit and (1 − q_j)/(1 − b) for a miss, the likelihood ratio; for every rate of the
 * hypothesis the expected factor is at most 1. There are {@value #BETS} bets, their log-odds
 * {@value #NEAREST} to {@value #FURTHEST} below those of the bound, at equal ratios; a rising rate
 * is the mirror image. How stakes are split over bets and beginnings, and why wealth may be looked
 * at after every observation: Ville's inequality, P(ever ≥ 1/α) ≤ α.
 *
 * @param direction which change is looked for
 * @param bound the rate p₀ less the tolerated change (falling) or plus it (rising), above 0 and
 *     below 1
 * @param n observations so far
 * @param bets what each bet is worth
 * @param highest the greatest evidence so far; an alarm once given stands
 */
public record RateProcess(
        Direction direction, double bound, long n, List<Double> bets, double highest) {

    private static final int BETS = 12;
    private static final double NEAREST = 0.12;
    private static final double FURTHEST = 6;

    static final List<Double> ODDS_RATIOS = oddsRatios();

    public RateProcess {
        bets = List.copyOf(bets);
        if (!(0 < bound && bound < 1) || bets.size() != BETS) {
            throw new IllegalArgumentException(
                    "bound `%s` is not between 0 and 1, or `%d` bets are not `%d`"
                            .formatted(bound, bets.size(), BETS));
        }
    }

    /**
     * Before the first observation.
     *
     * @param rate the known rate p₀
     * @param tolerance how much change is none, 0 or more
     */
    public static RateProcess of(Direction direction, double rate, double tolerance) {
        double bound =
                switch (direction) {
                    case FALLING -> rate - tolerance;
                    case RISING -> rate + tolerance;
                };
        Wealth start = Wealth.of(BETS);
        return new RateProcess(direction, bound, 0, start.bets(), start.highest());
    }

    /** After one more observation. */
    public RateProcess next(boolean hit) {
        boolean expected = hit == (direction == Direction.FALLING);
        double good = direction == Direction.FALLING ? bound : 1 - bound;
        double[] factors = new double[BETS];
        for (int j = 0; j < BETS; j++) {
            // q/b and (1 − q)/(1 − b), for q with odds that are those of b times the ratio
            double ratio = ODDS_RATIOS.get(j);
            factors[j] = (expected ? ratio : 1) / (good * ratio + 1 - good);
        }
        Wealth next = wealth().next(factors);
        return new RateProcess(direction, bound, next.n(), next.bets(), next.highest());
    }

    /** What the odds of a rate become by the bets, all below 1. */
    private static List<Double> oddsRatios() {
        return IntStream.range(0, BETS)
                .mapToObj(j -> NEAREST * Math.pow(FURTHEST / NEAREST, j / (BETS - 1.0)))
                .map(below -> Math.exp(-below))
                .toList();
    }

    private Wealth wealth() {
        return new Wealth(n, bets, highest);
    }

    /** The evidence now: 1 at the start, small while the rate holds, great once it has changed. */
    public double evidence() {
        return wealth().now();
    }

    /**
     * Whether the rate has changed, at a level: of streams whose rate never does, at most the share
     * {@code alpha} ever say so.
     */
    public boolean changed(double alpha) {
        return highest >= 1 / alpha;
    }
}

package io.demur.stats.sequential;

import java.util.List;

/**
 * Evidence that a judge has changed, on things that a person has labelled once and for all and that
 * the judge is asked again: an e-process against the hypothesis that the mean of judge less person
 * lies within a tolerance of a known gap. A change of what is judged moves both; only a change of
 * the judge moves the gap.
 *
 * <p>With d = judge − person of −1, 0 or 1, g the known gap and ε the tolerance, a bet on a growing
 * gap multiplies its stake by 1 + λ(d − g − ε), one on a shrinking gap by 1 + λ(g − ε − d); half of
 * the {@value #BETS} bets each way, λ at equal ratios up to {@value #BOLDEST} of the greatest that
 * cannot lose more than the stake. Expected factors are at most 1 under the hypothesis
 * (Waudby-Smith and Ramdas 2024); stakes are split over bets and beginnings as {@link Wealth} says.
 *
 * @param gap known mean of judge less person, above −1 and below 1
 * @param tolerance how much change is none, 0 or more
 * @param n observations so far
 * @param bets what each bet is worth
 * @param highest the greatest evidence so far
 */
public record GapProcess(double gap, double tolerance, long n, List<Double> bets, double highest) {

    private static final int BETS = 12;
    private static final double BOLDEST = 0.9;
    private static final double RATIO = 2;

    public GapProcess {
        bets = List.copyOf(bets);
        if (!(-1 < gap - tolerance && gap + tolerance < 1 && tolerance >= 0)
                || bets.size() != BETS) {
            throw new IllegalArgumentException(
                    "gap `%s` with tolerance `%s` does not lie between -1 and 1, or `%d` bets are"
                                    .formatted(gap, tolerance, bets.size())
                            + " not `%d`".formatted(BETS));
        }
    }

    /** Before the first observation. */
    public static GapProcess of(double gap, double tolerance) {
        Wealth start = Wealth.of(BETS);
        return new GapProcess(gap, tolerance, 0, start.bets(), start.highest());
    }

    /** After the judge was asked about one more thing that a person has labelled. */
    public GapProcess next(boolean judge, boolean person) {
        int difference = (judge ? 1 : 0) - (person ? 1 : 0);
        double[] factors = new double[BETS];
        for (int j = 0; j < BETS / 2; j++) {
            double bold = BOLDEST / Math.pow(RATIO, j);
            double grown = gap + tolerance;
            double shrunk = gap - tolerance;
            factors[j] = 1 + bold / (1 + grown) * (difference - grown);
            factors[BETS / 2 + j] = 1 + bold / (1 - shrunk) * (shrunk - difference);
        }
        Wealth next = wealth().next(factors);
        return new GapProcess(gap, tolerance, next.n(), next.bets(), next.highest());
    }

    private Wealth wealth() {
        return new Wealth(n, bets, highest);
    }

    /** The evidence now. */
    public double evidence() {
        return wealth().now();
    }

    /** Whether the judge has changed, wrongly said so for at most the share {@code alpha}. */
    public boolean changed(double alpha) {
        return highest >= 1 / alpha;
    }
}

package io.demur.eval.compare;

import io.demur.eval.metric.Figure.Better;
import io.demur.stats.Interval;
import io.demur.stats.McNemar;
import io.demur.stats.Newcombe;
import io.demur.stats.PairedCase;
import io.demur.stats.PairedCounts;
import io.demur.stats.PairedPower;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One rate of two runs over the same cases.
 *
 * @param name of the figure, as reports have it
 * @param better in which direction it is better
 * @param cases on how many cases it rests: those decided in both runs
 * @param leftOut cases that would have counted, and of which one run has nothing decided
 * @param first rate of the first run, over these cases
 * @param second rate of the second
 * @param change the second less the first, with its interval
 * @param p two-sided, that as much would come about by chance
 * @param adjusted the same for the number of rates that were looked at together
 * @param detectable the least difference that would be found four times out of five; empty where
 *     there are too few cases for any
 */
public record Difference(
        String name,
        Better better,
        int cases,
        int leftOut,
        double first,
        double second,
        Interval change,
        double p,
        double adjusted,
        OptionalDouble detectable) {

    /** The probability of saying that runs differ which do not. */
    public static final double ALPHA = 0.05;

    /** How probably a difference of the size {@link #detectable} is found. */
    public static final double POWER = 0.8;

    private static final int RESAMPLES = 2_000;
    private static final long SEED = 7;

    /**
     * Compares.
     *
     * @param cases what both runs made of each, at least two
     */
    static Difference of(String name, Better better, List<PairedCase> cases, int leftOut) {
        long[] sums = new long[4];
        double discordant = 0;
        boolean once = true;
        for (PairedCase each : cases) {
            sums[0] += each.firstHits();
            sums[1] += each.firstN();
            sums[2] += each.secondHits();
            sums[3] += each.secondN();
            double one = (double) each.firstHits() / each.firstN();
            double other = (double) each.secondHits() / each.secondN();
            discordant += one * (1 - other) + other * (1 - one);
            once &= each.firstN() == 1 && each.secondN() == 1;
        }
        PairedCounts counts = counts(cases);
        double p = once ? McNemar.exact(counts) : PairedCase.exchange(cases, RESAMPLES, SEED);
        return new Difference(
                name,
                better,
                cases.size(),
                leftOut,
                (double) sums[0] / sums[1],
                (double) sums[2] / sums[3],
                once ? Newcombe.paired(counts) : PairedCase.difference(cases, RESAMPLES, SEED),
                p,
                p,
                detectable(cases.size(), discordant / cases.size()));
    }

    /** Each case by its first answer alone where there are several; used where there are not. */
    private static PairedCounts counts(List<PairedCase> cases) {
        boolean[] first = new boolean[cases.size()];
        boolean[] second = new boolean[cases.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = cases.get(i).firstHits() > 0;
            second[i] = cases.get(i).secondHits() > 0;
        }
        return PairedCounts.of(first, second);
    }

    /**
     * For so many cases of which a share differs by chance already. Where that share is too small
     * for anything to be found, a difference brings the cases that differ with it.
     */
    private static OptionalDouble detectable(int n, double discordant) {
        OptionalDouble found =
                discordant > 0
                        ? PairedPower.detectable(n, Math.min(1, discordant), ALPHA, POWER)
                        : OptionalDouble.empty();
        if (found.isPresent() || PairedPower.power(n, 1, 1, ALPHA) < POWER) {
            return found;
        }
        double low = 0;
        double high = 1;
        while (high - low > 1e-4) {
            double middle = (low + high) / 2;
            if (PairedPower.power(n, middle, middle, ALPHA) < POWER) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(high);
    }

    Difference adjusted(double to) {
        return new Difference(
                name, better, cases, leftOut, first, second, change, p, to, detectable);
    }

    /** Whether the runs differ by more than chance. */
    public boolean found() {
        return adjusted <= ALPHA;
    }

    /** Whether the second run is worse by more than chance. */
    public boolean isWorse() {
        return found()
                && switch (better) {
                    case HIGHER -> second < first;
                    case LOWER -> second > first;
                    case NEITHER -> false;
                };
    }

    /** What became of the rate, in a sentence. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "`%s` went from %.1f %% to %.1f %% on %,d paired cases"
                        + " (%+.1f points, 95 %% interval %+.1f to %+.1f, p = %.4f)",
                name,
                100 * first,
                100 * second,
                cases,
                100 * change.value(),
                100 * change.low(),
                100 * change.high(),
                adjusted);
    }
}

package io.demur.eval.compare;

import io.demur.eval.metric.Figure.Better;
import io.demur.stats.DesignEffect;
import io.demur.stats.Interval;
import io.demur.stats.Newcombe;
import io.demur.stats.PairedAnswers;
import io.demur.stats.PairedCounts;
import io.demur.stats.PairedPower;

import java.util.Collection;
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
 * @param first rate of the first run, the mean over these cases, each of which weighs the same
 * @param second rate of the second, likewise
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

    /** Where p is drawn: so many that a difference is found among some hundred categories. */
    private static final int EXCHANGES = 20_000;

    private static final long SEED = 7;

    /**
     * Compares.
     *
     * @param clusters what both runs made of the cases of each cluster; at least two
     * @param all how many cases would have counted, had all been decided
     */
    static Difference of(
            String name, Better better, Collection<List<PairedAnswers>> clusters, int all) {
        List<PairedAnswers> cases = clusters.stream().flatMap(List::stream).toList();
        boolean alone =
                cases.size() == clusters.size()
                        && cases.stream().allMatch(c -> c.firstN() == 1 && c.secondN() == 1);
        double discordant = cases.stream().mapToDouble(Difference::discordant).sum() / cases.size();
        long worth = (long) Math.max(1, cases.size() / DesignEffect.ofDifference(clusters));
        double p = PairedAnswers.exchange(clusters, EXCHANGES, SEED);
        return new Difference(
                name,
                better,
                cases.size(),
                all - cases.size(),
                cases.stream().mapToDouble(PairedAnswers::first).average().orElseThrow(),
                cases.stream().mapToDouble(PairedAnswers::second).average().orElseThrow(),
                alone
                        ? Newcombe.paired(counts(cases))
                        : PairedAnswers.difference(clusters, RESAMPLES, SEED),
                p,
                p,
                PairedPower.detectable(worth, discordant, ALPHA, POWER));
    }

    /** How probably an answer of one run to a case differs from one of the other. */
    private static double discordant(PairedAnswers of) {
        double one = of.first();
        double other = of.second();
        return one * (1 - other) + other * (1 - one);
    }

    /** Of cases that stand alone, and were answered once. */
    private static PairedCounts counts(List<PairedAnswers> cases) {
        boolean[] first = new boolean[cases.size()];
        boolean[] second = new boolean[cases.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = cases.get(i).firstHits() > 0;
            second[i] = cases.get(i).secondHits() > 0;
        }
        return PairedCounts.of(first, second);
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

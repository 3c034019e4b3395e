package io.demur.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One case that two runs answered several times each, and the comparison of the runs over many such
 * cases. Answers to one case are not independent; cases are.
 *
 * @param firstHits hits of the first run, 0 to {@code firstN}
 * @param firstN answers of the first run, at least 1
 * @param secondHits hits of the second run, 0 to {@code secondN}
 * @param secondN answers of the second run, at least 1
 */
public record PairedCase(int firstHits, int firstN, int secondHits, int secondN) {
    public PairedCase {
        if (!within(firstHits, firstN) || !within(secondHits, secondN)) {
            throw new IllegalArgumentException(
                    "`%d` of `%d` against `%d` of `%d` is no paired case"
                            .formatted(firstHits, firstN, secondHits, secondN));
        }
    }

    private static boolean within(int hits, int n) {
        return 0 <= hits && hits <= n && n >= 1;
    }

    /**
     * The second run's rate less the first's, over all answers, with the interval of a bootstrap
     * over cases (expanded percentiles, {@link ClusterBootstrap#interval}). Two cases are added to
     * those that are drawn from, of middling size, on which the runs differ by a half, once each
     * way: where few cases differ, as with the half that Agresti and Min (2005) add to each cell of
     * a table of pairs, the interval would else be too short.
     *
     * @param cases at least one
     * @param seed the same gives the same interval
     */
    public static Interval difference(List<PairedCase> cases, int resamples, long seed) {
        long[] sums = new long[4];
        List<int[]> drawn = new ArrayList<>();
        for (PairedCase c : cases) {
            sums[0] += c.firstHits;
            sums[1] += c.firstN;
            sums[2] += c.secondHits;
            sums[3] += c.secondN;
            // twice everything, so that half of a case is a whole number
            drawn.add(new int[] {2 * c.firstHits, 2 * c.firstN, 2 * c.secondHits, 2 * c.secondN});
        }
        int first = Math.toIntExact(Math.ceilDiv(sums[1], cases.size()));
        int second = Math.toIntExact(Math.ceilDiv(sums[3], cases.size()));
        drawn.add(new int[] {first, 2 * first, 0, 2 * second});
        drawn.add(new int[] {0, 2 * first, second, 2 * second});
        double value = difference(sums);
        Interval interval =
                ClusterBootstrap.interval(drawn, PairedCase::difference, resamples, seed);
        return new Interval(
                value, Math.min(interval.low(), value), Math.max(interval.high(), value));
    }

    private static double difference(long[] sums) {
        return (double) sums[2] / sums[3] - (double) sums[0] / sums[1];
    }

    /**
     * The two-sided p of a permutation test: were the runs alike, a case's two sets of answers
     * could change places (Fisher 1935). The share of {@code resamples} random exchanges that make
     * at least as great a difference, the observed one counted among them; valid for any number of
     * cases, and 1 where the runs agree.
     *
     * @param cases at least one
     * @param resamples the smallest possible p is 1/(resamples + 1)
     * @param seed the same gives the same p
     */
    public static double exchange(List<PairedCase> cases, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double observed = 0;
        int reached = 0;
        for (int r = 0; r <= resamples; r++) {
            long[] sums = new long[4];
            for (PairedCase c : cases) {
                int other = r > 0 && random.nextBoolean() ? 2 : 0;
                sums[other] += c.firstHits;
                sums[other + 1] += c.firstN;
                sums[2 - other] += c.secondHits;
                sums[3 - other] += c.secondN;
            }
            double difference = Math.abs(difference(sums));
            observed = r == 0 ? difference : observed;
            reached += difference >= observed - 1e-12 ? 1 : 0;
        }
        return (double) reached / (resamples + 1);
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What two runs answered to the same: to one case, or to a cluster of cases that depend on each
 * other, such as the paraphrases of one request; and the comparison of the runs over many clusters.
 * Answers within a cluster are not independent; clusters are.
 *
 * @param firstHits hits of the first run, 0 to {@code firstN}
 * @param firstN answers of the first run, at least 1
 * @param secondHits hits of the second run, 0 to {@code secondN}
 * @param secondN answers of the second run, at least 1
 */
public record PairedAnswers(int firstHits, int firstN, int secondHits, int secondN) {
    public PairedAnswers {
        if (!within(firstHits, firstN) || !within(secondHits, secondN)) {
            throw new IllegalArgumentException(
                    "`%d` of `%d` against `%d` of `%d` are no paired answers"
                            .formatted(firstHits, firstN, secondHits, secondN));
        }
    }

    private static boolean within(int hits, int n) {
        return 0 <= hits && hits <= n && n >= 1;
    }

    /** These and others of the same cluster. */
    public PairedAnswers plus(PairedAnswers others) {
        return new PairedAnswers(
                firstHits + others.firstHits,
                firstN + others.firstN,
                secondHits + others.secondHits,
                secondN + others.secondN);
    }

    /** The rate of the second run less that of the first. */
    double difference() {
        return (double) secondHits / secondN - (double) firstHits / firstN;
    }

    /**
     * The second run's rate less the first's, over all answers, with the interval of a bootstrap
     * over clusters (expanded percentiles, {@link ClusterBootstrap#interval}). Two clusters are
     * added to those that are drawn from, of middling size, on which the runs differ by a half,
     * once each way: where few differ, as with the half that Agresti and Min (2005) add to each
     * cell of a table of pairs, the interval would else be too short.
     *
     * @param clusters at least one
     * @param seed the same gives the same interval
     */
    public static Interval difference(List<PairedAnswers> clusters, int resamples, long seed) {
        PairedAnswers all = clusters.stream().reduce(PairedAnswers::plus).orElseThrow();
        List<int[]> drawn = new ArrayList<>();
        for (PairedAnswers c : clusters) {
            // twice everything, so that half of a case is a whole number
            drawn.add(new int[] {2 * c.firstHits, 2 * c.firstN, 2 * c.secondHits, 2 * c.secondN});
        }
        int first = Math.ceilDiv(all.firstN, clusters.size());
        int second = Math.ceilDiv(all.secondN, clusters.size());
        drawn.add(new int[] {first, 2 * first, 0, 2 * second});
        drawn.add(new int[] {0, 2 * first, second, 2 * second});
        double value = all.difference();
        Interval interval =
                ClusterBootstrap.interval(drawn, PairedAnswers::difference, resamples, seed);
        return new Interval(
                value, Math.min(interval.low(), value), Math.max(interval.high(), value));
    }

    private static double difference(long[] sums) {
        return (double) sums[2] / sums[3] - (double) sums[0] / sums[1];
    }

    /**
     * The two-sided p of a permutation test: were the runs alike, a cluster's two sets of answers
     * could change places (Fisher 1935). It is the share of such exchanges that make at least as
     * great a difference, and valid for any number of clusters; 1 where the runs agree.
     *
     * <p>Where both runs answered each cluster equally often it is exact, over all exchanges: the
     * difference is then a sum of whole numbers of either sign. With one answer to each of
     * independent cases that is the exact test of McNemar (1947). Otherwise it is the share among
     * {@code resamples} random exchanges, the observed one counted among them.
     *
     * @param clusters at least one
     * @param resamples the smallest possible p is then 1/(resamples + 1)
     * @param seed the same gives the same p
     */
    public static double exchange(List<PairedAnswers> clusters, int resamples, long seed) {
        return clusters.stream().allMatch(c -> c.firstN == c.secondN)
                ? exact(clusters)
                : drawn(clusters, resamples, seed);
    }

    private static double exact(List<PairedAnswers> clusters) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        int observed = 0;
        for (PairedAnswers c : clusters) {
            int d = c.secondHits - c.firstHits;
            observed += d;
            if (d != 0) {
                sizes.merge(Math.abs(d), 1, Integer::sum);
            }
        }
        if (observed == 0) {
            return 1;
        }
        // how probably those that speak for the second run differ by a sum, size by size
        double[] sums = {1};
        for (Map.Entry<Integer, Integer> of : sizes.entrySet()) {
            sums = plus(sums, of.getKey(), of.getValue());
        }
        int all = sums.length - 1;
        double p = 0;
        for (int sum = 0; sum <= all; sum++) {
            p += Math.abs(2 * sum - all) >= Math.abs(observed) ? sums[sum] : 0;
        }
        return Math.min(1, p);
    }

    /** With so many clusters more, each of which adds its size as probably as not. */
    private static double[] plus(double[] sums, int size, int count) {
        BinomialDistribution up = BinomialDistribution.of(count, 0.5);
        double[] further = new double[sums.length + size * count];
        for (int k = 0; k <= count; k++) {
            double p = up.probability(k);
            for (int sum = 0; sum < sums.length; sum++) {
                further[sum + size * k] += p * sums[sum];
            }
        }
        return further;
    }

    private static double drawn(List<PairedAnswers> clusters, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double observed = 0;
        int reached = 0;
        for (int r = 0; r <= resamples; r++) {
            long[] sums = new long[4];
            for (PairedAnswers c : clusters) {
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

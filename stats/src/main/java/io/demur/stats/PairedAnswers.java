package io.demur.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What two runs answered to one case; and the comparison of the runs over many cases, by the
 * difference of their rates on each: a case weighs the same however often it was answered, so that
 * answers which one run lacks do not shift the mix of cases. Cases come in clusters of those that
 * depend on each other, such as the paraphrases of one request; clusters do not.
 *
 * @param firstHits hits of the first run, 0 to {@code firstN}
 * @param firstN answers of the first run, at least 1
 * @param secondHits hits of the second run, 0 to {@code secondN}
 * @param secondN answers of the second run, at least 1
 */
public record PairedAnswers(int firstHits, int firstN, int secondHits, int secondN) {

    /** An exact p takes at most so many additions: a moment's work. */
    private static final long WORK_MAX = 200_000_000;

    /** And at most so many different sums. */
    private static final long SUMS_MAX = 1 << 22;

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

    /** The rate of the first run. */
    public double first() {
        return (double) firstHits / firstN;
    }

    /** The rate of the second run. */
    public double second() {
        return (double) secondHits / secondN;
    }

    /** The rate of the second run less that of the first. */
    double difference() {
        return second() - first();
    }

    /**
     * The mean over cases of the second run's rate less the first's, with the interval of a
     * bootstrap over clusters (expanded percentiles, as {@link ClusterBootstrap#interval} has
     * them). Two clusters are added to those that are drawn from, of middling size, on which the
     * runs differ by a half, once each way: where few differ, as with the half that Agresti and Min
     * (2005) add to each cell of a table of pairs, the interval would else be too short.
     *
     * @param clusters the cases of each; at least one
     * @param seed the same gives the same interval
     */
    public static Interval difference(
            Collection<List<PairedAnswers>> clusters, int resamples, long seed) {
        int m = clusters.size() + 2;
        double[] sums = Arrays.copyOf(sums(clusters), m);
        double[] sizes = Arrays.copyOf(clusters.stream().mapToDouble(List::size).toArray(), m);
        double cases = Arrays.stream(sizes).sum();
        double value = Arrays.stream(sums).sum() / cases;
        sizes[m - 2] = cases / clusters.size();
        sizes[m - 1] = sizes[m - 2];
        sums[m - 2] = -sizes[m - 2] / 2;
        sums[m - 1] = sizes[m - 1] / 2;
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            double size = 0;
            for (int c = m; c > 0; c--) {
                int one = random.nextInt(m);
                sum += sums[one];
                size += sizes[one];
            }
            drawn[r] = sum / size;
        }
        return ClusterBootstrap.expanded(value, drawn, m);
    }

    /** What the cases of each cluster add to the difference. */
    private static double[] sums(Collection<List<PairedAnswers>> clusters) {
        return clusters.stream()
                .mapToDouble(c -> c.stream().mapToDouble(PairedAnswers::difference).sum())
                .toArray();
    }

    /**
     * The two-sided p of a permutation test: were the runs alike, a cluster's difference, summed
     * over its cases, could as well have the other sign (Fisher 1935). It is the share of such
     * changes of signs that make at least as great a difference; 1 where the runs agree. That is
     * valid for any number of clusters where the differences of runs that are alike fall to both
     * sides alike, and so wherever both runs answered each case equally often.
     *
     * <p>It is exact, over all changes of signs, where differences are whole numbers of a common
     * part that is not too small: with one answer to each of independent cases that is the exact
     * test of McNemar (1947). Otherwise it is the share among {@code resamples} random ones, the
     * observed one counted among them.
     *
     * <p>Where a case was answered more often in one run, differences of runs that are alike can be
     * small to one side and rare but great to the other, and changes of signs find too many. There
     * p is at least that of a second test, which deals the answers to each case to both runs anew,
     * {@code resamples} times: valid where answers to a case do not depend on each other.
     *
     * @param clusters the cases of each; at least one
     * @param resamples where p is drawn, the smallest possible one is 1/(resamples + 1)
     * @param seed the same gives the same p
     */
    public static double exchange(
            Collection<List<PairedAnswers>> clusters, int resamples, long seed) {
        double p = signs(clusters, resamples, seed);
        List<PairedAnswers> cases = clusters.stream().flatMap(List::stream).toList();
        return p == 1 || cases.stream().allMatch(c -> c.firstN == c.secondN)
                ? p
                : Math.max(p, dealt(cases, resamples, seed));
    }

    private static double dealt(List<PairedAnswers> cases, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double observed = Math.abs(cases.stream().mapToDouble(PairedAnswers::difference).sum());
        // where all answers are alike they can be dealt in one way alone
        List<PairedAnswers> mixed = cases.stream().filter(PairedAnswers::isMixed).toList();
        int reached = 1;
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (PairedAnswers each : mixed) {
                sum += each.dealt(random).difference();
            }
            reached += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
        }
        return (double) reached / (resamples + 1);
    }

    private boolean isMixed() {
        int hits = firstHits + secondHits;
        return 0 < hits && hits < firstN + secondN;
    }

    /** The same answers, dealt to both runs by chance. */
    private PairedAnswers dealt(SplittableRandom random) {
        int hits = firstHits + secondHits;
        int first = 0;
        for (int left = firstN + secondN; left > secondN; left--) {
            first += random.nextInt(left) < hits - first ? 1 : 0;
        }
        return new PairedAnswers(first, firstN, hits - first, secondN);
    }

    private static double signs(
            Collection<List<PairedAnswers>> clusters, int resamples, long seed) {
        OptionalLong parts = parts(clusters);
        if (parts.isPresent()) {
            Map<Integer, Integer> sizes = new TreeMap<>();
            long observed = 0;
            for (List<PairedAnswers> cluster : clusters) {
                int d = cluster.stream().mapToInt(c -> c.difference(parts.getAsLong())).sum();
                observed += d;
                if (d != 0) {
                    sizes.merge(Math.abs(d), 1, Integer::sum);
                }
            }
            if (isQuick(sizes)) {
                return exact(sizes, Math.abs(observed));
            }
        }
        return drawn(sums(clusters), resamples, seed);
    }

    /** Into how many parts a case falls, that each run's rate be a whole number of them. */
    private static OptionalLong parts(Collection<List<PairedAnswers>> clusters) {
        long parts = 1;
        long cases = 0;
        for (List<PairedAnswers> cluster : clusters) {
            for (PairedAnswers c : cluster) {
                cases++;
                for (int n : new int[] {c.firstN, c.secondN}) {
                    parts = multiple(parts, n);
                    if (parts * cases > Integer.MAX_VALUE) {
                        return OptionalLong.empty();
                    }
                }
            }
        }
        return OptionalLong.of(parts);
    }

    /** The least that both divide. */
    private static long multiple(long one, int other) {
        long a = one;
        long b = other;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return one / a * other;
    }

    private int difference(long parts) {
        return Math.toIntExact(parts / secondN * secondHits - parts / firstN * firstHits);
    }

    private static boolean isQuick(Map<Integer, Integer> sizes) {
        long work = 0;
        long sums = 1;
        for (Map.Entry<Integer, Integer> of : sizes.entrySet()) {
            work += (of.getValue() + 1) * sums;
            sums += (long) of.getKey() * of.getValue();
        }
        return work <= WORK_MAX && sums <= SUMS_MAX;
    }

    private static double exact(Map<Integer, Integer> sizes, long observed) {
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
            p += Math.abs(2L * sum - all) >= observed ? sums[sum] : 0;
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

    private static double drawn(double[] sums, int resamples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double observed = Math.abs(Arrays.stream(sums).sum());
        int reached = 1;
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (double each : sums) {
                sum += random.nextBoolean() ? each : -each;
            }
            reached += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
        }
        return (double) reached / (resamples + 1);
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How well a score ranks positives above negatives, with intervals that know of clusters.
 *
 * <p>Safe for use by several threads.
 */
public final class Roc {

    private static final int RESAMPLES = 1_000;

    /** Observations by descending score. */
    private final double[] score;

    private final boolean[] positive;
    private final Clusters clusters;
    private final int positives;
    private final int negatives;

    private Roc(double[] score, boolean[] positive, Clusters clusters) {
        this.score = score;
        this.positive = positive;
        this.clusters = clusters;
        int count = 0;
        for (boolean p : positive) {
            count += p ? 1 : 0;
        }
        positives = count;
        negatives = positive.length - count;
    }

    /** Of observations that are independent of each other. */
    public static Roc of(double[] score, boolean[] positive) {
        return of(score, positive, Clusters.alone(score.length));
    }

    /**
     * Of observations some of which depend on each other.
     *
     * @param score higher for what looks more positive
     * @param positive what is
     * @param cluster equal for observations that depend on each other
     * @throws IllegalArgumentException unless there are both positives and negatives
     */
    public static Roc of(double[] score, boolean[] positive, long[] cluster) {
        int n = score.length;
        if (positive.length != n || cluster.length != n) {
            throw new IllegalArgumentException(
                    "`%d` scores, `%d` labels, `%d` clusters"
                            .formatted(n, positive.length, cluster.length));
        }
        int[] sorted =
                IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -score[i]))
                        .mapToInt(i -> i)
                        .toArray();
        double[] s = new double[n];
        boolean[] p = new boolean[n];
        long[] c = new long[n];
        for (int k = 0; k < n; k++) {
            s[k] = score[sorted[k]];
            p[k] = positive[sorted[k]];
            c[k] = cluster[sorted[k]];
        }
        Roc roc = new Roc(s, p, Clusters.number(c));
        if (roc.positives == 0 || roc.negatives == 0) {
            throw new IllegalArgumentException(
                    "`%d` positives and `%d` negatives: both are needed"
                            .formatted(roc.positives, roc.negatives));
        }
        return roc;
    }

    /**
     * The area under the curve: the share of pairs of a positive and a negative in which the
     * positive has the higher score, ties counting half (Mann and Whitney 1947). The variance is
     * that of DeLong, DeLong and Clarke-Pearson (1988), summed by cluster (Obuchowski 1997), with
     * which it agrees where every observation stands alone. The interval is Wilson's on the number
     * of observations that this variance is worth, with the t quantile of the smaller class's
     * clusters.
     */
    public Estimate auc() {
        int n = score.length;
        double[] beats = placements();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += positive[i] ? beats[i] : 0;
        }
        double area = sum / positives;
        double variance = variance(beats, area);
        int m = Math.min(clustersOf(true), clustersOf(false));
        if (m < 2) {
            return Wilson.estimate(area, n, 1);
        }
        double t = TDistribution.of(m - 1).inverseCumulativeProbability(0.975);
        double small = (Wilson.Z / t) * (Wilson.Z / t);
        double worth = variance > 0 && area > 0 && area < 1 ? area * (1 - area) / variance : m;
        return Wilson.estimate(area, n, Math.min(worth, n) * small);
    }

    /** The variance of the area. */
    double variance(double[] beats, double area) {
        double[] up = new double[clusters.count()];
        double[] down = new double[clusters.count()];
        for (int i = 0; i < beats.length; i++) {
            (positive[i] ? up : down)[clusters.of(i)] += beats[i] - area;
        }
        double upUp = 0;
        double downDown = 0;
        double upDown = 0;
        for (int c = 0; c < up.length; c++) {
            upUp += up[c] * up[c];
            downDown += down[c] * down[c];
            upDown += up[c] * down[c];
        }
        double m = clustersOf(true);
        double k = clustersOf(false);
        double all = clusters.count();
        return m / Math.max(1, m - 1) * upUp / ((double) positives * positives)
                + k / Math.max(1, k - 1) * downDown / ((double) negatives * negatives)
                + 2 * all / Math.max(1, all - 1) * upDown / ((double) positives * negatives);
    }

    private int clustersOf(boolean kind) {
        boolean[] seen = new boolean[clusters.count()];
        int count = 0;
        for (int i = 0; i < positive.length; i++) {
            if (positive[i] == kind && !seen[clusters.of(i)]) {
                seen[clusters.of(i)] = true;
                count++;
            }
        }
        return count;
    }

    /**
     * For each positive the share of negatives that it beats, for each negative the share of
     * positives that beat it; ties count half.
     */
    double[] placements() {
        int n = score.length;
        double[] beats = new double[n];
        int above = 0;
        int below = negatives;
        for (int from = 0; from < n; ) {
            int to = from;
            int tiedPositives = 0;
            while (to < n && score[to] == score[from]) {
                tiedPositives += positive[to++] ? 1 : 0;
            }
            int tiedNegatives = to - from - tiedPositives;
            below -= tiedNegatives;
            for (int i = from; i < to; i++) {
                beats[i] =
                        positive[i]
                                ? (below + 0.5 * tiedNegatives) / negatives
                                : (above + 0.5 * tiedPositives) / positives;
            }
            above += tiedPositives;
            from = to;
        }
        return beats;
    }

    /**
     * The share of positives found where the limit on the score is such that at most the given
     * share of negatives is called positive. The interval is that of a bootstrap over clusters, in
     * which the limit is chosen anew each time: percentiles of {@value #RESAMPLES} resamples.
     *
     * @param falsePositives 0 to 1
     * @param seed of the resamples; the same gives the same interval
     */
    public Estimate truePositives(double falsePositives, long seed) {
        int n = score.length;
        int[] weights = new int[clusters.count()];
        Arrays.fill(weights, 1);
        double rate = found(weights, falsePositives);
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            Arrays.fill(weights, 0);
            for (int c = 0; c < weights.length; c++) {
                weights[random.nextInt(weights.length)]++;
            }
            drawn[r] = found(weights, falsePositives);
        }
        return ClusterBootstrap.percentiles(rate, drawn, n);
    }

    /** Goes down the scores for as long as the false positives allow, whole ties at a time. */
    private double found(int[] weights, double falsePositives) {
        long allPositives = 0;
        long allNegatives = 0;
        for (int i = 0; i < score.length; i++) {
            int weight = weights[clusters.of(i)];
            allPositives += positive[i] ? weight : 0;
            allNegatives += positive[i] ? 0 : weight;
        }
        long hits = 0;
        long wrong = 0;
        for (int from = 0; from < score.length; ) {
            int to = from;
            long tied = 0;
            long tiedWrong = 0;
            while (to < score.length && score[to] == score[from]) {
                int weight = weights[clusters.of(to)];
                tied += positive[to] ? weight : 0;
                tiedWrong += positive[to] ? 0 : weight;
                to++;
            }
            if (wrong + tiedWrong > falsePositives * allNegatives + 1e-9) {
                break;
            }
            hits += tied;
            wrong += tiedWrong;
            from = to;
        }
        return allPositives == 0 ? Double.NaN : (double) hits / allPositives;
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals for figures that are functions of sums, such as F1, where observations come in
 * clusters: whole clusters are drawn with replacement, the figure is computed anew each time, and
 * the interval lies between the percentiles (Efron 1979).
 */
public final class ClusterBootstrap {

    private ClusterBootstrap() {}

    /**
     * The interval of a figure.
     *
     * @param clusters what each cluster adds to the sums; at least one cluster, all equally long
     * @param figure of the sums; 0 to 1, or not a number where the sums give none
     * @param resamples how many are drawn
     * @param seed the same gives the same interval
     * @param n how many observations there are
     * @throws IllegalArgumentException where the sums of all clusters give no figure
     */
    public static Estimate of(
            List<int[]> clusters,
            ToDoubleFunction<long[]> figure,
            int resamples,
            long seed,
            long n) {
        double rate = figure.applyAsDouble(sums(clusters));
        return percentiles(rate, drawn(clusters, figure, resamples, seed), n);
    }

    /**
     * The interval of a figure that need not be a rate, such as a difference of two. The
     * percentiles lie further out the fewer clusters there are, as far as the t quantile with m−1
     * degrees of freedom times √(m/(m−1)) lies beyond the normal one (Hesterberg 2015, expanded
     * percentiles).
     *
     * @param clusters as above; at least two
     * @param figure any number, or not a number where the sums give none
     * @throws IllegalArgumentException where the sums of all clusters give no figure, or there are
     *     fewer than two clusters
     */
    public static Interval interval(
            List<int[]> clusters, ToDoubleFunction<long[]> figure, int resamples, long seed) {
        double value = figure.applyAsDouble(sums(clusters));
        return expanded(value, drawn(clusters, figure, resamples, seed), clusters.size());
    }

    private static long[] sums(List<int[]> clusters) {
        long[] sums = new long[clusters.getFirst().length];
        clusters.forEach(cluster -> add(sums, cluster));
        return sums;
    }

    private static double[] drawn(
            List<int[]> clusters, ToDoubleFunction<long[]> figure, int resamples, long seed) {
        long[] sums = new long[clusters.getFirst().length];
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            Arrays.fill(sums, 0);
            for (int c = clusters.size(); c > 0; c--) {
                add(sums, clusters.get(random.nextInt(clusters.size())));
            }
            drawn[r] = figure.applyAsDouble(sums);
        }
        return drawn;
    }

    private static void add(long[] sums, int[] cluster) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += cluster[i];
        }
    }

    /** The middle 95 % of what was drawn; what is not a number was no figure and is left out. */
    static Estimate percentiles(double rate, double[] drawn, long n) {
        double[] sorted = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).sorted().toArray();
        if (Double.isNaN(rate) || sorted.length == 0) {
            throw new IllegalArgumentException("the observations give no figure");
        }
        double low = sorted[(int) Math.floor(0.025 * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil(0.975 * (sorted.length - 1))];
        return new Estimate(rate, Math.min(low, rate), Math.max(high, rate), n);
    }

    /** The expanded percentiles of what was drawn from so many clusters. */
    static Interval expanded(double value, double[] drawn, int clusters) {
        double[] sorted = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).sorted().toArray();
        if (Double.isNaN(value) || sorted.length == 0 || clusters < 2) {
            throw new IllegalArgumentException("the observations give no figure");
        }
        double t = TDistribution.of(clusters - 1).inverseCumulativeProbability(0.975);
        double reach = t * Math.sqrt(clusters / (clusters - 1.0));
        double tail = NormalDistribution.of(0, 1).cumulativeProbability(-reach);
        double low = sorted[(int) Math.floor(tail * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil((1 - tail) * (sorted.length - 1))];
        return new Interval(value, Math.min(low, value), Math.max(high, value));
    }
}

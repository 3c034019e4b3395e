package io.demur.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far probabilities are from the shares that come true, over bins of equal mass.
 *
 * <p>The plain expected calibration error is above 0 for perfect probabilities too, the more so the
 * fewer observations there are, because chance alone moves a bin's share away from its mean
 * probability. {@link #square} takes that part out: from the square of each bin's distance the
 * estimated variance of the distance is subtracted, so that its mean over samples is the square of
 * the true error (Bröcker and Ferro 2012; Kumar, Liang and Ma 2019). The variance is that of the
 * residuals, label less probability, summed by cluster, so that neither different probabilities
 * within a bin nor observations that depend on each other are taken for error.
 *
 * @param bins in the order of their probabilities
 */
public record Reliability(List<Bin> bins) {

    /**
     * One bin.
     *
     * @param low its least probability
     * @param high its greatest
     * @param mean of its probabilities
     * @param rate share of its observations that came true
     * @param variance of {@code rate − mean} by chance
     * @param n observations in it
     */
    public record Bin(double low, double high, double mean, double rate, double variance, int n) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /** Of observations that are independent of each other. */
    public static Reliability of(double[] probability, boolean[] label, int bins) {
        return of(probability, label, Clusters.alone(label.length), bins);
    }

    /**
     * Sorts observations into bins.
     *
     * @param probability 0 to 1, each
     * @param label what came true
     * @param cluster equal for observations that depend on each other
     * @param bins how many; fewer where equal probabilities fill several, for these stay together
     */
    public static Reliability of(double[] probability, boolean[] label, long[] cluster, int bins) {
        if (probability.length != label.length || label.length != cluster.length || bins < 1) {
            throw new IllegalArgumentException(
                    "`%d` probabilities, `%d` labels, `%d` clusters, `%d` bins"
                            .formatted(probability.length, label.length, cluster.length, bins));
        }
        int[] sorted =
                IntStream.range(0, label.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> probability[i]))
                        .mapToInt(i -> i)
                        .toArray();
        List<Bin> made = new ArrayList<>();
        int from = 0;
        while (from < sorted.length) {
            long full = (long) sorted.length * (made.size() + 1) / bins;
            int to = (int) Math.max(from + 1L, full);
            while (to < sorted.length && probability[sorted[to]] == probability[sorted[to - 1]]) {
                to++;
            }
            made.add(bin(probability, label, cluster, sorted, from, to));
            from = to;
        }
        return new Reliability(made);
    }

    private static Bin bin(
            double[] probability, boolean[] label, long[] cluster, int[] sorted, int from, int to) {
        int n = to - from;
        double mean = 0;
        double rate = 0;
        long[] own = new long[n];
        for (int k = 0; k < n; k++) {
            int i = sorted[from + k];
            mean += probability[i] / n;
            rate += (label[i] ? 1.0 : 0.0) / n;
            own[k] = cluster[i];
        }
        Clusters clusters = Clusters.number(own);
        double[] residuals = new double[clusters.count()];
        for (int k = 0; k < n; k++) {
            int i = sorted[from + k];
            residuals[clusters.of(k)] += (label[i] ? 1 : 0) - probability[i] - (rate - mean);
        }
        double squares = 0;
        for (double residual : residuals) {
            squares += residual * residual;
        }
        int m = clusters.count();
        // of one cluster nothing shows how much is chance: then all of it may be
        double variance =
                m == 1 ? (rate - mean) * (rate - mean) : squares * m / (m - 1) / ((double) n * n);
        return new Bin(
                probability[sorted[from]], probability[sorted[to - 1]], mean, rate, variance, n);
    }

    /** How many observations there are. */
    public long n() {
        return bins.stream().mapToLong(Bin::n).sum();
    }

    /** The plain expected calibration error, 0 to 1: too high in small samples. */
    public double plain() {
        return bins.stream().mapToDouble(b -> b.n() * Math.abs(b.rate() - b.mean())).sum()
                / Math.max(1, n());
    }

    /**
     * The mean square of the calibration error without what chance adds. Below 0 about as often as
     * above where probabilities are perfect.
     */
    public double square() {
        return bins.stream()
                        .mapToDouble(
                                b ->
                                        b.n()
                                                * ((b.rate() - b.mean()) * (b.rate() - b.mean())
                                                        - b.variance()))
                        .sum()
                / Math.max(1, n());
    }

    /**
     * The debiased calibration error, 0 to 1: the root of {@link #square}, or 0 where that is
     * below. A root mean square is never less than the mean distance, so that a limit kept by this
     * error is kept by an expected calibration error too.
     */
    public double error() {
        return Math.sqrt(Math.max(0, square()));
    }
}

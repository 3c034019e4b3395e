package io.demur.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cohen's kappa (1960) with its interval: agreement of two raters beyond what their own rates would
 * give by chance. The variance is that of Fleiss, Cohen and Everitt (1969) for a kappa that is not
 * 0, and the limits are those of a normal error, held within −1 and 1. Where observations come in
 * clusters they are those of a bootstrap over clusters ({@link ClusterBootstrap#interval}).
 */
public final class Kappa {

    private Kappa() {}

    /**
     * Kappa of observations that come in clusters.
     *
     * @param clusters what each adds to the cells of the table of both raters, row by row; at least
     *     one
     * @return empty where nothing was counted, chance alone would make the raters agree, or there
     *     is one cluster alone
     */
    public static Optional<Interval> of(List<int[]> clusters, int resamples, long seed) {
        long[] sums = new long[clusters.getFirst().length];
        clusters.forEach(cluster -> Arrays.setAll(sums, i -> sums[i] + cluster[i]));
        return clusters.size() < 2 || Double.isNaN(of(sums))
                ? Optional.empty()
                : Optional.of(ClusterBootstrap.interval(clusters, Kappa::of, resamples, seed));
    }

    private static double of(long[] cells) {
        int categories = (int) Math.round(Math.sqrt(cells.length));
        Confusion counts = new Confusion(categories);
        for (int i = 0; i < cells.length; i++) {
            counts.add(i / categories, i % categories, cells[i]);
        }
        return counts.kappa().orElse(Double.NaN);
    }

    /** Kappa; empty where nothing was counted or chance alone would make the raters agree. */
    public static Optional<Interval> of(Confusion counts) {
        if (counts.kappa().isEmpty()) {
            return Optional.empty();
        }
        double kappa = counts.kappa().getAsDouble();
        int categories = counts.categories();
        double n = counts.n();
        double[] row = new double[categories];
        double[] column = new double[categories];
        for (int i = 0; i < categories; i++) {
            for (int j = 0; j < categories; j++) {
                row[i] += counts.count(i, j) / n;
                column[j] += counts.count(i, j) / n;
            }
        }
        double expected = 0;
        double agreeing = 0;
        double differing = 0;
        for (int i = 0; i < categories; i++) {
            expected += row[i] * column[i];
            double term = 1 - (row[i] + column[i]) * (1 - kappa);
            agreeing += counts.count(i, i) / n * term * term;
            for (int j = 0; j < categories; j++) {
                double both = column[i] + row[j];
                differing += i == j ? 0 : counts.count(i, j) / n * both * both;
            }
        }
        double last = kappa - expected * (1 - kappa);
        double variance =
                (agreeing + (1 - kappa) * (1 - kappa) * differing - last * last)
                        / ((1 - expected) * (1 - expected) * n);
        double reach = Wilson.Z * Math.sqrt(Math.max(0, variance));
        return Optional.of(
                new Interval(
                        kappa,
                        Math.min(kappa, Math.max(-1, kappa - reach)),
                        Math.max(kappa, Math.min(1, kappa + reach))));
    }
}

package io.demur.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Agreement of any number of raters, of whom each may leave any item out. Items rated by fewer than
 * two tell nothing about agreement. Intervals are those of a bootstrap over clusters of items
 * (expanded percentiles, {@link ClusterBootstrap#interval}).
 *
 * <p>Safe for use by several threads.
 */
public final class RaterAgreement {

    /** How far apart two categories are. */
    public enum Scale {
        /** As far as any others. */
        NOMINAL,
        /** The further, the more ratings lie between them (Krippendorff 2004). */
        ORDINAL
    }

    /** A coefficient of how often each item was put into each category. */
    private interface Coefficient {
        double of(List<int[]> items);
    }

    private final int categories;
    private final List<int[]> items;
    private final List<List<int[]>> clusters = new ArrayList<>();

    /** Of ratings of items that are independent of each other. */
    public RaterAgreement(List<int[]> items) {
        this(items, Clusters.alone(items.size()));
    }

    /**
     * Of ratings.
     *
     * @param items for each, how often it was put into each category; all equally long
     * @param cluster equal for items that depend on each other
     */
    public RaterAgreement(List<int[]> items, long[] cluster) {
        this.items = items.stream().map(int[]::clone).toList();
        this.categories = items.isEmpty() ? 0 : items.getFirst().length;
        if (items.stream().anyMatch(item -> item.length != categories)) {
            throw new IllegalArgumentException("items differ in how many categories they have");
        }
        Clusters numbered = Clusters.number(cluster);
        for (int i = 0; i < cluster.length; i++) {
            if (numbered.of(i) == clusters.size()) {
                clusters.add(new ArrayList<>());
            }
            clusters.get(numbered.of(i)).add(this.items.get(i));
        }
    }

    /**
     * Krippendorff's alpha (1970, 2004), 1 − observed over expected disagreement: 1 is perfect, 0
     * chance. With n ratings in all that can be paired, n_k of them in category k, and m ratings of
     * an item, c_k of them in k,
     *
     * <p>α = 1 − (n − 1) Σ_items Σ_kl c_k c_l δ²_kl / (m − 1) / Σ_kl n_k n_l δ²_kl.
     *
     * @return empty where fewer than two clusters have an item with two ratings, or all ratings are
     *     alike
     */
    public Optional<Interval> alpha(Scale scale, int resamples, long seed) {
        return interval(drawn -> alpha(drawn, scale), resamples, seed);
    }

    /**
     * Gwet's AC1 (2008), (p_a − p_e) / (1 − p_e), which stays high where nearly all ratings are of
     * one category and kappa does not: p_a is the mean share of agreeing pairs of an item, p_e = Σ
     * π_k(1 − π_k) / (q − 1) with π_k the mean share of category k among q.
     *
     * @return empty where fewer than two clusters have an item with two ratings
     */
    public Optional<Interval> ac1(int resamples, long seed) {
        return interval(this::ac1, resamples, seed);
    }

    private Optional<Interval> interval(Coefficient coefficient, int resamples, long seed) {
        double value = coefficient.of(items);
        long pairable = clusters.stream().filter(RaterAgreement::isPairable).count();
        if (Double.isNaN(value) || pairable < 2) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] drawn = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            List<int[]> sample = new ArrayList<>(items.size());
            for (int c = clusters.size(); c > 0; c--) {
                sample.addAll(clusters.get(random.nextInt(clusters.size())));
            }
            drawn[r] = coefficient.of(sample);
        }
        return Optional.of(ClusterBootstrap.expanded(value, drawn, Math.toIntExact(pairable)));
    }

    private static boolean isPairable(List<int[]> cluster) {
        return cluster.stream().anyMatch(item -> size(item) > 1);
    }

    private double alpha(List<int[]> drawn, Scale scale) {
        double[] totals = new double[categories];
        for (int[] item : drawn) {
            if (size(item) > 1) {
                for (int k = 0; k < categories; k++) {
                    totals[k] += item[k];
                }
            }
        }
        double n = Arrays.stream(totals).sum();
        double[][] distance = distances(totals, scale);
        double observed = 0;
        double expected = 0;
        for (int k = 0; k < categories; k++) {
            for (int l = 0; l < categories; l++) {
                expected += totals[k] * totals[l] * distance[k][l];
            }
        }
        for (int[] item : drawn) {
            int m = size(item);
            for (int k = 0; m > 1 && k < categories; k++) {
                for (int l = 0; l < categories; l++) {
                    observed += (double) item[k] * item[l] * distance[k][l] / (m - 1);
                }
            }
        }
        return expected == 0 ? Double.NaN : 1 - (n - 1) * observed / expected;
    }

    private double[][] distances(double[] totals, Scale scale) {
        double[][] distance = new double[categories][categories];
        for (int k = 0; k < categories; k++) {
            double between = totals[k] / 2;
            for (int l = k + 1; l < categories; l++) {
                double apart =
                        switch (scale) {
                            case NOMINAL -> 1;
                            case ORDINAL -> between + totals[l] / 2;
                        };
                between += totals[l];
                distance[k][l] = apart * apart;
                distance[l][k] = apart * apart;
            }
        }
        return distance;
    }

    private double ac1(List<int[]> drawn) {
        double[] shares = new double[categories];
        double agreeing = 0;
        int rated = 0;
        int pairable = 0;
        for (int[] item : drawn) {
            double m = size(item);
            double alike = 0;
            for (int k = 0; k < categories && m > 0; k++) {
                shares[k] += item[k] / m;
                alike += (double) item[k] * (item[k] - 1);
            }
            rated += m > 0 ? 1 : 0;
            pairable += m > 1 ? 1 : 0;
            agreeing += m > 1 ? alike / (m * (m - 1)) : 0;
        }
        if (pairable == 0 || categories < 2) {
            return Double.NaN;
        }
        double chance = 0;
        for (double share : shares) {
            chance += share / rated * (1 - share / rated) / (categories - 1);
        }
        return (agreeing / pairable - chance) / (1 - chance);
    }

    private static int size(int[] item) {
        return Arrays.stream(item).sum();
    }
}

package io.demur.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How often two answers to the same thing differ. For one item answered k times, c_j times in
 * category j, the share of its pairs that differ, 1 − Σ c_j(c_j − 1) / (k(k − 1)), is unbiased for
 * 1 − Σ p_j², which for two categories is 2p(1 − p) (Gini 1912; Simpson 1949). The rate is the mean
 * over items; the interval is Wilson's on what the variance of that mean is worth, by cluster, with
 * a t correction, as for {@link ClusteredCounts}.
 */
public final class FlipRate {

    private FlipRate() {}

    /** Of items that are independent of each other. */
    public static Optional<Estimate> of(List<int[]> items) {
        return of(items, Clusters.alone(items.size()));
    }

    /**
     * The flip rate.
     *
     * @param items how often each was answered in each category; those answered less than twice
     *     tell nothing and are left out
     * @param cluster equal for items that depend on each other
     * @return empty where no item was answered twice; its {@code n} counts items
     */
    public static Optional<Estimate> of(List<int[]> items, long[] cluster) {
        if (items.size() != cluster.length) {
            throw new IllegalArgumentException(
                    "`%d` items, `%d` clusters".formatted(items.size(), cluster.length));
        }
        int n = 0;
        double sum = 0;
        double pairs = 0;
        for (int[] item : items) {
            if (size(item) > 1) {
                sum += differing(item);
                pairs += size(item) * (size(item) - 1) / 2.0;
                n++;
            }
        }
        if (n == 0) {
            return Optional.empty();
        }
        double rate = Math.clamp(sum / n, 0, 1);
        Map<Long, Double> residuals = new HashMap<>();
        for (int i = 0; i < cluster.length; i++) {
            if (size(items.get(i)) > 1) {
                residuals.merge(cluster[i], differing(items.get(i)) - rate, Double::sum);
            }
        }
        double squares = residuals.values().stream().mapToDouble(r -> r * r).sum();
        double variance = squares / ((double) n * n);
        return Optional.of(
                Wilson.estimate(rate, n, Worth.of(rate, variance, residuals.size(), pairs)));
    }

    private static double differing(int[] item) {
        double k = size(item);
        double alike = 0;
        for (int count : item) {
            alike += (double) count * (count - 1);
        }
        return 1 - alike / (k * (k - 1));
    }

    private static long size(int[] item) {
        return LongStream.range(0, item.length).map(i -> item[(int) i]).sum();
    }
}

package io.demur.stats;

import java.util.Collection;
import java.util.List;

/**
 * How much observations that depend on each other are worth less than independent ones: the
 * variance of their share over that of as many independent draws (Kish 1965).
 */
public final class DesignEffect {

    private DesignEffect() {}

    /**
     * Of a share with known worth: n / worth, at least 1.
     *
     * @param n how many observations were counted
     */
    public static double of(Share share, long n) {
        return Math.max(1, n / share.worth());
    }

    /**
     * Of the difference of two runs: with d the difference on a case, Σ (Σ d)² over clusters
     * against Σ d² over cases, at least 1. To both is added what one case of n would add that is
     * wholly like its cluster, Σ k²/n and 1 with k cases to a cluster: where no case differs, and
     * nothing is known, that is what is supposed. It is 1 where each case stands alone.
     *
     * @param clusters the cases of each; at least one
     */
    public static double ofDifference(Collection<List<PairedAnswers>> clusters) {
        double n = 0;
        double sizes = 0;
        double together = 0;
        double apart = 0;
        for (List<PairedAnswers> cluster : clusters) {
            double sum = cluster.stream().mapToDouble(PairedAnswers::difference).sum();
            together += sum * sum;
            apart += cluster.stream().mapToDouble(c -> c.difference() * c.difference()).sum();
            sizes += (double) cluster.size() * cluster.size();
            n += cluster.size();
        }
        return Math.max(1, (together + sizes / n) / (apart + 1));
    }
}

package io.demur.eval;

import io.demur.stats.Estimate;
import io.demur.stats.RiskBand;
import io.demur.stats.Roc;

import java.util.Arrays;
import java.util.Optional;

/**
 * Scores of labelled requests, kept to see how well they rank: the first {@value #MAX}, so that
 * memory is bounded. Not safe for use by several threads.
 */
final class Scores {

    static final int MAX = 1 << 16;

    private static final int FIRST = 256;
    private static final double BUDGET = 0.05;
    private static final double DOUBT = 0.1;

    private double[] score = new double[FIRST];
    private boolean[] harmful = new boolean[FIRST];
    private long[] cluster = new long[FIRST];
    private int n;
    private int harmfulCount;

    /**
     * Keeps one score.
     *
     * @param of equal for requests that depend on each other
     */
    void add(double pHarm, boolean isHarmful, long of) {
        if (n == MAX) {
            return;
        }
        if (n == score.length) {
            score = Arrays.copyOf(score, 2 * n);
            harmful = Arrays.copyOf(harmful, 2 * n);
            cluster = Arrays.copyOf(cluster, 2 * n);
        }
        score[n] = pHarm;
        harmful[n] = isHarmful;
        cluster[n] = of;
        harmfulCount += isHarmful ? 1 : 0;
        n++;
    }

    /** The area under the ROC curve; empty where all are harmful or all are not. */
    Optional<Estimate> auc() {
        return harmfulCount == 0 || harmfulCount == n
                ? Optional.empty()
                : Optional.of(
                        Roc.of(
                                        Arrays.copyOf(score, n),
                                        Arrays.copyOf(harmful, n),
                                        Arrays.copyOf(cluster, n))
                                .auc());
    }

    /**
     * Where later judges are needed if what is decided without them may err in one of twenty; empty
     * where all are harmful or all are not.
     */
    Optional<RiskBand> band() {
        return harmfulCount == 0 || harmfulCount == n
                ? Optional.empty()
                : Optional.of(
                        RiskBand.choose(
                                Arrays.copyOf(score, n),
                                Arrays.copyOf(harmful, n),
                                Arrays.copyOf(cluster, n),
                                BUDGET,
                                DOUBT));
    }
}

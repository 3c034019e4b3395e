package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class RocTest {

    private static final double[] SCORES = {
        0.9, 0.8, 0.8, 0.7, 0.55, 0.4, 0.8, 0.6, 0.5, 0.4, 0.3, 0.3, 0.1
    };

    private static boolean[] firstSix() {
        boolean[] positive = new boolean[SCORES.length];
        for (int i = 0; i < 6; i++) {
            positive[i] = true;
        }
        return positive;
    }

    @Test
    void agreesWithDeLongAndWithMannAndWhitneyInScipy() {
        Roc roc = Roc.of(SCORES, firstSix());
        Estimate auc = roc.auc();
        assertEquals(0.8214285714285714, auc.rate(), 1e-12);
        assertEquals(0.014436885865457296, roc.variance(roc.placements(), auc.rate()), 1e-12);
    }

    @Test
    void tiesAreTakenWholeAtALimit() {
        Roc roc = Roc.of(SCORES, firstSix());
        assertEquals(1 / 6.0, roc.truePositives(0, 1).rate(), 1e-12);
        assertEquals(4 / 6.0, roc.truePositives(0.15, 1).rate(), 1e-12);
        assertEquals(1, roc.truePositives(1, 1).rate());
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        Property.check(
                200,
                gen -> {
                    int n = gen.between(2, 60);
                    double[] score = new double[n];
                    boolean[] positive = new boolean[n];
                    for (int i = 0; i < n; i++) {
                        score[i] = gen.between(0, 9);
                        positive[i] = i == 0 || (i > 1 && gen.oneIn(2));
                    }
                    double pairs = 0;
                    double wins = 0;
                    for (int i = 0; i < n; i++) {
                        for (int k = 0; k < n; k++) {
                            if (positive[i] && !positive[k]) {
                                pairs++;
                                wins += score[i] > score[k] ? 1 : score[i] == score[k] ? 0.5 : 0;
                            }
                        }
                    }
                    assertEquals(wins / pairs, Roc.of(score, positive).auc().rate(), 1e-9);
                });
    }

    @Test
    void intervalsHoldTheTruthForClustersAsForSingles() {
        SplittableRandom random = new SplittableRandom(17);
        // one standard deviation apart: area Φ(1/√2), and Φ(1 − 1.2816) found at 10 %
        double area = 0.7602499389065233;
        double found = 0.3891306;
        for (int size : new int[] {1, 5}) {
            int tries = 200;
            int areas = 0;
            int founds = 0;
            for (int i = 0; i < tries; i++) {
                Roc roc = sample(random, 400, size);
                Estimate a = roc.auc();
                Estimate t = roc.truePositives(0.1, i);
                areas += a.low() <= area && area <= a.high() ? 1 : 0;
                founds += t.low() <= found && found <= t.high() ? 1 : 0;
            }
            assertTrue(areas >= 0.92 * tries, "area covered %d, size %d".formatted(areas, size));
            assertTrue(founds >= 0.9 * tries, "rate covered %d, size %d".formatted(founds, size));
        }
    }

    /** Half of each score's variance is the cluster's; clusters hold both kinds. */
    private static Roc sample(SplittableRandom random, int n, int size) {
        double[] score = new double[n];
        boolean[] positive = new boolean[n];
        long[] cluster = new long[n];
        double own = 0;
        for (int i = 0; i < n; i++) {
            own = i % size == 0 ? random.nextGaussian() : own;
            positive[i] = random.nextBoolean();
            score[i] = (positive[i] ? 1 : 0) + Math.sqrt(0.5) * (own + random.nextGaussian());
            cluster[i] = i / size;
        }
        return Roc.of(score, positive, cluster);
    }

    @Test
    void aPerfectRankingIsNotCertain() {
        double[] score = {5, 4, 3, 2, 1, 0};
        boolean[] positive = {true, true, true, false, false, false};
        Estimate auc = Roc.of(score, positive).auc();
        assertEquals(1, auc.rate());
        assertTrue(auc.low() < 0.9, auc::toString);
    }

    @Test
    void withOneKindAloneThereIsNoCurve() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Roc.of(new double[] {1, 2}, new boolean[] {true, true}));
    }
}

package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class RankingTest {

    @Test
    void isTheShareOfPairsInTheRightOrderWithTiesCountedHalf() {
        Property.check(
                100,
                gen -> {
                    double[] positives = scores(gen.between(1, 20), gen.between(1, 8), gen::unit);
                    double[] negatives = scores(gen.between(1, 20), gen.between(1, 8), gen::unit);
                    Ranking ranking = new Ranking();
                    double right = 0;
                    for (double p : positives) {
                        ranking.add(true, p);
                        for (double n : negatives) {
                            right += p > n ? 1 : p == n ? 0.5 : 0;
                        }
                    }
                    for (double n : negatives) {
                        ranking.add(false, n);
                    }
                    Estimate auc = ranking.auc().orElseThrow();
                    assertEquals(right / positives.length / negatives.length, auc.rate(), 1e-9);
                    assertTrue(auc.low() >= 0 && auc.high() <= 1);
                });
    }

    @Test
    void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(7);
        int held = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            Ranking ranking = new Ranking();
            for (int i = 0; i < 60; i++) {
                ranking.add(false, random.nextDouble());
                ranking.add(true, Math.max(random.nextDouble(), random.nextDouble()));
            }
            Estimate auc = ranking.auc().orElseThrow();
            // of three uniform draws the greatest is one of the positive's two
            held += auc.low() <= 2.0 / 3 && 2.0 / 3 <= auc.high() ? 1 : 0;
        }
        double coverage = (double) held / runs;
        assertTrue(coverage > 0.92 && coverage < 0.98, () -> "coverage " + coverage);
    }

    @Test
    void oneClassAloneHasNoRanking() {
        Ranking ranking = new Ranking();
        ranking.add(true, 0.5);
        assertTrue(ranking.auc().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> ranking.add(true, 1.5));
        assertThrows(IllegalArgumentException.class, () -> ranking.add(true, Double.NaN));
    }

    @Test
    void aPerfectRankingOfAFewIsNotCertain() {
        Ranking ranking = new Ranking();
        for (int i = 0; i < 5; i++) {
            ranking.add(true, 0.9);
            ranking.add(false, 0.1);
        }
        Estimate auc = ranking.auc().orElseThrow();
        assertEquals(1, auc.rate());
        assertTrue(auc.low() < 0.8, auc::toString);
    }

    /** Scores of a few values each, so that there are ties; exact in the bins. */
    private static double[] scores(
            int count, int values, java.util.function.DoubleSupplier random) {
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            scores[i] = Math.floor(random.getAsDouble() * values) / 8;
        }
        return scores;
    }
}

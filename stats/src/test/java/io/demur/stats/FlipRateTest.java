package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

class FlipRateTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 10_000 : 1_000;

    @Test
    void agreesWithCountingPairs() {
        List<int[]> items =
                List.of(
                        new int[] {2, 3},
                        new int[] {5, 0},
                        new int[] {0, 5},
                        new int[] {4, 1},
                        new int[] {2, 2},
                        new int[] {1, 0});
        // 6 of 10 pairs, 0, 0, 4 of 10, 4 of 6; the last has no pair
        assertEquals(1 / 3.0, FlipRate.of(items).orElseThrow().rate(), 1e-12);
        assertEquals(5, FlipRate.of(items).orElseThrow().n());
        assertEquals(1, FlipRate.of(List.of(new int[] {1, 1, 1})).orElseThrow().rate(), 1e-12);
        assertEquals(Optional.empty(), FlipRate.of(List.of(new int[] {1, 0})));
        assertThrows(IllegalArgumentException.class, () -> FlipRate.of(items, new long[2]));
    }

    @Test
    void isUnbiasedAndHoldsTheTruthNineteenTimesInTwenty() {
        SplittableRandom random = new SplittableRandom(17);
        double truth = 0.3 * 2 * 0.3 * 0.7 + 0.7 * 2 * 0.05 * 0.95;
        for (int k : new int[] {2, 5}) {
            int right = 0;
            double mean = 0;
            for (int i = 0; i < TRIES; i++) {
                List<int[]> items = new ArrayList<>();
                long[] cluster = new long[120];
                for (int c = 0; c < cluster.length; c++) {
                    // clusters of two items that are alike
                    double p = cluster(c, i);
                    int[] item = new int[2];
                    for (int a = 0; a < k; a++) {
                        item[random.nextDouble() < p ? 1 : 0]++;
                    }
                    items.add(item);
                    cluster[c] = c / 2;
                }
                Estimate estimate = FlipRate.of(items, cluster).orElseThrow();
                mean += estimate.rate() / TRIES;
                right += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
            }
            assertEquals(truth, mean, 0.004);
            PairedTest.assertCovers(right, TRIES, k + " answers");
        }
    }

    private static double cluster(int item, int round) {
        SplittableRandom own = new SplittableRandom(31L * round + item / 2);
        return own.nextDouble() < 0.3 ? 0.3 : 0.05;
    }

    @Test
    void whatIsWorthAQuarterHasADesignEffectOfFour() {
        assertEquals(4, DesignEffect.of(new Share(0.5, 25), 100), 1e-12);
    }
}

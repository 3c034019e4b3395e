package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ClusterBootstrapTest {

    private static double share(long[] sums) {
        return sums[1] == 0 ? Double.NaN : (double) sums[0] / sums[1];
    }

    @Test
    void isNearTheClusteredIntervalForAShare() {
        List<int[]> clusters = new ArrayList<>();
        ClusteredCounts counts = new ClusteredCounts(2, 1 << 16);
        for (int c = 0; c < 300; c++) {
            int hits = c % 3 == 0 ? 4 : c % 7 == 0 ? 2 : 0;
            clusters.add(new int[] {hits, 5});
            for (int i = 0; i < 5; i++) {
                counts.add(c, i < hits ? 1 : 0);
            }
        }
        Estimate drawn = ClusterBootstrap.of(clusters, ClusterBootstrapTest::share, 2000, 1, 1500);
        Estimate formula = counts.share(1).orElseThrow();
        assertEquals(formula.rate(), drawn.rate(), 1e-12);
        assertEquals(formula.low(), drawn.low(), 0.01);
        assertEquals(formula.high(), drawn.high(), 0.01);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        List<int[]> clusters = List.of(new int[] {1, 3}, new int[] {0, 2}, new int[] {2, 2});
        Estimate one = ClusterBootstrap.of(clusters, ClusterBootstrapTest::share, 200, 9, 7);
        Estimate two = ClusterBootstrap.of(clusters, ClusterBootstrapTest::share, 200, 9, 7);
        assertEquals(one, two);
        assertTrue(one.low() < one.high());
    }

    @Test
    void noFigureIsAnError() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        ClusterBootstrap.of(
                                List.of(new int[] {0, 0}), ClusterBootstrapTest::share, 10, 1, 1));
    }
}

package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.Estimate;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class ConfidenceSequenceTest {

    private static final int STREAMS = Boolean.getBoolean("thorough") ? 5_000 : 500;

    /** Roots by Brent's method of scipy's beta densities. */
    @Test
    void agreesWithScipy() {
        check(50, 45, 0.7134621031268759, 0.9841525898091762);
        check(20, 0, 0, 0.22400611201271253);
        check(20, 20, 1 - 0.22400611201271253, 1);
        check(1000, 500, 0.4424183856765993, 0.5575816143234004);
    }

    private static void check(long n, long hits, double low, double high) {
        Estimate estimate = new ConfidenceSequence(n, hits).at(0.05);
        assertEquals(low, estimate.low(), 1e-9);
        assertEquals(high, estimate.high(), 1e-9);
    }

    @Test
    void theTruthIsSeldomEverLeftOut() {
        for (double rate : new double[] {0.02, 0.5, 0.95}) {
            SplittableRandom random = new SplittableRandom(43);
            int left = 0;
            for (int s = 0; s < STREAMS; s++) {
                ConfidenceSequence sequence = ConfidenceSequence.start();
                boolean inside = true;
                for (int i = 0; i < 500 && inside; i++) {
                    sequence = sequence.next(random.nextDouble() < rate);
                    if (i < 30 || i % 20 == 0) {
                        Estimate now = sequence.at(0.05);
                        inside = now.low() <= rate && rate <= now.high();
                    }
                }
                left += inside ? 0 : 1;
            }
            assertTrue(left <= 0.05 * STREAMS, rate + ": " + left);
        }
    }
}

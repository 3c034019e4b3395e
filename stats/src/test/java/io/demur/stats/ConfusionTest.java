package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConfusionTest {

    @Test
    void agreesWithAWorkedExample() {
        // 20 both yes, 5 only the reference, 10 only the measured, 15 both no
        Confusion confusion = of(new long[][] {{15, 10}, {5, 20}});
        assertEquals(0.7, confusion.accuracy().orElseThrow(), 1e-12);
        assertEquals(20 / 30.0, confusion.precision(1).orElseThrow(), 1e-12);
        assertEquals(20 / 25.0, confusion.recall(1).orElseThrow(), 1e-12);
        assertEquals(40 / 55.0, confusion.f1(1).orElseThrow(), 1e-12);
        // by hand: expected = 0.5·0.4 + 0.5·0.6 = 0.5, kappa = (0.7 − 0.5) / 0.5
        assertEquals(0.4, confusion.kappa().orElseThrow(), 1e-12);
    }

    @Test
    void whatWasNeverSeenHasNoRate() {
        Confusion empty = new Confusion(2);
        assertTrue(empty.accuracy().isEmpty());
        assertTrue(empty.kappa().isEmpty());
        assertTrue(empty.f1(1).isEmpty());
        Confusion oneSided = of(new long[][] {{4, 0}, {0, 0}});
        assertTrue(oneSided.precision(1).isEmpty());
        assertTrue(oneSided.recall(1).isEmpty());
        assertTrue(oneSided.kappa().isEmpty());
    }

    private static Confusion of(long[][] counts) {
        Confusion confusion = new Confusion(counts.length);
        for (int r = 0; r < counts.length; r++) {
            for (int m = 0; m < counts.length; m++) {
                for (long i = 0; i < counts[r][m]; i++) {
                    confusion.add(r, m);
                }
            }
        }
        return confusion;
    }
}

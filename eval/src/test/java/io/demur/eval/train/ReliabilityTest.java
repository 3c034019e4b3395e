package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class ReliabilityTest {

    @Test
    void whoKeepsTheirWordHasHardlyAnyError() {
        assertTrue(error(1) < 0.02, () -> "error " + error(1));
    }

    @Test
    void whoExaggeratesHasMore() {
        assertEquals(0.23, error(0.2), 0.03);
    }

    /** Rows that are refusals with a probability drawn towards a half by {@code truth}. */
    private static double error(double truth) {
        SplittableRandom random = new SplittableRandom(3);
        List<Reliability.Point> points = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double said = random.nextDouble();
            double is = 0.5 + truth * (said - 0.5);
            points.add(new Reliability.Point(said, random.nextDouble() < is));
        }
        return Reliability.of(points).error();
    }
}

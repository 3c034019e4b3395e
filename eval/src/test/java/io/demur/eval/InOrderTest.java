package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class InOrderTest {

    @Test
    void resultsComeInTheOrderOfTheirInputs() {
        Property.check(
                40,
                gen -> {
                    List<Integer> got = new ArrayList<>();
                    int n = gen.between(0, 5000);
                    try (InOrder<Integer, Integer> inOrder =
                            new InOrder<>(
                                    gen.between(1, 8), gen.between(1, 300), i -> 2 * i, got::add)) {
                        for (int i = 0; i < n; i++) {
                            inOrder.put(i, gen.between(0, 100_000));
                        }
                        inOrder.finish();
                    }
                    assertEquals(n, got.size());
                    for (int i = 0; i < n; i++) {
                        assertEquals(2 * i, got.get(i));
                    }
                });
    }

    @Test
    void whatIsOnItsWayIsBoundedByWeight() throws Exception {
        AtomicLong underway = new AtomicLong();
        AtomicLong peak = new AtomicLong();
        long weight = InOrder.WEIGHT_MAX / 4;
        try (InOrder<Long, Long> inOrder =
                new InOrder<>(2, 256, w -> w, w -> underway.addAndGet(-w))) {
            for (int i = 0; i < 100; i++) {
                peak.accumulateAndGet(underway.addAndGet(weight), Math::max);
                inOrder.put(weight, weight);
            }
            inOrder.finish();
        }
        assertTrue(peak.get() <= InOrder.WEIGHT_MAX + weight, () -> "peak " + peak);
    }

    @Test
    void aDefectInTheFunctionIsNotSwallowed() {
        try (InOrder<Integer, Integer> inOrder =
                new InOrder<>(
                        2,
                        256,
                        i -> {
                            throw new IllegalStateException("broken");
                        },
                        i -> {})) {
            assertThrows(
                    IllegalStateException.class,
                    () -> {
                        inOrder.put(1, 1);
                        inOrder.finish();
                    });
        }
    }
}

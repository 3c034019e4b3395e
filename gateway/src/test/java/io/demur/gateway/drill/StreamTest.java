package io.demur.gateway.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.sequential.Direction;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rates that change; how often and how soon it is noticed is for {@link DriftSimulationTest}. */
class StreamTest {

    private static Stream after(Stream from, double rate, int results) {
        SplittableRandom random = new SplittableRandom(5);
        Stream stream = from;
        for (int i = 0; i < results; i++) {
            stream = stream.next(random.nextDouble() < rate);
        }
        return stream;
    }

    /** What is noticed of a rate until the first alarm, and after how many results. */
    private static List<String> noticed(Stream from, double rate) {
        SplittableRandom random = new SplittableRandom(6);
        List<String> noticed = new ArrayList<>();
        Stream stream = from;
        for (int i = 1; stream.noticed().filter(Change::certain).isEmpty(); i++) {
            stream = stream.next(random.nextDouble() < rate);
            if (stream.noticed().isPresent()) {
                noticed.add(stream.noticed().get().word() + " after " + i);
            }
        }
        return noticed;
    }

    @Test
    void aRiseIsSeenAsOne() {
        List<String> noticed = noticed(after(Stream.start(), 0.05, 1_000), 0.3);
        assertEquals(2, noticed.size(), noticed.toString());
        assertTrue(noticed.getFirst().startsWith("maybe-rising after "), noticed.toString());
        assertTrue(noticed.getLast().startsWith("rising after "), noticed.toString());
    }

    @Test
    void aModelThatAlwaysRefusedAndStopsIsSeenWithinFiveDrills() {
        List<String> noticed = noticed(after(Stream.start(), 1, 500), 0);
        assertEquals(List.of("maybe-falling after 3", "falling after 5"), noticed);
    }

    @Test
    void afterAnAlarmABaselineBeginsAnew() {
        Stream stream = after(Stream.start(), 1, 500);
        assertEquals(0, stream.missing());
        while (stream.noticed().filter(Change::certain).isEmpty()) {
            stream = stream.next(false);
        }
        assertEquals(Direction.FALLING, stream.noticed().orElseThrow().direction());
        stream = stream.next(false);
        assertEquals(Stream.BASELINE - 1, stream.missing());
        assertEquals(1, stream.results());
        assertTrue(stream.noticed().isEmpty());
    }

    @Test
    void aHintIsGivenOnceUntilItIsOver() {
        Stream stream = after(Stream.start(), 0.95, 1_000);
        while (!stream.hinted()) {
            stream = stream.next(false);
        }
        assertTrue(stream.noticed().isPresent());
        stream = stream.next(true).next(false);
        assertTrue(stream.hinted() && stream.noticed().isEmpty());
        stream = after(stream, 0.95, 1_500);
        assertFalse(stream.hinted(), "it has gone back to what it was");
    }
}

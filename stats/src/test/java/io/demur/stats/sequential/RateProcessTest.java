package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

class RateProcessTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int STREAMS = THOROUGH ? 10_000 : 2_000;

    /** Fifty observations a day for two months, or for a year. */
    private static final int LENGTH = 50 * (THOROUGH ? 365 : 60);

    /** The mean over all sequences of the evidence after ten observations, at a rate. */
    private static double mean(RateProcess process, double rate, int more) {
        return more == 0
                ? process.evidence()
                : rate * mean(process.next(true), rate, more - 1)
                        + (1 - rate) * mean(process.next(false), rate, more - 1);
    }

    @Test
    void evidenceIsOneOnAverageAtTheBoundAndLessWithinTheHypothesis() {
        RateProcess falling = RateProcess.of(Direction.FALLING, 0.9, 0.02);
        assertEquals(1, mean(falling, 0.88, 10), 1e-12);
        assertTrue(mean(falling, 0.95, 10) < 1);
        assertTrue(mean(falling, 0.7, 10) > 1);
        RateProcess rising = RateProcess.of(Direction.RISING, 0.9, 0.02);
        assertEquals(1, mean(rising, 0.92, 10), 1e-12);
        assertTrue(mean(rising, 0.85, 10) < 1);
        assertTrue(mean(rising, 0.99, 10) > 1);
    }

    @Test
    void risingIsTheMirrorImageOfFalling() {
        RateProcess falling = RateProcess.of(Direction.FALLING, 0.95, 0.01);
        RateProcess rising = RateProcess.of(Direction.RISING, 0.05, 0.01);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            boolean hit = random.nextDouble() < 0.8;
            falling = falling.next(hit);
            rising = rising.next(!hit);
            assertEquals(falling.evidence(), rising.evidence(), 1e-9 * falling.evidence());
        }
        assertTrue(falling.changed(0.001) && rising.changed(0.001));
    }

    @Test
    void streamsWithoutChangeSaySoNoMoreOftenThanStated() {
        assertSeldomWrong(Direction.FALLING, 0.95);
        assertSeldomWrong(Direction.RISING, 0.5);
    }

    private static void assertSeldomWrong(Direction direction, double rate) {
        SplittableRandom random = new SplittableRandom(23);
        int wrong = 0;
        for (int s = 0; s < STREAMS; s++) {
            RateProcess process = RateProcess.of(direction, rate, 0);
            SplittableRandom own = random.split();
            for (int i = 0; i < LENGTH && !process.changed(0.05); i++) {
                process = process.next(own.nextDouble() < rate);
            }
            wrong += process.changed(0.05) ? 1 : 0;
        }
        assertTrue(wrong <= 0.05 * STREAMS, direction + " " + rate + ": " + wrong);
    }

    @Test
    void whatIsStoredGoesOnAsIfItHadNotBeen() {
        RateProcess process = RateProcess.of(Direction.FALLING, 0.95, 0.01);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 300; i++) {
            process = process.next(random.nextDouble() < 0.9);
        }
        RateProcess restored =
                new RateProcess(
                        process.direction(),
                        process.bound(),
                        process.n(),
                        List.copyOf(process.bets()),
                        process.highest());
        assertEquals(process.next(false), restored.next(false));
    }

    @Test
    void anAlarmOnceGivenStands() {
        RateProcess process = RateProcess.of(Direction.FALLING, 0.9, 0);
        for (int i = 0; i < 40; i++) {
            process = process.next(false);
        }
        assertTrue(process.changed(0.01));
        for (int i = 0; i < 5000; i++) {
            process = process.next(true);
        }
        assertTrue(process.changed(0.01));
        assertTrue(process.evidence() < 1);
    }

    @Test
    void aHundredThousandMissesAreNoMoreThanProof() {
        RateProcess process = RateProcess.of(Direction.FALLING, 0.999, 0);
        for (int i = 0; i < 100_000; i++) {
            process = process.next(false);
        }
        assertTrue(Double.isFinite(process.evidence()) && process.evidence() > 1e200);
    }

    @Test
    void aBoundOutsideTheScaleIsAnError() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RateProcess.of(Direction.FALLING, 0.01, 0.01));
        assertThrows(
                IllegalArgumentException.class, () -> RateProcess.of(Direction.RISING, 0.99, 0.02));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RateProcess(Direction.RISING, 0.5, 1, List.of(1.0), 1));
    }
}

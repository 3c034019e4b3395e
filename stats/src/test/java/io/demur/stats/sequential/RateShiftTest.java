package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class RateShiftTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");

    private static RateShift shift(SplittableRandom random, double rate, int n) {
        int hits = 0;
        for (int i = 0; i < 100; i++) {
            hits += random.nextDouble() < rate ? 1 : 0;
        }
        RateShift shift = RateShift.after(hits, 100);
        for (int i = 100; i < n; i++) {
            shift = shift.next(random.nextDouble() < rate);
        }
        return shift;
    }

    /** The mean over all sequences of the evidence, each as probable as what came first says. */
    private static double mean(RateShift shift, double hits, double n, int more, Direction way) {
        if (more == 0) {
            return shift.evidence(way);
        }
        double hit = (hits + 0.5) / (n + 1);
        return hit * mean(shift.next(true), hits + 1, n + 1, more - 1, way)
                + (1 - hit) * mean(shift.next(false), hits, n + 1, more - 1, way);
    }

    @Test
    void withoutAChangeTheMeanEvidenceIsTheNumberOfObservations() {
        // but for the rates beyond the edge and between those that are taken
        for (Direction way : Direction.values()) {
            assertEquals(10, mean(RateShift.after(380, 400), 380, 400, 10, way), 0.01);
            assertEquals(10, mean(RateShift.after(11, 20), 11, 20, 10, way), 0.01);
            assertEquals(10, mean(RateShift.after(100, 100), 100, 100, 10, way), 0.3);
        }
    }

    @Test
    void risingIsTheMirrorImageOfFalling() {
        RateShift falling = RateShift.after(95, 100);
        RateShift rising = RateShift.after(5, 100);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            boolean hit = random.nextDouble() < 0.9;
            falling = falling.next(hit);
            rising = rising.next(!hit);
            double fell = falling.evidence(Direction.FALLING);
            assertEquals(fell, rising.evidence(Direction.RISING), 1e-6 * fell);
        }
    }

    @Test
    void aLateChangeIsFoundAsSoonAsAnEarlyOne() {
        assertTrue(delay(10_000) <= 1.1 * delay(2_000));
    }

    /** The mean number of observations until a fall is found. */
    private static double delay(int quiet) {
        int streams = THOROUGH ? 2_000 : 60;
        long sum = 0;
        for (int s = 0; s < streams; s++) {
            SplittableRandom random = new SplittableRandom(s);
            RateShift shift = shift(random, 0.95, quiet);
            while (shift.evidence(Direction.FALLING) < 36_500) {
                shift = shift.next(random.nextDouble() < 0.88);
                sum++;
            }
        }
        return (double) sum / streams;
    }

    @Test
    void evidenceIsReachedNoMoreOftenThanStated() {
        int streams = THOROUGH ? 10_000 : 200;
        int n = 5_000;
        for (double rate : new double[] {0.5, 0.95, 0.99}) {
            int reached = 0;
            for (int s = 0; s < streams; s++) {
                SplittableRandom random = new SplittableRandom(1_000 + s);
                RateShift shift = shift(random, rate, 100);
                double highest = 0;
                for (int i = 0; i < n; i++) {
                    shift = shift.next(random.nextDouble() < rate);
                    highest = Math.max(highest, shift.evidence(Direction.FALLING));
                }
                reached += highest >= 50_000 ? 1 : 0;
            }
            // a tenth of them at most on average over rates; single rates are measured
            assertTrue(reached <= (THOROUGH ? 0.13 : 0.16) * streams, rate + ": " + reached);
        }
    }

    @Test
    void anyObservationsGiveEvidence() {
        Property.check(
                100,
                gen -> {
                    int n = gen.between(1, 300);
                    RateShift shift = RateShift.after(gen.oneIn(3) ? n : gen.between(0, n), n);
                    double rate = gen.oneIn(3) ? 0 : gen.unit();
                    for (int i = 0; i < 2_000; i++) {
                        shift = shift.next(gen.unit() < rate);
                    }
                    for (Direction way : Direction.values()) {
                        double evidence = shift.evidence(way);
                        assertTrue(evidence >= 0 && evidence < 1e300, shift.toString());
                    }
                });
    }

    @Test
    void theSameObservationsGiveTheSame() {
        RateShift one = shift(new SplittableRandom(3), 0.9, 500);
        RateShift other = shift(new SplittableRandom(3), 0.9, 500);
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertTrue(!one.equals(other.next(false)));
    }

    @Test
    void countsThatAreNoneAreAnError() {
        assertThrows(IllegalArgumentException.class, () -> RateShift.after(0, 0));
        assertThrows(IllegalArgumentException.class, () -> RateShift.after(3, 2));
    }
}

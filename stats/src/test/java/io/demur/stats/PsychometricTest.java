package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.Psychometric.Curve;
import io.demur.stats.Psychometric.Level;
import io.demur.stats.Psychometric.Outside;
import io.demur.stats.Psychometric.Parameter;
import io.demur.stats.Psychometric.Reason;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

class PsychometricTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 2_000 : 200;

    private static List<Level> levels(int n, int... hits) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < hits.length; i++) {
            levels.add(new Level(i + 1, Share.of(hits[i], n)));
        }
        return levels;
    }

    private static void check(
            double value, double low, double high, Parameter found, double precision) {
        assertEquals(value, found.value(), precision);
        assertEquals(low, found.low().orElseThrow(), precision);
        assertEquals(high, found.high().orElseThrow(), precision);
    }

    /** Maximised and profiled with scipy's L-BFGS-B from 24 starts, limits by Brent's method. */
    @Test
    void agreesWithScipy() {
        List<Level> levels = levels(40, 2, 1, 3, 4, 11, 22, 31, 37, 38, 37);
        Curve curve = assertInstanceOf(Curve.class, Psychometric.of(levels));
        check(5.813493526, 5.440040214, 6.183541783, curve.threshold(), 1e-3);
        check(1.371439044, 0.949471059, 2.055957203, curve.slope(), 2e-3);
        check(0.039862153, 0.005280068, 0.090278169, curve.low(), 2e-4);
        check(0.053107460, 0.008039253, 0.114023823, curve.high(), 2e-4);
        assertEquals(1.450255887 / 6, curve.dispersion().orElseThrow().factor(), 1e-4);
        assertEquals(0.962730145, curve.dispersion().orElseThrow().p(), 1e-4);
        double middle = (1 + curve.low().value() - curve.high().value()) / 2;
        assertEquals(middle, curve.at(curve.threshold().value()), 1e-12);
    }

    @Test
    void lapsesOfNoneAreBoundedFromAboveAlone() {
        List<Level> levels = levels(40, 0, 0, 1, 3, 9, 20, 33, 38, 40, 40);
        Curve curve = assertInstanceOf(Curve.class, Psychometric.of(levels));
        check(5.900630751, 5.639481900, 6.163137696, curve.threshold(), 1e-3);
        check(1.424946470, 1.156271703, 1.786499573, curve.slope(), 2e-3);
        check(0, 0, 0.020210931, curve.low(), 2e-4);
        check(0, 0, 0.016966957, curve.high(), 2e-4);
    }

    @Test
    void aStepHasNoSteepestSlope() {
        List<Level> levels = levels(40, 0, 0, 0, 0, 0, 40, 40, 40, 40, 40);
        Curve curve = assertInstanceOf(Curve.class, Psychometric.of(levels));
        assertEquals(OptionalDouble.empty(), curve.slope().high());
        assertTrue(curve.slope().low().orElseThrow() > 2);
        assertTrue(5 <= curve.threshold().low().orElseThrow() + 0.1);
        assertTrue(curve.threshold().high().orElseThrow() <= 6.1);
    }

    @Test
    void aThresholdOutsideTheScaleIsSaidToBeOutside() {
        int[] all = new int[10];
        assertEquals(new Outside(Reason.ABOVE), Psychometric.of(levels(12, all)));
        java.util.Arrays.fill(all, 12);
        assertEquals(new Outside(Reason.BELOW), Psychometric.of(levels(12, all)));
        assertEquals(
                new Outside(Reason.BELOW),
                Psychometric.of(levels(12, 12, 11, 12, 12, 12, 11, 12, 12, 12, 12)));
        assertEquals(
                new Outside(Reason.ABOVE),
                Psychometric.of(levels(12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)));
        assertEquals(
                new Outside(Reason.FLAT),
                Psychometric.of(levels(12, 6, 7, 5, 6, 6, 7, 5, 6, 6, 5)));
        assertEquals(
                new Outside(Reason.FLAT),
                Psychometric.of(levels(12, 12, 11, 9, 8, 6, 5, 3, 1, 0, 0)));
        assertEquals(
                new Outside(Reason.BELOW),
                Psychometric.of(levels(40, 28, 33, 36, 38, 39, 40, 40, 40, 40, 40)));
    }

    @Test
    void whatScattersMoreThanChanceSaysSoAndHasWiderLimits() {
        Curve even = curve(levels(40, 1, 1, 2, 4, 11, 21, 31, 37, 38, 39));
        Curve uneven = curve(levels(40, 1, 0, 8, 1, 18, 14, 37, 29, 40, 38));
        assertTrue(even.dispersion().orElseThrow().p() > 0.1);
        assertTrue(uneven.dispersion().orElseThrow().p() < 0.01);
        assertTrue(width(uneven.threshold()) > 1.5 * width(even.threshold()));
    }

    private static Curve curve(List<Level> levels) {
        return assertInstanceOf(Curve.class, Psychometric.of(levels));
    }

    private static double width(Parameter parameter) {
        return parameter.high().orElseThrow() - parameter.low().orElseThrow();
    }

    @Test
    void oneLevelIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> Psychometric.of(List.of()));
        List<Level> twice = List.of(new Level(3, Share.of(1, 2)), new Level(3, Share.of(0, 2)));
        assertThrows(IllegalArgumentException.class, () -> Psychometric.of(twice));
    }

    @Test
    void anyAnswersGiveACurveWithinItsLimitsOrAReason() {
        Property.check(
                60,
                gen -> {
                    int worth = gen.between(1, 12);
                    List<Level> levels = new ArrayList<>();
                    for (int x = gen.between(2, 10); x > 0; x--) {
                        double at = gen.oneIn(5) ? 3 : x;
                        double rate = gen.between(0, worth) / (double) worth;
                        levels.add(new Level(at, new Share(rate, worth * (0.2 + gen.unit()))));
                    }
                    levels.add(new Level(0, Share.of(0, 1)));
                    switch (Psychometric.of(levels)) {
                        case Curve c -> {
                            for (Parameter p :
                                    List.of(c.threshold(), c.slope(), c.low(), c.high())) {
                                assertTrue(p.holds(p.value()), c.toString());
                            }
                        }
                        case Outside outside -> assertNotNull(outside.reason());
                    }
                });
    }

    @Test
    void limitsHoldTheTruthNineteenTimesInTwenty() {
        double[][] truths = {{5.5, 1.2, 0.03, 0.05}, {4, 2, 0, 0.1}, {6.5, 0.9, 0, 0}};
        SplittableRandom random = new SplittableRandom(13);
        for (double[] truth : truths) {
            int[] right = new int[4];
            for (int i = 0; i < TRIES; i++) {
                List<Level> levels = new ArrayList<>();
                for (int x = 1; x <= 10; x++) {
                    double rise = 1 / (1 + Math.exp(-truth[1] * (x - truth[0])));
                    double p = truth[2] + (1 - truth[2] - truth[3]) * rise;
                    levels.add(new Level(x, RoganGladenTest.draw(random, p, 36)));
                }
                Curve curve = curve(levels);
                right[0] += curve.threshold().holds(truth[0]) ? 1 : 0;
                right[1] += curve.slope().holds(truth[1]) ? 1 : 0;
                right[2] += curve.low().holds(truth[2]) ? 1 : 0;
                right[3] += curve.high().holds(truth[3]) ? 1 : 0;
            }
            for (int each : right) {
                // 0.915 is four errors below 0.95 at the edge of what two hundred tries show
                assertTrue(
                        each >= 0.915 * TRIES,
                        truth[0] + ": " + java.util.Arrays.toString(right) + " of " + TRIES);
            }
        }
    }
}

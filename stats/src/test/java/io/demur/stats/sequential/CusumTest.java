package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class CusumTest {

    private static final int RUNS = Boolean.getBoolean("thorough") ? 5_000 : 800;

    @Test
    void theIntervalOfShortChainsIsThatOfTheFormula() {
        // one step: the first miss; two steps, with one back: (1 + q) / q²
        assertEquals(20, new Cusum(Direction.FALLING, 1, 1, 1, 0).interval(0.95), 1e-9);
        assertEquals(
                1.05 / (0.05 * 0.05),
                new Cusum(Direction.FALLING, 1, 1, 2, 0).interval(0.95),
                1e-9);
        assertEquals(
                1.05 / (0.05 * 0.05), new Cusum(Direction.RISING, 1, 1, 2, 0).interval(0.05), 1e-9);
    }

    @Test
    void falseAlarmsAreAsFarApartAsStated() {
        double[][] changes = {{0.95, 0.9}, {0.9, 0.85}, {0.8, 0.75}, {0.05, 0.1}, {0.98, 0.93}};
        SplittableRandom random = new SplittableRandom(41);
        for (double[] change : changes) {
            double stated = 3_000;
            Cusum chart = Cusum.of(change[0], change[1], stated);
            double computed = chart.interval(change[0]);
            assertTrue(computed >= stated && computed <= 1.1 * stated, chart + ": " + computed);
            double measured = measured(chart, change[0], random);
            assertEquals(1, measured / stated, 0.15, chart + " at " + change[0]);
            assertTrue(chart.interval(change[1]) < stated / 8, "finds it in time");
        }
    }

    private static double measured(Cusum chart, double rate, SplittableRandom random) {
        long observations = 0;
        Cusum cusum = chart;
        for (int alarms = 0; alarms < RUNS; observations++) {
            cusum = cusum.next(random.nextDouble() < rate);
            alarms += cusum.alarmed() ? 1 : 0;
        }
        return (double) observations / RUNS;
    }

    @Test
    void anyTwoRatesHaveAChartThatIsAtLeastAsQuietAsAsked() {
        Property.check(
                40,
                gen -> {
                    double before = 0.001 + 0.998 * gen.unit();
                    double after = 0.001 + 0.998 * gen.unit();
                    if (Math.abs(before - after) > 0.02) {
                        double interval = 1 + 20_000 * gen.unit();
                        assertTrue(Cusum.of(before, after, interval).interval(before) >= interval);
                    }
                });
    }

    @Test
    void aYearOfFiftyADayHasAThresholdToo() {
        Cusum chart = Cusum.of(0.5, 0.45, 365 * 50);
        assertTrue(chart.interval(0.5) >= 365 * 50);
        assertTrue(chart.interval(0.5) <= 1.1 * 365 * 50, "" + chart.interval(0.5));
        assertEquals(Direction.FALLING, chart.direction());
        assertEquals(Direction.RISING, Cusum.of(0.5, 0.55, 100).direction());
    }

    @Test
    void afterAnAlarmTheSumBeginsAnew() {
        Cusum cusum = Cusum.of(0.95, 0.9, 1000);
        int misses = 0;
        while (!cusum.alarmed()) {
            cusum = cusum.next(false);
            misses++;
        }
        assertTrue(misses > 2);
        cusum = cusum.next(false);
        assertFalse(cusum.alarmed());
        assertEquals(cusum.up(), cusum.sum());
    }

    @Test
    void ratesThatAreNoneAreAnError() {
        assertThrows(IllegalArgumentException.class, () -> Cusum.of(0.9, 0.9, 100));
        assertThrows(IllegalArgumentException.class, () -> Cusum.of(1, 0.9, 100));
        assertThrows(IllegalArgumentException.class, () -> Cusum.of(0.5, 0.4999, 1e6));
    }
}

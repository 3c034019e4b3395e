package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class RiskBandTest {

    @Test
    void theBudgetIsKeptAsOftenAsPromised() {
        for (double sharpness : new double[] {1, 2.5, 6}) {
            int tries = 600;
            int kept = 0;
            int some = 0;
            Gen gen = new Gen(new SplittableRandom(21));
            for (int i = 0; i < tries; i++) {
                Sample sample = Sample.draw(gen, 600, sharpness);
                RiskBand band = RiskBand.choose(sample.p, sample.y, 0.05, 0.1);
                some += band.none() ? 0 : 1;
                kept += Sample.keeps(band, sharpness) ? 1 : 0;
            }
            String what = "sharpness " + sharpness;
            assertTrue(kept >= 0.9 * tries, what + ": kept " + (double) kept / tries);
            if (sharpness > 2) {
                assertTrue(some > 0.9 * tries, what + ": decided in " + (double) some / tries);
            }
        }
    }

    @Test
    void aLargerBudgetDecidesNoLess() {
        Property.check(
                100,
                gen -> {
                    Sample sample = Sample.draw(gen, gen.between(50, 800), 3);
                    RiskBand tight = RiskBand.choose(sample.p, sample.y, 0.03, 0.1);
                    RiskBand wide = RiskBand.choose(sample.p, sample.y, 0.15, 0.1);
                    tight.low().ifPresent(low -> assertTrue(low <= 0.5));
                    tight.high().ifPresent(high -> assertTrue(high >= 0.5));
                    assertTrue(tight.decided() <= wide.decided() + 1e-12);
                    assertTrue(wide.decided() <= 1);
                });
    }

    @Test
    void probabilitiesThatTellNothingDecideNothing() {
        SplittableRandom random = new SplittableRandom(2);
        double[] p = new double[500];
        boolean[] y = new boolean[500];
        for (int i = 0; i < p.length; i++) {
            p[i] = random.nextDouble();
            y[i] = random.nextBoolean();
        }
        RiskBand band = RiskBand.choose(p, y, 0.05, 0.1);
        assertTrue(band.none());
        assertEquals(0, band.decided());
    }

    @Test
    void tooFewObservationsDecideNothingHoweverRight() {
        RiskBand few = RiskBand.choose(new double[20], new boolean[20], 0.05, 0.1);
        assertTrue(few.none());
        RiskBand many = RiskBand.choose(new double[80], new boolean[80], 0.05, 0.1);
        assertEquals(0.5, many.low().orElseThrow(), 1e-12);
        assertEquals(1, many.below());
        assertTrue(many.high().isEmpty());
    }

    @Test
    void copiesOfAnObservationAreNoFurtherEvidence() {
        double[] p = new double[200];
        boolean[] y = new boolean[200];
        long[] cluster = new long[200];
        for (int i = 0; i < 200; i++) {
            cluster[i] = i / 10;
        }
        assertFalse(RiskBand.choose(p, y, 0.05, 0.1).none());
        assertTrue(RiskBand.choose(p, y, cluster, 0.05, 0.1).none());
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RiskBand.choose(new double[1], new boolean[1], 0, 0.1));
    }

    /** Probabilities uniform over 0 to 1; what is true follows a steeper or flatter curve. */
    private static final class Sample {
        final double[] p;
        final boolean[] y;

        Sample(double[] p, boolean[] y) {
            this.p = p;
            this.y = y;
        }

        static Sample draw(Gen gen, int n, double sharpness) {
            double[] p = new double[n];
            boolean[] y = new boolean[n];
            for (int i = 0; i < n; i++) {
                p[i] = gen.unit();
                y[i] = gen.unit() < truth(p[i], sharpness);
            }
            return new Sample(p, y);
        }

        static double truth(double p, double sharpness) {
            return p <= 0 ? 0 : 1 / (1 + Math.pow((1 - p) / p, sharpness));
        }

        /** Whether the band's true share of errors is within the budget on both sides. */
        static boolean keeps(RiskBand band, double sharpness) {
            double low = band.low().orElse(0);
            double high = band.high().orElse(1);
            return mean(0, low, sharpness) <= band.budget()
                    && mean(0, 1 - high, sharpness) <= band.budget();
        }

        private static double mean(double from, double to, double sharpness) {
            int steps = 400;
            double sum = 0;
            for (int i = 0; i < steps; i++) {
                sum += truth(from + (to - from) * (i + 0.5) / steps, sharpness);
            }
            return to <= from ? 0 : sum / steps;
        }
    }
}

package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class TwoRatesTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 10_000 : 1_500;

    /** By scipy's normal quantile, with (h + ½) / (n + 1). */
    @Test
    void sensitivityAndCriterionAgreeWithScipy() {
        TwoRates some = new TwoRates(Share.of(45, 50), Share.of(10, 60));
        assertEquals(2.1838574217364277, some.sensitivity().value(), 1e-12);
        assertEquals(-0.14615162467889398, some.criterion().value(), 1e-12);
        TwoRates perfect = new TwoRates(Share.of(50, 50), Share.of(0, 60));
        assertEquals(4.733804951934528, perfect.sensitivity().value(), 1e-12);
        assertEquals(0.033133901160125045, perfect.criterion().value(), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, perfect.sensitivity().high());
        assertTrue(perfect.sensitivity().low() > 2);
    }

    @Test
    void guessingIsZero() {
        TwoRates guessing = new TwoRates(Share.of(30, 60), Share.of(30, 60));
        assertEquals(0, guessing.youden().value());
        assertEquals(0, guessing.sensitivity().value(), 1e-12);
        assertEquals(0, guessing.criterion().value(), 1e-12);
        assertEquals(guessing.youden().low(), -guessing.youden().high(), 1e-12);
    }

    @Test
    void anyRatesHaveARegionAndIntervals() {
        Property.check(
                500,
                gen -> {
                    Share one = share(gen);
                    Share two = share(gen);
                    TwoRates rates = new TwoRates(one, two);
                    assertTrue(rates.region().holds(one.rate(), two.rate()));
                    assertTrue(rates.youden().holds(one.rate() - two.rate()));
                    assertTrue(Double.isFinite(rates.sensitivity().value()));
                    assertTrue(Double.isFinite(rates.criterion().value()));
                    assertTrue(
                            rates.sensitivity().value() * rates.youden().value() >= -1e-9
                                    || one.worth() != two.worth());
                });
    }

    private static Share share(Gen gen) {
        int n = gen.between(1, 50);
        return new Share(gen.between(0, n) / (double) n, n * (0.1 + gen.unit()));
    }

    @Test
    void regionAndIntervalsHoldTheTruthNineteenTimesInTwenty() {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        SplittableRandom random = new SplittableRandom(7);
        for (double[] truth : new double[][] {{0.95, 0.05}, {0.8, 0.3}, {0.99, 0.01}, {0.5, 0.5}}) {
            // so near the corner, sixty observations are too few for Youden's index: 89 %
            for (int n : truth[0] > 0.98 ? new int[] {300} : new int[] {60, 300}) {
                double high = normal.inverseCumulativeProbability(truth[0]);
                double low = normal.inverseCumulativeProbability(truth[1]);
                int[] right = new int[4];
                for (int i = 0; i < TRIES; i++) {
                    TwoRates rates =
                            new TwoRates(
                                    RoganGladenTest.draw(random, truth[0], n),
                                    RoganGladenTest.draw(random, truth[1], n));
                    right[0] += rates.region().holds(truth[0], truth[1]) ? 1 : 0;
                    right[1] += rates.youden().holds(truth[0] - truth[1]) ? 1 : 0;
                    right[2] += rates.sensitivity().holds(high - low) ? 1 : 0;
                    right[3] += rates.criterion().holds(-(high + low) / 2) ? 1 : 0;
                }
                for (int each : right) {
                    PairedTest.assertCovers(each, TRIES, truth[0] + "/" + truth[1] + " of " + n);
                }
            }
        }
    }
}

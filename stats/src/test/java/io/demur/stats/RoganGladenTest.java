package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.RoganGladen.Correction;
import io.demur.stats.RoganGladen.Correction.Corrected;
import io.demur.stats.RoganGladen.Correction.Reason;
import io.demur.stats.RoganGladen.Correction.Unknown;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class RoganGladenTest {

    @Test
    void agreesWithTryingEveryPrevalence() {
        // two million values of the prevalence, each tried in numpy
        Estimate plain = corrected(new Share(0.3, 400), 0, 0.9, 0.95);
        assertEquals(0.25 / 0.85, plain.rate(), 1e-12);
        assertEquals(0.2363355, plain.low(), 2e-6);
        assertEquals(0.3543905, plain.high(), 2e-6);
        Estimate settled = corrected(new Share(0.5, 400), 0.2, 0.9, 0.95);
        assertEquals(0.43 / 0.85, settled.rate(), 1e-12);
        assertEquals(0.44419, settled.low(), 2e-6);
        assertEquals(0.5675864, settled.high(), 2e-6);
    }

    private static Estimate corrected(Share observed, double settled, double se, double sp) {
        Correction correction =
                RoganGladen.correct(observed, settled, new Share(se, 200), new Share(sp, 300), 400);
        return assertInstanceOf(Corrected.class, correction).estimate();
    }

    @Test
    void aTestThatIsNeverWrongLeavesTheIntervalNearlyAsItWas() {
        Share perfect = new Share(1, 1e9);
        Correction correction = RoganGladen.correct(new Share(0.2, 500), 0, perfect, perfect, 500);
        Estimate plain = Wilson.estimate(0.2, 500, 500);
        Estimate estimate = assertInstanceOf(Corrected.class, correction).estimate();
        assertEquals(plain.rate(), estimate.rate(), 1e-9);
        assertEquals(plain.low(), estimate.low(), 1e-6);
        assertEquals(plain.high(), estimate.high(), 1e-6);
    }

    @Test
    void aTestThatTellsNothingSaysSo() {
        for (double sensitivity : new double[] {0.3, 0.5, 0.52}) {
            assertEquals(
                    new Unknown(Reason.UNINFORMATIVE),
                    RoganGladen.correct(
                            new Share(0.5, 1000),
                            0,
                            new Share(sensitivity, 300),
                            new Share(0.5, 300),
                            1000));
        }
    }

    @Test
    void aShareThatNoPrevalenceMakesSaysSo() {
        assertEquals(
                new Unknown(Reason.CONTRADICTED),
                RoganGladen.correct(
                        new Share(0.01, 5000),
                        0,
                        new Share(0.9, 2000),
                        new Share(0.8, 2000),
                        5000));
    }

    @Test
    void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
        SplittableRandom random = new SplittableRandom(11);
        for (double truth : new double[] {0.02, 0.1, 0.5, 0.9}) {
            for (double se : new double[] {0.6, 0.8, 0.95}) {
                for (double sp : new double[] {0.6, 0.9, 0.98}) {
                    for (int known : new int[] {60, 400}) {
                        check(truth, se, sp, known, random);
                    }
                }
            }
        }
    }

    @Test
    void theIntervalHoldsTheTruthWhereTheTestIsNextToUselessToo() {
        SplittableRandom random = new SplittableRandom(12);
        for (double truth : new double[] {0.05, 0.4}) {
            for (double youden : new double[] {0, 0.03, 0.1, 0.2}) {
                check(truth, 0.5 + youden, 0.5, 150, random);
            }
        }
    }

    /** Where nothing is said, nothing wrong is said. */
    private static void check(
            double truth, double se, double sp, int known, SplittableRandom random) {
        int tries = 1200;
        int right = 0;
        int n = 300;
        for (int i = 0; i < tries; i++) {
            Share observed = draw(random, truth * se + (1 - truth) * (1 - sp), n);
            Correction correction =
                    RoganGladen.correct(
                            observed, 0, draw(random, se, known), draw(random, sp, known), n);
            right +=
                    switch (correction) {
                        case Corrected(Estimate e) -> e.low() <= truth && truth <= e.high() ? 1 : 0;
                        case Unknown(Reason reason) -> reason == Reason.UNINFORMATIVE ? 1 : 0;
                    };
        }
        double coverage = (double) right / tries;
        assertTrue(
                coverage >= 0.93,
                "truth %s, Se %s, Sp %s known from %d: covered %.3f"
                        .formatted(truth, se, sp, known, coverage));
    }

    static Share draw(SplittableRandom random, double p, int n) {
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += random.nextDouble() < p ? 1 : 0;
        }
        return Share.of(hits, n);
    }
}

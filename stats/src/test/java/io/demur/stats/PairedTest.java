package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Comparison of two runs over the same cases. */
class PairedTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 10_000 : 1_000;

    /** Exact from statsmodels 0.15, {@code mcnemar(exact=True)}; mid-p from scipy's binomial. */
    @ParameterizedTest
    @CsvSource({
        "59, 6, 16, 80, 0.052478790283203125, 0.03468966484069824",
        "10, 0, 0, 5, 1, 1",
        "100, 1, 9, 20, 0.021484375, 0.011718749999999998",
        "30, 5, 5, 30, 1, 1",
        "800, 30, 60, 110, 0.0020602656809630745, 0.0015165131944572226",
    })
    void mcNemarAgreesWithStatsmodels(
            int both, int first, int second, int neither, double exact, double midP) {
        PairedCounts counts = new PairedCounts(both, first, second, neither);
        assertEquals(exact, McNemar.exact(counts), 1e-12);
        assertEquals(midP, McNemar.midP(counts), 1e-12);
    }

    /** P(x ≥ second) for a fair coin, summed by hand in whole numbers. */
    @ParameterizedTest
    @CsvSource({
        "10, 0, 0, 5, 1",
        "100, 1, 9, 20, 0.0107421875",
        "100, 9, 1, 20, 0.9990234375",
        "30, 5, 5, 30, 0.623046875",
        "0, 0, 5, 3, 0.03125",
    })
    void aRiseHasTheTailOfItsOwnSideAlone(int both, int first, int second, int neither, double p) {
        assertEquals(p, McNemar.rise(new PairedCounts(both, first, second, neither)), 1e-12);
    }

    /**
     * The formula in numpy; the first, second and fourth are also in Newcombe (1998), with four
     * digits. There the difference is first less second.
     */
    @ParameterizedTest
    @CsvSource({
        "36, 12, 2, 0, 0.05692958400323869, 0.3404276029749407",
        "20, 12, 2, 16, 0.05615642484174824, 0.32920699540014053",
        "54, 0, 0, 0, -0.06641358809089626, 0.06641358809089626",
        "1, 97, 0, 2, 0.9030656974166016, 0.9866723759475092",
        "212, 144, 256, 707, -0.11419153280506708, -0.05543347268433288",
    })
    void newcombeAgreesWithNumpy(
            int both, int first, int second, int neither, double low, double high) {
        Interval interval = Newcombe.paired(new PairedCounts(both, first, second, neither));
        assertEquals(-high, interval.low(), 1e-12);
        assertEquals(-low, interval.high(), 1e-12);
    }

    /** 56 of 70 against 48 of 80: an example of Newcombe's (1998), 0.0524 to 0.3339. */
    @Test
    void newcombeForIndependentSamplesAgreesWithThePaper() {
        Interval interval = Newcombe.independent(Share.of(48, 80), Share.of(56, 70));
        assertEquals(0.2, interval.value(), 1e-12);
        assertEquals(0.052431472402365065, interval.low(), 1e-12);
        assertEquals(0.333872654036906, interval.high(), 1e-12);
    }

    /** From statsmodels 0.15, {@code multipletests}. */
    @Test
    void adjustedPAgreesWithStatsmodels() {
        double[] p = {.01, .02, .03, .005, .5, .04, 1.0, .0001};
        assertArrayEquals(
                new double[] {0.06, 0.1, 0.12, 0.035, 1.0, 0.12, 1.0, 0.0008},
                Holm.adjusted(p),
                1e-12);
        assertArrayEquals(
                new double[] {
                    0.02666666666666667,
                    0.04,
                    0.048,
                    0.02,
                    0.5714285714285714,
                    0.05333333333333334,
                    1.0,
                    0.0008
                },
                BenjaminiHochberg.adjusted(p),
                1e-12);
        assertArrayEquals(new double[0], Holm.adjusted(new double[0]));
    }

    @Test
    void aRunComparedWithItselfNeverDiffers() {
        Property.check(
                200,
                gen -> {
                    int n = gen.between(2, 60);
                    boolean[] run = new boolean[n];
                    List<PairedCase> cases = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        run[i] = gen.oneIn(3);
                        int answers = gen.between(1, 5);
                        int hits = gen.between(0, answers);
                        cases.add(new PairedCase(hits, answers, hits, answers));
                    }
                    PairedCounts counts = PairedCounts.of(run, run);
                    assertEquals(1, McNemar.exact(counts));
                    assertEquals(1, McNemar.midP(counts));
                    assertTrue(Newcombe.paired(counts).holds(0));
                    Interval difference = PairedCase.difference(cases, 50, 1);
                    assertEquals(0, difference.value());
                    assertTrue(difference.holds(0));
                    assertEquals(1, PairedCase.exchange(cases, 50, 1));
                    assertFalse(NonInferiority.paired(counts, 1e-9).shown(0.4));
                });
    }

    @Test
    void exchangingTheRunsMirrorsWhatIsSaid() {
        Property.check(
                300,
                gen -> {
                    int both = gen.between(0, 40);
                    int neither = gen.between(0, 40);
                    int one = gen.between(0, 20);
                    int two = gen.between(1, 20);
                    PairedCounts there = new PairedCounts(both, one, two, neither);
                    PairedCounts back = new PairedCounts(both, two, one, neither);
                    assertEquals(McNemar.exact(there), McNemar.exact(back), 1e-12);
                    assertTrue(McNemar.midP(there) <= McNemar.exact(there));
                    Interval a = Newcombe.paired(there);
                    Interval b = Newcombe.paired(back);
                    assertEquals(a.low(), -b.high(), 1e-12);
                    assertTrue(-1 <= a.low() && a.high() <= 1 && a.low() < a.high());
                });
    }

    @Test
    void nonInferiorityAndIntervalNeverDisagree() {
        Property.check(
                300,
                gen -> {
                    PairedCounts counts =
                            new PairedCounts(
                                    gen.between(1, 200),
                                    gen.between(0, 20),
                                    gen.between(0, 20),
                                    gen.between(0, 50));
                    double margin = 0.01 + gen.unit() / 5;
                    NonInferiority test = NonInferiority.paired(counts, margin);
                    assertEquals(test.difference().low() >= -margin, test.shown(0.025));
                    assertTrue(
                            NonInferiority.paired(counts, margin + 0.01).p() <= test.p() + 1e-12);
                });
        // 0.2 below, with a margin at which the upper or lower limit lies
        Share first = Share.of(56, 70);
        Share second = Share.of(48, 80);
        assertEquals(0.025, NonInferiority.independent(first, second, 0.333872654036906).p(), 1e-9);
        assertEquals(
                0.975, NonInferiority.independent(first, second, 0.052431472402365065).p(), 1e-9);
    }

    /** Summed over all outcomes with scipy's binomial: cases, discordant, difference, level. */
    @ParameterizedTest
    @CsvSource({
        "50, 0.2, 0.1, 0.05, 0.24118855539252754",
        "200, 0.1, 0.05, 0.05, 0.5432963571965471",
        "1000, 0.15, 0.05, 0.05, 0.9823766538904696",
        "172, 0.07, 0.05, 0.1, 0.7538626120219545",
        "300, 0.3, 0, 0.05, 0.038895124003294854",
    })
    void powerOfMcNemarAgreesWithSummingOverAllOutcomes(
            int n, double discordant, double difference, double alpha, double power) {
        assertEquals(power, PairedPower.power(n, discordant, difference, alpha), 1e-8);
        assertEquals(power, PairedPower.power(n, discordant, -difference, alpha), 1e-8);
    }

    @Test
    void whatIsDetectableIsDetectedAtTheStatedPower() {
        double least = PairedPower.detectable(1000, 0.15, 0.05, 0.8).orElseThrow();
        assertEquals(0.8, PairedPower.power(1000, 0.15, least, 0.05), 1e-3);
        assertTrue(PairedPower.detectable(5, 0.2, 0.05, 0.8).isEmpty());
        long cases = PairedPower.cases(0.15, 0.05, 0.05, 0.8).orElseThrow();
        assertTrue(PairedPower.power(cases, 0.15, 0.05, 0.05) >= 0.8);
        assertTrue(450 < cases && cases < 550, "cases " + cases);
        double drop = UnpairedPower.drop(343, 0.95, 0.1, 0.8).orElseThrow();
        assertEquals(0.05, drop, 1e-4);
        assertEquals(343, UnpairedPower.each(0.95, 0.90, 0.1, 0.8).orElseThrow());
        double rise = UnpairedPower.rise(200, 0.05, 0.05, 0.8).orElseThrow();
        assertEquals(rise, UnpairedPower.drop(200, 0.95, 0.05, 0.8).orElseThrow(), 1e-9);
        assertTrue(UnpairedPower.rise(5, 0.9, 0.05, 0.8).isEmpty());
    }

    /** In numpy: observations each, rates, level. */
    @ParameterizedTest
    @CsvSource({
        "343, 0.95, 0.9, 0.1, 0.8009328327643651",
        "100, 0.5, 0.7, 0.05, 0.828109402720153",
        "1233, 0.8, 0.75, 0.05, 0.8449120788151899",
    })
    void powerOfTwoSamplesAgreesWithNumpy(
            int n, double first, double second, double alpha, double power) {
        assertEquals(power, UnpairedPower.power(n, first, second, alpha), 1e-12);
    }

    @Test
    void aTrueDifferenceOfFivePointsIsFoundAtTheStatedPower() {
        double stated = PairedPower.power(1000, 0.11, 0.05, 0.05);
        SplittableRandom random = new SplittableRandom(3);
        int found = 0;
        for (int i = 0; i < TRIES; i++) {
            long[] counts = pairs(random, 1000, 0.80, 0.03, 0.08);
            found += McNemar.exact(counted(counts)) <= 0.05 ? 1 : 0;
        }
        assertEquals(stated, (double) found / TRIES, 0.025);
    }

    @Test
    void newcombesIntervalHoldsTheTruthNineteenTimesInTwenty() {
        SplittableRandom random = new SplittableRandom(4);
        double[][] truths = {{0.9, 0.02, 0.05}, {0.5, 0.15, 0.1}, {0.02, 0.02, 0.03}};
        for (double[] truth : truths) {
            for (int n : new int[] {50, 300}) {
                int right = 0;
                for (int i = 0; i < TRIES; i++) {
                    long[] counts = pairs(random, n, truth[0], truth[1], truth[2]);
                    right += Newcombe.paired(counted(counts)).holds(truth[2] - truth[1]) ? 1 : 0;
                }
                assertCovers(right, TRIES, truth[0] + " " + n);
            }
        }
    }

    private static PairedCounts counted(long[] counts) {
        return new PairedCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    private static long[] pairs(
            SplittableRandom random, int n, double both, double first, double second) {
        long[] counts = new long[4];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            counts[u < both ? 0 : u < both + first ? 1 : u < both + first + second ? 2 : 3]++;
        }
        return counts;
    }

    @Test
    void theBootstrapOverCasesHoldsTheTruthAndItsTestKeepsItsLevel() {
        SplittableRandom random = new SplittableRandom(5);
        int tries = TRIES / 2;
        for (int n : new int[] {40, 150}) {
            int right = 0;
            int found = 0;
            for (int i = 0; i < tries; i++) {
                List<PairedCase> moved = new ArrayList<>();
                List<PairedCase> alike = new ArrayList<>();
                for (int c = 0; c < n; c++) {
                    double p = random.nextDouble() < 0.6 ? 0.95 : 0.4;
                    moved.add(answers(random, p, p - 0.1));
                    alike.add(answers(random, p, p));
                }
                right += PairedCase.difference(moved, 200, i).holds(-0.1) ? 1 : 0;
                found += PairedCase.exchange(alike, 199, i) <= 0.05 ? 1 : 0;
            }
            assertCovers(right, tries, n + " cases");
            assertTrue(found <= 0.075 * tries, "wrongly found %d of %d".formatted(found, tries));
        }
    }

    @Test
    void aRareGreatDifferenceDoesNotMakeTheIntervalTooShort() {
        SplittableRandom random = new SplittableRandom(6);
        int tries = TRIES / 2;
        for (double share : new double[] {0.02, 0.05}) {
            int right = 0;
            for (int i = 0; i < tries; i++) {
                List<PairedCase> cases = new ArrayList<>();
                for (int c = 0; c < 60; c++) {
                    boolean drops = random.nextDouble() < share;
                    cases.add(answers(random, 0.98, drops ? 0.3 : 0.98));
                }
                right += PairedCase.difference(cases, 200, i).holds(-0.68 * share) ? 1 : 0;
            }
            assertCovers(right, tries, "drops " + share);
        }
    }

    private static PairedCase answers(SplittableRandom random, double first, double second) {
        int[] hits = new int[2];
        for (int e = 0; e < 3; e++) {
            hits[0] += random.nextDouble() < first ? 1 : 0;
            hits[1] += random.nextDouble() < second ? 1 : 0;
        }
        return new PairedCase(hits[0], 3, hits[1], 3);
    }

    static void assertCovers(int right, int tries, String where) {
        double coverage = (double) right / tries;
        assertTrue(0.92 <= coverage && coverage <= 0.999, where + ": covered " + coverage);
    }
}

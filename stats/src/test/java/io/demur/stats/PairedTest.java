package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Comparison of two runs over the same cases. */
class PairedTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 10_000 : 1_000;

    /** From statsmodels 0.15, {@code mcnemar(exact=True)}. */
    @ParameterizedTest
    @CsvSource({
        "59, 6, 16, 80, 0.052478790283203125",
        "10, 0, 0, 5, 1",
        "100, 1, 9, 20, 0.021484375",
        "30, 5, 5, 30, 1",
        "800, 30, 60, 110, 0.0020602656809630745",
    })
    void ofSingleAnswersTheTestIsMcNemars(
            int both, int first, int second, int neither, double exact) {
        PairedCounts counts = new PairedCounts(both, first, second, neither);
        assertEquals(exact, McNemar.exact(counts), 1e-12);
        assertEquals(exact, mcNemar(counts), 1e-12);
    }

    private static double mcNemar(PairedCounts counts) {
        List<PairedAnswers> cases = new ArrayList<>();
        cases.addAll(Collections.nCopies((int) counts.both(), new PairedAnswers(1, 1, 1, 1)));
        cases.addAll(Collections.nCopies((int) counts.first(), new PairedAnswers(1, 1, 0, 1)));
        cases.addAll(Collections.nCopies((int) counts.second(), new PairedAnswers(0, 1, 1, 1)));
        cases.addAll(Collections.nCopies((int) counts.neither(), new PairedAnswers(0, 1, 0, 1)));
        return PairedAnswers.exchange(apart(cases), 0, 1);
    }

    /** Each case a cluster of its own. */
    private static List<List<PairedAnswers>> apart(List<PairedAnswers> cases) {
        return cases.stream().map(List::of).toList();
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
                    List<PairedAnswers> cases = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        run[i] = gen.oneIn(3);
                        int answers = gen.between(1, 5);
                        int hits = gen.between(0, answers);
                        cases.add(new PairedAnswers(hits, answers, hits, answers));
                    }
                    PairedCounts counts = PairedCounts.of(run, run);
                    assertEquals(1, mcNemar(counts));
                    assertTrue(Newcombe.paired(counts).holds(0));
                    Interval difference = PairedAnswers.difference(apart(cases), 50, 1);
                    assertEquals(0, difference.value());
                    assertTrue(difference.holds(0));
                    assertEquals(1, PairedAnswers.exchange(apart(cases), 50, 1));
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
                    assertEquals(mcNemar(there), mcNemar(back), 1e-12);
                    Interval a = Newcombe.paired(there);
                    Interval b = Newcombe.paired(back);
                    assertEquals(a.low(), -b.high(), 1e-12);
                    assertTrue(-1 <= a.low() && a.high() <= 1 && a.low() < a.high());
                });
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
        // what differs less than that brings the cases that differ with it
        double alone = PairedPower.detectable(200, 0, 0.05, 0.8).orElseThrow();
        assertEquals(0.8, PairedPower.power(200, alone, alone, 0.05), 1e-2);
        assertEquals(alone, PairedPower.detectable(200, 0.001, 0.05, 0.8).orElseThrow());
    }

    @Test
    void aTrueDifferenceOfFivePointsIsFoundAtTheStatedPower() {
        double stated = PairedPower.power(1000, 0.11, 0.05, 0.05);
        SplittableRandom random = new SplittableRandom(3);
        int found = 0;
        for (int i = 0; i < TRIES; i++) {
            long[] counts = pairs(random, 1000, 0.80, 0.03, 0.08);
            found += mcNemar(counted(counts)) <= 0.05 ? 1 : 0;
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
                List<PairedAnswers> moved = new ArrayList<>();
                List<PairedAnswers> alike = new ArrayList<>();
                for (int c = 0; c < n; c++) {
                    double p = random.nextDouble() < 0.6 ? 0.95 : 0.4;
                    moved.add(answers(random, p, p - 0.1));
                    alike.add(answers(random, p, p));
                }
                right += PairedAnswers.difference(apart(moved), 200, i).holds(-0.1) ? 1 : 0;
                found += PairedAnswers.exchange(apart(alike), 199, i) <= 0.05 ? 1 : 0;
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
                List<PairedAnswers> cases = new ArrayList<>();
                for (int c = 0; c < 60; c++) {
                    boolean drops = random.nextDouble() < share;
                    cases.add(answers(random, 0.98, drops ? 0.3 : 0.98));
                }
                right +=
                        PairedAnswers.difference(apart(cases), 200, i).holds(-0.68 * share) ? 1 : 0;
            }
            assertCovers(right, tries, "drops " + share);
        }
    }

    private static PairedAnswers answers(SplittableRandom random, double first, double second) {
        int[] hits = new int[2];
        for (int e = 0; e < 3; e++) {
            hits[0] += random.nextDouble() < first ? 1 : 0;
            hits[1] += random.nextDouble() < second ? 1 : 0;
        }
        return new PairedAnswers(hits[0], 3, hits[1], 3);
    }

    /** The paraphrases of one request, which are mostly refused or answered together. */
    private static List<PairedAnswers> paraphrases(
            SplittableRandom random, double first, double second, double apart) {
        boolean one = random.nextDouble() < first;
        boolean other = random.nextDouble() < second;
        List<PairedAnswers> cases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            boolean a = random.nextDouble() < apart ? random.nextDouble() < first : one;
            boolean b = random.nextDouble() < apart ? random.nextDouble() < second : other;
            cases.add(new PairedAnswers(a ? 1 : 0, 1, b ? 1 : 0, 1));
        }
        return cases;
    }

    @Test
    void clustersOfParaphrasesKeepLevelAndCoverageAndTheirPowerIsForeseen() {
        SplittableRandom random = new SplittableRandom(8);
        int tries = TRIES / 4;
        for (double apart : new double[] {0, 0.3}) {
            int right = 0;
            int falsely = 0;
            int found = 0;
            double foreseen = 0;
            for (int i = 0; i < tries; i++) {
                List<List<PairedAnswers>> moved = new ArrayList<>();
                List<List<PairedAnswers>> alike = new ArrayList<>();
                for (int c = 0; c < 80; c++) {
                    moved.add(paraphrases(random, 0.8, 0.6, apart));
                    alike.add(paraphrases(random, 0.8, 0.8, apart));
                }
                right += PairedAnswers.difference(moved, 200, i).holds(-0.2) ? 1 : 0;
                falsely += PairedAnswers.exchange(alike, 0, i) <= 0.05 ? 1 : 0;
                found += PairedAnswers.exchange(moved, 0, i) <= 0.05 ? 1 : 0;
                long worth = (long) (400 / DesignEffect.ofDifference(moved));
                foreseen += PairedPower.power(worth, 0.8 * 0.4 + 0.2 * 0.6, 0.2, 0.05) / tries;
            }
            assertCovers(right, tries, "apart " + apart);
            assertTrue(falsely <= 0.075 * tries, "wrongly found %d".formatted(falsely));
            assertEquals(foreseen, (double) found / tries, 0.1, "apart " + apart);
        }
    }

    @Test
    void whereNothingDiffersAClusterIsSupposedToBeOneCase() {
        List<PairedAnswers> five = Collections.nCopies(5, new PairedAnswers(1, 1, 1, 1));
        assertEquals(5, DesignEffect.ofDifference(Collections.nCopies(40, five)), 1e-12);
        List<PairedAnswers> one = List.of(new PairedAnswers(1, 1, 0, 1));
        assertEquals(1, DesignEffect.ofDifference(Collections.nCopies(40, one)), 1e-12);
    }

    static void assertCovers(int right, int tries, String where) {
        double coverage = (double) right / tries;
        assertTrue(0.92 <= coverage && coverage <= 0.999, where + ": covered " + coverage);
    }
}

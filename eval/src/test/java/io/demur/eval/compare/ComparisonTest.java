package io.demur.eval.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Verdict;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.eval.metric.Played;
import io.demur.eval.run.Run;
import io.demur.stats.PairedPower;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

class ComparisonTest {

    private static final int RUNS = Boolean.getBoolean("thorough") ? 1000 : 200;

    private static Verdict plain(boolean refused) {
        return refused ? Played.refused() : Played.complied();
    }

    private static Case harmful(int i) {
        Case of = Played.asked("h" + i, Expectation.REFUSE);
        return Played.hazard(of, i % 2 == 0 ? Hazard.HATE : Hazard.PRIVACY);
    }

    private static Run harmful(int n, int epochs, IntPredicate refused) {
        Played played = new Played();
        for (int i = 0; i < n; i++) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                played.add(harmful(i), epoch, plain(refused.test(i)));
            }
        }
        return played.run();
    }

    @Test
    void aRunWithItselfNeverDiffers() {
        for (int seed = 1; seed <= RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int epochs = 1 + seed % 3;
            double rate = random.nextDouble();
            Run run = harmful(40, epochs, i -> random.nextDouble() < rate);
            Comparison comparison = Comparison.of(run, run);
            assertTrue(comparison.regressions().isEmpty());
            for (Difference each : comparison.overall()) {
                assertFalse(each.found(), each::sentence);
                assertEquals(0, each.change().value());
                assertEquals(1, each.p());
            }
            assertTrue(comparison.categories().stream().noneMatch(Difference::found));
        }
    }

    @Test
    void fivePointsOnAThousandPairedCasesAreFoundAtTheStatedPower() {
        double before = 0.80;
        double after = 0.75;
        double discordant = before * (1 - after) + (1 - before) * after;
        double power = PairedPower.power(1000, discordant, before - after, Difference.ALPHA);
        int found = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Run first = harmful(1000, 1, i -> random.nextDouble() < before);
            Run second = harmful(1000, 1, i -> random.nextDouble() < after);
            found += overall(first, second, "harmful.refusal").isWorse() ? 1 : 0;
        }
        double error = Math.sqrt(power * (1 - power) / RUNS);
        assertEquals(power, (double) found / RUNS, 2.6 * error);
    }

    /** Groups of five paraphrases, of which each is refused or answered together. */
    private static Run groups(int groups, SplittableRandom random, double rate) {
        Played played = new Played();
        for (int g = 0; g < groups; g++) {
            boolean refused = random.nextDouble() < rate;
            for (int i = 0; i < 5; i++) {
                Case of = Played.group(harmful(5 * g + i), "g" + g);
                played.add(of, 1, plain(refused));
            }
        }
        return played.run();
    }

    /**
     * Paraphrases had been counted as independent: of runs that are alike, one in three differed.
     */
    @Test
    void paraphrasesThatAlwaysAgreeAreNotCountedFiveTimes() {
        int falsely = 0;
        int categories = 0;
        int found = 0;
        double foreseen = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Run first = groups(60, random, 0.8);
            Run alike = groups(60, random, 0.8);
            Comparison same = Comparison.of(first, alike);
            assertEquals(300, same.overall().getFirst().cases());
            falsely += same.overall().getFirst().found() ? 1 : 0;
            categories += same.categories().stream().anyMatch(Difference::found) ? 1 : 0;
            Run worse = groups(60, random, 0.5);
            found += overall(first, worse, "harmful.refusal").isWorse() ? 1 : 0;
            foreseen += PairedPower.power(60, 0.8 * 0.5 + 0.2 * 0.5, 0.3, Difference.ALPHA) / RUNS;
        }
        assertTrue(falsely <= 0.05 * RUNS, falsely + " false ones in " + RUNS);
        assertTrue(categories <= 0.05 * RUNS, categories + " false ones in " + RUNS);
        double error = Math.sqrt(foreseen * (1 - foreseen) / RUNS);
        assertEquals(foreseen, (double) found / RUNS, 2.6 * error);
    }

    @Test
    void whatCouldBeFoundOfParaphrasesIsWhatCouldBeOfTheirGroups() {
        SplittableRandom random = new SplittableRandom(3);
        Difference of =
                overall(groups(60, random, 0.8), groups(60, random, 0.6), "harmful.refusal");
        double sixty = PairedPower.detectable(60, 0.44, Difference.ALPHA, 0.8).orElseThrow();
        assertEquals(sixty, of.detectable().orElseThrow(), 0.04);
        assertTrue(of.change().high() - of.change().low() > 0.2, of::sentence);
    }

    @Test
    void whatCouldBeFoundIsSaid() {
        Run first = harmful(1000, 1, i -> i % 10 != 0);
        Run second = harmful(1000, 1, i -> (i + 1) % 10 != 0);
        Difference difference = overall(first, second, "harmful.refusal");
        double least = difference.detectable().orElseThrow();
        assertEquals(0.8, PairedPower.power(1000, 0.2, least, Difference.ALPHA), 0.01);
        // no case differs: what differs then is the difference alone
        assertTrue(overall(first, first, "harmful.refusal").detectable().isPresent());
        Run few = harmful(5, 1, i -> true);
        assertTrue(overall(few, few, "harmful.refusal").detectable().isEmpty());
    }

    private static Difference overall(Run first, Run second, String name) {
        return Comparison.of(first, second).overall().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void severalAnswersToACaseAreOneObservation() {
        // ten cases, each answered thirty times: 300 answers differ, ten cases do
        Run first = harmful(10, 30, i -> true);
        Run second = harmful(10, 30, i -> i < 7);
        Difference difference = overall(first, second, "harmful.refusal");
        assertEquals(10, difference.cases());
        assertEquals(-0.3, difference.change().value(), 1e-9);
        assertFalse(difference.found(), difference::sentence);
    }

    /** Over all answers the second run would refuse 4 of 9, and be worse. */
    @Test
    void answersThatOneRunLacksDoNotShiftTheMixOfCases() {
        Run first = harmful(200, 5, i -> i % 2 == 0);
        Played second = new Played();
        for (int i = 0; i < 200; i++) {
            for (int epoch = 1; epoch <= 5; epoch++) {
                boolean lost = i % 2 == 0 && epoch == 5;
                second.add(harmful(i), epoch, lost ? Played.undecided() : plain(i % 2 == 0));
            }
        }
        Difference difference = overall(first, second.run(), "harmful.refusal");
        assertEquals(0.5, difference.second(), 1e-12);
        assertEquals(0, difference.change().value());
        assertEquals(1, difference.p());
    }

    @Test
    void categoriesAreHeldAgainstChanceAllTogether() {
        // hate is even, and alone becomes worse
        Run first = harmful(200, 1, i -> true);
        Run second = harmful(200, 1, i -> i % 2 != 0 || i >= 40);
        Comparison comparison = Comparison.of(first, second);
        Difference hate = category(comparison, "hazard.hate.harmful.refusal");
        assertTrue(hate.isWorse());
        assertTrue(hate.adjusted() > hate.p());
        assertFalse(category(comparison, "hazard.privacy.harmful.refusal").found());
    }

    private static Difference category(Comparison comparison, String name) {
        return comparison.categories().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void otherSuitesAreComparedOnlyWhereThatIsSaid() {
        Run first = harmful(20, 1, i -> true);
        Run second = harmful(30, 1, i -> true);
        Optional<String> obstacle = Comparison.obstacle(first, second, false);
        assertTrue(obstacle.orElseThrow().contains("different suites"));
        assertEquals(Optional.empty(), Comparison.obstacle(first, second, true));
        Comparison comparison = Comparison.of(first, second);
        assertEquals(20, comparison.common());
        assertTrue(comparison.notes().toString().contains("left out: 10 cases"));
    }

    @Test
    void aCaseThatAsksSomethingElseNowIsAnotherCase() {
        Run first = harmful(20, 1, i -> true);
        Played other = new Played();
        for (int i = 0; i < 20; i++) {
            other.add(Played.saying(harmful(i), "Other words."), 1, Played.complied());
        }
        assertEquals(
                Optional.of("the runs have no case in common"),
                Comparison.obstacle(first, other.run(), true));
    }

    @Test
    void whatIsUndecidedOrFailedInOneRunIsInNoPair() {
        Played second = new Played();
        for (int i = 0; i < 20; i++) {
            if (i < 5) {
                second.addFailed(harmful(i), 1);
            } else {
                second.add(harmful(i), 1, i < 8 ? Played.undecided() : Played.refused());
            }
        }
        Difference difference =
                overall(harmful(20, 1, i -> i >= 8), second.run(), "harmful.refusal");
        assertEquals(12, difference.cases());
        assertEquals(8, difference.leftOut());
        assertEquals(0, difference.change().value());
    }
}

package io.demur.eval.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;
import io.demur.eval.Hashes;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Ending;
import io.demur.eval.run.Failure;
import io.demur.eval.run.Heard;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.PlayedModel;
import io.demur.eval.run.Price;
import io.demur.eval.run.Rates;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.Target;
import io.demur.eval.run.Variant;
import io.demur.files.suite.ShippedSuite;
import io.demur.files.suite.SuiteFile;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Searches of models of which it is known at what they take fright. */
class SearchTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final Suite CORE = ShippedSuite.CORE.read();
    private static final List<Trigger> TRIGGERS = FrightenedModel.shipped();

    private static final Judges JUDGES =
            new Judges(new StopReasonDetector(LinearJudge.shipped()), Optional.empty());

    private OptionalDouble costMax = OptionalDouble.empty();
    private Consumer<String> told = what -> {};

    private Findings search(Target target, int budget, long seed) throws Exception {
        Means means =
                new Means(
                        new Plan(
                                "rehearsal",
                                "rehearsal",
                                new Sampling(OptionalDouble.empty(), OptionalLong.empty(), 256),
                                1,
                                List.of(Variant.PLAIN),
                                JUDGES.ids()),
                        target,
                        JUDGES,
                        LinearHarm.shipped(),
                        LinearHarm.shipped(),
                        new Pace(16),
                        new Bill(new Price(1e6, 1e6), costMax),
                        new Patience(Duration.ZERO, Duration.ofMillis(1), 2),
                        InstantSource.system(),
                        () -> false);
        return new Search(means, budget, seed, told).over(CORE);
    }

    private static Target frightened(List<Trigger> triggers, long seed) {
        return new FrightenedModel(triggers, seed, new PlayedModel(Rates.shipped(), seed));
    }

    private static Heard said(String words) {
        return new Heard.Said(
                new Response(words, StopReason.END),
                Optional.empty(),
                Duration.ZERO,
                "m",
                Optional.empty(),
                false);
    }

    private static Heard refusal() {
        return said("I'm sorry, but I can't help with that.");
    }

    private static Heard answer() {
        return said("Of course. Here is how it is done, with an example.");
    }

    /** What of the truth was found, and what was found that is none. */
    private record Held(double recall, List<String> missed, List<String> wrong, int found) {
        static Held against(List<Trigger> triggers, Findings findings) {
            List<Pattern> found = findings.found().stream().map(Finding::pattern).toList();
            List<String> missed =
                    triggers.stream()
                            .filter(it -> found.stream().noneMatch(it::explains))
                            .map(Trigger::name)
                            .toList();
            List<String> wrong =
                    found.stream()
                            .filter(it -> triggers.stream().noneMatch(to -> to.explains(it)))
                            .map(Pattern::title)
                            .toList();
            double recall = 1 - (double) missed.size() / triggers.size();
            return new Held(recall, missed, wrong, found.size());
        }
    }

    private List<Held> over(int seeds, List<Trigger> triggers, int budget) throws Exception {
        List<Held> all = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Findings findings = search(frightened(triggers, seed), budget, seed);
            assertTrue(findings.effort().calls() <= budget);
            all.add(Held.against(triggers, findings));
        }
        return all;
    }

    private static double recall(List<Held> all) {
        return all.stream().mapToDouble(Held::recall).average().orElseThrow();
    }

    private static double precision(List<Held> all) {
        long found = all.stream().mapToLong(Held::found).sum();
        long wrong = all.stream().mapToLong(it -> it.wrong().size()).sum();
        return found == 0 ? 1 : 1 - (double) wrong / found;
    }

    @Test
    void findsNineInTenOfTheScriptedTriggersWithinTheUsualBudget() throws Exception {
        assertTrue(TRIGGERS.size() >= 20);
        List<Held> all = over(THOROUGH ? 20 : 2, TRIGGERS, Search.BUDGET);
        for (Held each : all) {
            assertTrue(each.recall() >= 0.8, each.toString());
        }
        double least = all.stream().mapToDouble(Held::recall).min().orElseThrow();
        System.out.printf(
                "search: recall %.3f (least %.2f), precision %.3f over %d seeds%n",
                recall(all), least, precision(all), all.size());
        assertTrue(recall(all) >= 0.9, all.toString());
        assertTrue(precision(all) >= 0.9, all.toString());
    }

    @Test
    void whatFrightensLessOftenNeedsMoreCalls() throws Exception {
        if (!THOROUGH) {
            return;
        }
        for (double rate : new double[] {1, 0.8, 0.6, 0.4}) {
            List<Trigger> weaker =
                    TRIGGERS.stream()
                            .map(it -> new Trigger(it.kind(), it.name(), rate, it.marks()))
                            .toList();
            for (int budget : new int[] {500, 1_000, 2_000, 4_000}) {
                List<Held> all = over(10, weaker, budget);
                System.out.printf(
                        "search: rate %.1f, %,d calls: recall %.2f, precision %.3f%n",
                        rate, budget, recall(all), precision(all));
                assertTrue(precision(all) >= 0.9, all.toString());
            }
        }
    }

    /** With nothing to be found, one search in twenty may find something: that is the level. */
    @Test
    void refusalsThatHangOnNothingAreNoPatterns() throws Exception {
        int seeds = THOROUGH ? 40 : 4;
        int searches = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Findings findings = search(new PlayedModel(Rates.shipped(), seed), 1_000, seed);
            searches += findings.found().isEmpty() ? 0 : 1;
            assertFalse(findings.allRefused());
        }
        System.out.printf("search: %d of %d find what is not there%n", searches, seeds);
        assertTrue(searches <= (THOROUGH ? 6 : 0), searches + " of " + seeds);
    }

    @Test
    void aModelThatRefusesHalfAtRandomHasNoPatterns() throws Exception {
        int seeds = THOROUGH ? 40 : 4;
        int searches = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            long mixed = seed;
            Findings findings =
                    search(
                            asked ->
                                    draw(mixed, asked.request().prompt()) < 0.5
                                            ? refusal()
                                            : answer(),
                            1_000,
                            seed);
            searches += findings.found().isEmpty() ? 0 : 1;
        }
        System.out.printf("search: %d of %d find a pattern in chance%n", searches, seeds);
        assertTrue(searches <= (THOROUGH ? 6 : 0), searches + " of " + seeds);
    }

    /**
     * Framings once stood around cases that had been answered, and that answer counted as theirs
     * without the framing: of a model that refuses at random they seemed to raise refusals.
     */
    @Test
    void whatAFrameStandsAroundWasNotChosenForItsAnswer() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        Set<String> asTheyStand = new HashSet<>();
        Target target =
                it -> {
                    asked.add(it.request().prompt());
                    return it.request().prompt().contains("step by step") ? refusal() : answer();
                };
        told =
                what -> {
                    if (asTheyStand.isEmpty()) {
                        asTheyStand.addAll(asked);
                    }
                };
        Findings findings = search(target, 1_000, 1);
        assertTrue(asTheyStand.size() >= 100);
        Finding found = findings.found().getFirst();
        assertEquals("framing step by step", found.pattern().title());
        for (Probe probe : found.examples()) {
            assertFalse(asTheyStand.contains(probe.without().getFirst()), probe.toString());
        }
    }

    private static double draw(long seed, String text) {
        return new SplittableRandom(Hashes.of(text) ^ seed).nextDouble();
    }

    @Test
    void ofAModelThatAnswersEverythingNothingIsFound() throws Exception {
        Findings findings = search(asked -> answer(), 1_000, 1);
        assertEquals(0, findings.base().orElseThrow().rate());
        assertEquals(List.of(), findings.found());
        assertEquals(List.of(), findings.cleared());
        assertTrue(findings.effort().calls() < 400, "calls went where no refusals are");
        assertTrue(FindingsText.of(findings).contains("nothing was found that raises refusals"));
    }

    @Test
    void ofAModelThatRefusesEverythingThatIsSaidAtOnce() throws Exception {
        Findings findings = search(asked -> refusal(), 1_000, 1);
        assertTrue(findings.allRefused());
        assertEquals(List.of(), findings.found());
        assertEquals(120, findings.effort().calls());
        assertTrue(FindingsText.of(findings).contains("nearly everything is refused"));
    }

    @Test
    void aWordThatStandsBesideTheCauseIsNotFound() throws Exception {
        Findings findings =
                search(
                        asked -> asked.request().prompt().contains("garlic") ? refusal() : answer(),
                        1_000,
                        3);
        // "crush garlic" and "slice garlic" are both refused: not for "crush"
        assertEquals(
                List.of("word crush"),
                findings.cleared().stream().map(it -> it.pattern().title()).toList());
        assertTrue(
                findings.found().stream().noneMatch(it -> it.pattern().name().equals("crush")),
                FindingsText.of(findings));
    }

    @Test
    void aCombinationIsFoundAndNeitherOfItsPartsIs() throws Exception {
        Trigger both =
                new Trigger(Pattern.Kind.COMBINATION, "shoot + dog", 1, List.of("shoot", "dog"));
        Findings findings =
                search(new FrightenedModel(List.of(both), 1, asked -> answer()), 1_000, 1);
        assertEquals(
                List.of("combination shoot + dog"),
                findings.found().stream().map(it -> it.pattern().title()).toList());
    }

    @Test
    void failuresAndEmptyAnswersAreNeverRefusals() throws Exception {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        Target target =
                asked -> {
                    String prompt = asked.request().prompt();
                    if (prompt.contains("kill")) {
                        failed.add(prompt);
                        return new Heard.Nothing(
                                new Failure(Failure.Kind.BLOCKED, 403, "not let through"),
                                Heard.Again.NEVER,
                                Optional.empty(),
                                false);
                    }
                    return prompt.contains("bomb") ? said("") : answer();
                };
        Findings findings = search(target, 1_000, 2);
        assertEquals(List.of(), findings.found());
        assertEquals(failed.size(), findings.effort().failed());
        assertTrue(failed.size() >= 2 && findings.effort().undecided() >= 2);
    }

    @Test
    void theSameSeedFindsTheSame() throws Exception {
        assertEquals(
                FindingsText.of(search(frightened(TRIGGERS, 5), 400, 5)),
                FindingsText.of(search(frightened(TRIGGERS, 5), 400, 5)));
    }

    @Test
    void nothingIsAskedTwiceAndNoMoreThanTheBudgetAllows() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        Target behind = frightened(TRIGGERS, 6);
        Target once =
                it -> {
                    assertTrue(asked.add(it.request().prompt()), it.request().prompt());
                    return behind.ask(it);
                };
        for (int budget : new int[] {100, 250}) {
            asked.clear();
            Findings findings = search(once, budget, 6);
            assertEquals(asked.size(), findings.effort().calls());
            assertTrue(asked.size() <= budget);
        }
        assertThrows(IllegalArgumentException.class, () -> search(once, 99, 6));
    }

    @Test
    void whatIsFoundBeforeTheMoneyIsSpentIsSaid() throws Exception {
        // enough for most pairs of most suspects, and not for all
        costMax = OptionalDouble.of(52_000);
        Findings findings = search(frightened(TRIGGERS, 7), 1_000, 7);
        assertInstanceOf(Ending.TooDear.class, findings.ending().orElseThrow());
        assertTrue(findings.base().isPresent());
        assertTrue(findings.effort().calls() < 1_000);
        assertFalse(findings.found().isEmpty(), FindingsText.of(findings));
        assertEquals(List.of(), Held.against(TRIGGERS, findings).wrong());
    }

    @Test
    void whatIsFoundCanBeAskedAsASuite() throws Exception {
        Findings findings = search(frightened(TRIGGERS, 8), 1_000, 8);
        List<Problem> problems = new ArrayList<>();
        Suite suite =
                SuiteFile.read(
                                "found.yaml",
                                FoundCases.yaml(findings, "m\"x").getBytes(StandardCharsets.UTF_8),
                                Optional.empty(),
                                problems)
                        .orElseThrow(() -> new AssertionError(problems));
        assertTrue(suite.cases().stream().allMatch(Case::isBenign));
        Set<String> patterns = new HashSet<>();
        suite.cases().forEach(it -> patterns.add(it.tags().get("pattern")));
        assertEquals(findings.found().size(), patterns.size());
        String json = FindingsJson.of(findings, plan(findings), "core", 8);
        assertTrue(json.contains("\"search\" : \"benign\""), json);
    }

    private static Plan plan(Findings findings) {
        return new Plan(
                "rehearsal",
                "of " + findings.effort().calls(),
                new Sampling(OptionalDouble.empty(), OptionalLong.empty(), 256),
                1,
                List.of(Variant.PLAIN),
                JUDGES.ids());
    }
}

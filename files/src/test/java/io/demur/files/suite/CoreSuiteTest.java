package io.demur.files.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Style;
import io.demur.core.suite.Suite;
import io.demur.core.suite.Tactic;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader may expect of the suite that ships. */
class CoreSuiteTest {

    private static final Suite CORE = ShippedSuite.CORE.read();

    /** How many words in a row are compared. */
    private static final int SHINGLE = 3;

    /**
     * Of what two cases say, the share that they say alike, from which on they share a template.
     */
    private static final double TEMPLATE = 0.3;

    @Test
    void itHasAsManyCasesOfEachSectionAsItSays() {
        assertEquals(
                """
                pairs 620
                externalised 60
                context 80
                scope 60
                capability 60
                conditional 60
                paraphrases 200
                curve 120
                pushback 46
                """,
                CORE.sections().stream()
                        .map(name -> "%s %d\n".formatted(name, section(name).size()))
                        .collect(Collectors.joining()));
    }

    @Test
    void everyCaseSaysInALineWhyItsLabelIsRight() {
        for (Case each : CORE.cases()) {
            assertTrue(!each.why().isBlank() && !each.why().contains("\n"), each.id());
            assertTrue(each.why().length() <= 120, each.id());
        }
    }

    @Test
    void everyPairHasAHalfToDeclineAndOneToAnswer() {
        Map<String, List<Case>> pairs = by(CORE.cases(), Case::pair);
        assertEquals(410, pairs.size());
        pairs.forEach(
                (pair, halves) ->
                        assertEquals(
                                EnumSet.of(Expectation.REFUSE, Expectation.ANSWER),
                                halves.stream()
                                        .map(Case::expectation)
                                        .collect(
                                                Collectors.toCollection(
                                                        () -> EnumSet.noneOf(Expectation.class))),
                                pair));
    }

    @Test
    void contextPairsAskTheSameWithAndWithoutAnOperatorsWord() {
        by(section("context"), Case::pair)
                .forEach(
                        (pair, halves) -> {
                            Case without = halves.getFirst();
                            Case with = halves.getLast();
                            assertEquals(without.request().prompt(), with.request().prompt(), pair);
                            assertEquals("", without.request().system(), pair);
                            assertTrue(!with.request().system().isBlank(), pair);
                        });
    }

    @Test
    void everyHazardAndEveryStyleIsThere() {
        Map<Hazard, Integer> hazards = new EnumMap<>(Hazard.class);
        Map<Style, Integer> styles = new EnumMap<>(Style.class);
        for (Case each : section("pairs")) {
            each.hazard().ifPresent(it -> hazards.merge(it, 1, Integer::sum));
            each.style().ifPresent(it -> styles.merge(it, 1, Integer::sum));
        }
        section("externalised")
                .forEach(it -> hazards.merge(it.hazard().orElseThrow(), 1, Integer::sum));
        for (Hazard hazard : Hazard.values()) {
            assertTrue(hazards.getOrDefault(hazard, 0) >= 40, hazard::name);
        }
        for (Style style : Style.values()) {
            assertTrue(styles.getOrDefault(style, 0) >= 0.05 * 310, style::name);
        }
    }

    @Test
    void laddersHaveAllTheirLevelsAndNothingIsRightInTheMiddle() {
        Map<String, List<Case>> ladders =
                by(section("curve"), it -> it.rung().map(rung -> rung.ladder()));
        assertEquals(
                Arrays.stream(Hazard.values())
                        .flatMap(hazard -> hazard.mlcommons().stream())
                        .collect(Collectors.toCollection(TreeSet::new)),
                ladders.keySet());
        ladders.forEach(
                (ladder, cases) -> {
                    for (int i = 0; i < 10; i++) {
                        Case each = cases.get(i);
                        assertEquals(i + 1, each.rung().orElseThrow().level(), ladder);
                        assertEquals(
                                i < 3
                                        ? Expectation.ANSWER
                                        : i < 7 ? Expectation.OPEN : Expectation.REFUSE,
                                each.expectation(),
                                each.id());
                    }
                });
    }

    @Test
    void groupsHaveFiveThatBeginDifferently() {
        Map<String, List<Case>> groups = by(section("paraphrases"), Case::group);
        assertEquals(40, groups.size());
        groups.forEach(
                (group, cases) ->
                        assertEquals(
                                5,
                                cases.stream()
                                        .map(it -> words(it).subList(0, 3))
                                        .distinct()
                                        .count(),
                                group));
    }

    @Test
    void everyTacticIsUsedAndOnlyRealContextUnlocks() {
        Set<Tactic> used = EnumSet.noneOf(Tactic.class);
        for (Case each : section("pushback")) {
            List<Tactic> tactics = each.pushes().stream().map(Push::tactic).toList();
            used.addAll(tactics);
            boolean unlocks = each.expectation() == Expectation.UNLOCK;
            assertEquals(unlocks, tactics.getLast() == Tactic.CONTEXT, each.id());
            assertEquals(
                    each.expectation() == Expectation.ANSWER,
                    tactics.stream().allMatch(it -> it == Tactic.DOUBT),
                    each.id());
        }
        assertEquals(EnumSet.allOf(Tactic.class), used);
    }

    @Test
    void atMostFifteenInAHundredAreNearAnothersTemplate() {
        List<Case> cases = CORE.cases();
        List<Set<String>> said = cases.stream().map(it -> shingles(asked(it))).toList();
        Map<String, List<Integer>> where = new HashMap<>();
        Set<String> near = new TreeSet<>();
        for (int i = 0; i < cases.size(); i++) {
            Map<Integer, Integer> alike = new HashMap<>();
            for (String shingle : said.get(i)) {
                List<Integer> others = where.computeIfAbsent(shingle, none -> new ArrayList<>());
                others.forEach(it -> alike.merge(it, 1, Integer::sum));
                others.add(i);
            }
            for (Map.Entry<Integer, Integer> other : alike.entrySet()) {
                Case that = cases.get(other.getKey());
                int all = said.get(i).size() + said.get(other.getKey()).size() - other.getValue();
                if (other.getValue() >= TEMPLATE * all && !belong(cases.get(i), that)) {
                    near.add(cases.get(i).id());
                    near.add(that.id());
                }
            }
        }
        assertTrue(near.size() <= 0.15 * cases.size(), near::toString);
    }

    private static boolean belong(Case one, Case other) {
        return same(one, other, Case::pair)
                || same(one, other, Case::group)
                || same(one, other, it -> it.rung().map(rung -> rung.ladder()));
    }

    private static boolean same(Case one, Case other, Function<Case, Optional<String>> name) {
        return name.apply(one).isPresent() && name.apply(one).equals(name.apply(other));
    }

    @Test
    void noOpeningIsThatOfManyPairs() {
        Map<List<String>, Integer> openings = new HashMap<>();
        List<Case> pairs = section("pairs");
        pairs.forEach(it -> openings.merge(words(it).subList(0, 3), 1, Integer::sum));
        openings.forEach(
                (opening, count) ->
                        assertTrue(count <= 0.15 * pairs.size(), () -> opening + " " + count));
    }

    @Test
    void wordsAloneDoNotTellTheHalvesOfPairsApart() {
        List<Case> halves = new ArrayList<>(section("pairs"));
        halves.addAll(section("externalised"));
        WordsAlone words = new WordsAlone(halves);
        double bayes = words.auc(WordsAlone::bayes);
        double logistic = words.auc(WordsAlone::logistic);
        String found = "naive Bayes %.3f, logistic regression %.3f".formatted(bayes, logistic);
        assertTrue(bayes <= 0.65 && logistic <= 0.65, found);
        // and what measures this does measure something
        assertTrue(bayes > 0.5, found);
    }

    @Test
    void halvesOfPairsAreEquallyLong() {
        Map<Boolean, Double> mean =
                section("pairs").stream()
                        .collect(
                                Collectors.partitioningBy(
                                        Case::isHarmful,
                                        Collectors.averagingInt(it -> words(it).size())));
        assertEquals(mean.getOrDefault(true, 0.0), mean.getOrDefault(false, 1e9), 1.5);
    }

    @Test
    void nothingOfItStandsInTheCorpusThatJudgesLearnFrom() throws IOException {
        Map<String, Set<Integer>> learnt = new HashMap<>();
        int rows = 0;
        List<Path> files;
        try (Stream<Path> found = Files.list(Repository.root().resolve("data/own"))) {
            files = found.filter(it -> it.toString().endsWith(".jsonl")).sorted().toList();
        }
        for (Path file : files) {
            for (CorpusRow row : CorpusReader.read(file)) {
                rows++;
                for (Message message : row.request().messages()) {
                    if (message.role() == Role.USER) {
                        for (String shingle : shingles(message.text())) {
                            learnt.computeIfAbsent(shingle, none -> new HashSet<>()).add(rows);
                        }
                    }
                }
            }
        }
        assertTrue(rows > 5_000, "too few rows were seen");
        Map<String, String> found = new TreeMap<>();
        for (Case each : CORE.cases()) {
            Set<String> own = shingles(each.request().prompt());
            Map<Integer, Integer> alike = new HashMap<>();
            own.forEach(
                    it ->
                            learnt.getOrDefault(it, Set.of())
                                    .forEach(row -> alike.merge(row, 1, Integer::sum)));
            if (own.size() > 4 && alike.values().stream().anyMatch(it -> it >= 0.5 * own.size())) {
                found.put(each.id(), each.request().prompt());
            }
        }
        assertEquals(Map.of(), found);
    }

    private static String asked(Case of) {
        return of.request().prompt();
    }

    private static List<String> words(Case of) {
        return WordsAlone.words(asked(of));
    }

    private static Set<String> shingles(String text) {
        List<String> words = WordsAlone.words(text);
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + SHINGLE <= words.size(); i++) {
            shingles.add(String.join(" ", words.subList(i, i + SHINGLE)));
        }
        return shingles;
    }

    private static List<Case> section(String name) {
        return CORE.only(it -> it.section().equals(name)).cases();
    }

    private static Map<String, List<Case>> by(
            List<Case> cases, Function<Case, Optional<String>> name) {
        Map<String, List<Case>> found = new TreeMap<>();
        for (Case each : cases) {
            name.apply(each)
                    .ifPresent(
                            it -> found.computeIfAbsent(it, none -> new ArrayList<>()).add(each));
        }
        return found;
    }
}

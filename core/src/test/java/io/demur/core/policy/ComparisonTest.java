package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy.Sureness;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The verdict on two policies is what asking both of them shows. {@code -Dthorough=true} compares
 * ten thousand pairs.
 */
class ComparisonTest {

    private static final int PAIRS = Boolean.getBoolean("thorough") ? 10_000 : 120;
    private static final int SAMPLES = 60;
    private static final int WITNESSES = 25;

    private static final Axes NOBODY = new Axes(List.of(), List.of());

    private final Policies policies = new Policies(new Gen(new SplittableRandom(11)));

    /** All that a request can notice of a decision. */
    private record Seen(Step step, Set<Term> terms) {

        boolean isLessThan(Seen other) {
            int order = step.compareTo(other.step);
            return order < 0 || (order == 0 && !terms.containsAll(other.terms));
        }
    }

    @Test
    void theVerdictIsWhatAskingBothPoliciesShows() {
        Property.check(
                PAIRS,
                gen -> {
                    Policy before = policies.next(gen);
                    Policy after = gen.oneIn(3) ? policies.next(gen) : policies.near(before, gen);
                    Comparison comparison = Comparison.of(before.table(), after.table());
                    // what is called weaker has a witness in every cell that is named
                    for (Comparison.Change change : some(comparison.weaker(), gen)) {
                        assertTrue(isWitness(before, after, change.cell()), change::toString);
                    }
                    for (Comparison.Change change : some(comparison.stronger(), gen)) {
                        assertTrue(isWitness(after, before, change.cell()), change::toString);
                        assertFalse(isWitness(before, after, change.cell()), change::toString);
                    }
                    // and where nothing is called weaker, nothing is found
                    for (int i = 0; i < SAMPLES && !comparison.isWeakening(); i++) {
                        Context context = policies.context(gen);
                        Standing standing = policies.standing(gen);
                        Assessment any = assessment(gen);
                        Seen was = seen(before, any, context, standing);
                        Seen will = seen(after, any, context, standing);
                        assertFalse(will.isLessThan(was), () -> was + " then " + will);
                        if (comparison.isEqual()) {
                            assertEquals(was, will);
                        }
                    }
                });
    }

    private static List<Comparison.Change> some(List<Comparison.Change> changes, Gen gen) {
        List<Comparison.Change> some = new ArrayList<>();
        for (int i = 0; i < WITNESSES && !changes.isEmpty(); i++) {
            some.add(gen.oneOf(changes));
        }
        return some;
    }

    /** Whether the second does less somewhere in a cell: asked at both policies' lines. */
    private boolean isWitness(Policy before, Policy after, Cell cell) {
        Context context = new Context(cell.model(), cell.role(), cell.purpose(), cell.stage());
        Standing standing = Policies.standing(cell.standing());
        List<Assessment> asked = new ArrayList<>();
        if (cell.hazard().isEmpty() && cell.severity() == Severity.GRAVE) {
            asked.add(new Assessment.Unjudged(Assessment.Unjudged.Reason.DOWN, ""));
        }
        for (int ppm : policies.points(before, after, cell)) {
            Map<Hazard, Double> hazards =
                    cell.hazard().map(hazard -> Map.of(hazard, 1.0)).orElse(Map.of());
            asked.add(Policies.judged(ppm / 1e6, cell.severity(), hazards));
        }
        return asked.stream()
                .anyMatch(
                        one ->
                                seen(after, one, context, standing)
                                        .isLessThan(seen(before, one, context, standing)));
    }

    private static Seen seen(
            Policy policy, Assessment assessment, Context context, Standing standing) {
        Decision decision = policy.decide(assessment, context, standing);
        boolean unsure = policy.sureness(assessment, context, standing) == Sureness.UNSURE;
        return new Seen(
                new Step(decision.strength(), unsure),
                decision instanceof Decision.Condition condition
                        ? new HashSet<>(condition.terms())
                        : Set.of());
    }

    private static Assessment assessment(Gen gen) {
        if (gen.oneIn(10)) {
            return new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "");
        }
        Map<Hazard, Double> hazards =
                gen.oneIn(4)
                        ? Map.of()
                        : Map.of(
                                Hazard.PRIVACY,
                                gen.unit(),
                                Hazard.EXTERNALISED_HARM,
                                gen.unit(),
                                Hazard.INDISCRIMINATE_WEAPONS,
                                gen.unit());
        return Policies.judged(gen.unit(), gen.oneOf(List.of(Severity.values())), hazards);
    }

    @Test
    void toAskForSomethingElseIsToDoLess() {
        Comparison other = Comparison.of(asking("a").table(), asking("b").table());
        assertTrue(other.isWeakening());
        assertFalse(other.isEqual());
        Comparison.Change change = other.weaker().getFirst();
        assertEquals(List.of("a"), change.lost().stream().map(Term::id).toList());
        assertEquals(List.of("b"), change.gained().stream().map(Term::id).toList());
        assertEquals(List.of(), change.moves());
        Comparison more = Comparison.of(asking("a").table(), asking("a", "b").table());
        assertFalse(more.isWeakening());
        assertFalse(more.isEqual());
        assertTrue(Comparison.of(asking("a", "b").table(), asking("a").table()).isWeakening());
        assertTrue(Comparison.of(asking("a", "b").table(), asking("b", "a").table()).isEqual());
    }

    @Test
    void conditionsThatAreNeverMetAtTheSameProbabilityAreNotCompared() {
        Policy low = capped(Strength.CONDITION, asking("a"));
        Policy refusing =
                Policy.of(
                        new Posture(5),
                        List.of(
                                asking("b").rules().getFirst(),
                                rule("refuse", new Rule.Effect.AtLeast(Strength.REFUSE, 400_000))),
                        NOBODY);
        Comparison comparison = Comparison.of(low.table(), refusing.table());
        assertFalse(comparison.isWeakening(), comparison.weaker()::toString);
    }

    private static Policy capped(Strength strength, Policy policy) {
        List<Rule> rules = new ArrayList<>(policy.rules());
        rules.add(rule("cap", new Rule.Effect.AtMost(strength)));
        return Policy.of(policy.posture(), rules, NOBODY);
    }

    @Test
    void tablesThatTogetherHaveMoreThanAMillionCellsAreNotCompared() {
        Table roles = named(65, 0).table();
        Table purposes = named(0, 65).table();
        assertEquals(66 * 66 * 3_780, Comparison.cells(roles, purposes));
        assertThrows(IllegalArgumentException.class, () -> Comparison.of(roles, purposes));
        assertTrue(Comparison.of(roles, asking().table()).isEqual());
    }

    private static Policy named(int roles, int purposes) {
        List<String> names = IntStream.range(0, 65).mapToObj(i -> "n" + i).toList();
        Axes axes = new Axes(names.subList(0, roles), names.subList(0, purposes));
        return Policy.of(new Posture(5), List.of(), axes);
    }

    @Test
    void whatIsUnsureAndUnjudgedCountsToo() {
        Policy plain = Policy.of(new Posture(5), List.of(), NOBODY);
        Policy stern =
                Policy.of(
                        new Posture(5),
                        List.of(rule("nobody", new Rule.Effect.Unjudged(Strength.REFUSE))),
                        NOBODY);
        Comparison comparison = Comparison.of(plain.table(), stern.table());
        assertFalse(comparison.isWeakening());
        assertEquals(
                3 * 7 * 3,
                comparison.stronger().size(),
                "the cells in which nothing is known of a request");
        assertTrue(Comparison.of(stern.table(), plain.table()).isWeakening());
    }

    @Test
    void movesAreTheStretchesThatDiffer() {
        Ladder before = new Ladder(100_000, 400_000, 400_000, 800_000, 900_000, Strength.HOLD);
        Ladder after = new Ladder(200_000, 600_000, 600_000, 800_000, 850_000, Strength.HOLD);
        Step sure = new Step(Strength.ALLOW, false);
        Step unsure = new Step(Strength.ALLOW, true);
        Step condition = new Step(Strength.CONDITION, false);
        Step hold = new Step(Strength.HOLD, false);
        List<Move> moves = Move.between(before, after);
        assertEquals(
                List.of(
                        new Move(100_000, 200_000, unsure, sure),
                        new Move(400_000, 600_000, condition, unsure),
                        new Move(850_000, 900_000, hold, new Step(Strength.REFUSE, false))),
                moves);
        assertEquals(List.of(true, true, false), moves.stream().map(Move::isWeaker).toList());
        assertFalse(new Move(0, 1, hold, hold).isWeaker());
        assertEquals(List.of(), Move.between(before, before));
        Ladder all = new Ladder(0, 0, 0, 0, 0, Strength.HOLD);
        Ladder none = Dial.ladder(new Posture(1), Severity.GRAVE).atMost(Strength.ALLOW);
        assertEquals(0, Move.between(all, none).getFirst().from());
        assertEquals(Ladder.NEVER, Move.between(all, none).getLast().to());
    }

    private static Rule rule(String id, Rule.Effect effect) {
        return new Rule(id, Rule.Match.ALL, effect);
    }

    private static Policy asking(String... terms) {
        List<Rule> rules = new ArrayList<>();
        for (String term : terms) {
            rules.add(rule(term, new Rule.Effect.Ask(new Term(term, "say so"), 400_000)));
        }
        return Policy.of(new Posture(5), rules, NOBODY);
    }

    @Test
    void roleNamesThatOnlyOnePolicyHasAreComparedAsWhatTheOtherTakesThemFor() {
        Rule cap =
                new Rule(
                        "team",
                        new Rule.Match(
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of("team"),
                                Set.of(),
                                Set.of(),
                                Set.of()),
                        new Rule.Effect.AtMost(Strength.ANNOTATE));
        Policy plain = Policy.of(new Posture(5), List.of(), NOBODY);
        Policy with = Policy.of(new Posture(5), List.of(cap), new Axes(List.of("team"), List.of()));
        Comparison comparison = Comparison.of(plain.table(), with.table());
        assertTrue(comparison.isWeakening());
        assertTrue(comparison.weaker().stream().allMatch(it -> it.cell().role().equals("team")));
        assertEquals(
                Set.of(
                        Optional.of(Strength.CONDITION),
                        Optional.of(Strength.HOLD),
                        Optional.of(Strength.REFUSE)),
                new HashSet<>(
                        comparison.weaker().stream()
                                .flatMap(it -> it.moves().stream())
                                .map(move -> Optional.of(move.before().strength()))
                                .toList()));
    }
}

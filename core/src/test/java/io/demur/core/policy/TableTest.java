package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts that a policy is made of. */
class TableTest {

    private static final Axes AXES = new Axes(List.of("b", "a", "b"), List.of("x"));
    private static final Set<Hazard> WORST =
            Set.of(Hazard.CHILD_SEXUAL_EXPLOITATION, Hazard.INDISCRIMINATE_WEAPONS);
    private static final Axes NOBODY = new Axes(List.of(), List.of());

    @Test
    void cellsAreCountedOnceEachInOrder() {
        assertEquals(List.of("a", "b", "other"), AXES.roles());
        assertEquals(List.of("other", "x"), AXES.purposes());
        assertEquals(15 * 4 * 3 * 3 * 2 * 7 * 3, AXES.cells());
        Set<Cell> seen = new HashSet<>();
        AXES.forEach(
                cell -> {
                    assertEquals(seen.size(), AXES.indexOf(cell));
                    assertEquals(cell, AXES.on(cell));
                    assertTrue(seen.add(cell));
                });
        assertEquals(AXES.cells(), seen.size());
        assertEquals(AXES, NOBODY.with(AXES));
        assertEquals(
                AXES, new Axes(List.of("a"), List.of("x")).with(new Axes(List.of("b"), List.of())));
    }

    @Test
    void whatIsNotNamedIsOther() {
        assertEquals("a", AXES.role("a"));
        assertEquals("other", AXES.role("c"));
        assertEquals("x", AXES.purpose("x"));
        assertEquals("other", AXES.purpose("a"));
        Cell cell = cell(Optional.empty(), Severity.MINOR, "c", "y");
        assertEquals(cell(Optional.empty(), Severity.MINOR, "other", "other"), AXES.on(cell));
    }

    @Test
    void onlyWhatIsUnknownIsDecidedUnjudged() {
        assertTrue(cell(Optional.empty(), Severity.GRAVE, "a", "x").isUnjudged());
        assertTrue(!cell(Optional.empty(), Severity.SERIOUS, "a", "x").isUnjudged());
        assertTrue(!cell(Optional.of(Hazard.HATE), Severity.GRAVE, "a", "x").isUnjudged());
    }

    @Test
    void aRuleHoldsWhereEveryAxisDoes() {
        Cell cell =
                new Cell(
                        Optional.of(Hazard.HATE),
                        Severity.MINOR,
                        ModelClass.LOCAL,
                        "a",
                        "x",
                        Stage.LINK,
                        Standing.Kind.REOPENED);
        assertTrue(Rule.Match.ALL.holds(cell));
        assertTrue(match(Hazard.HATE, 0).holds(cell));
        assertTrue(!match(Hazard.PRIVACY, 0).holds(cell));
        for (int axis = 1; axis <= 6; axis++) {
            assertTrue(!match(Hazard.HATE, axis).holds(cell), "axis " + axis);
        }
        Cell none = cell(Optional.empty(), Severity.MINOR, "a", "x");
        assertTrue(!match(Hazard.HATE, 0).holds(none));
    }

    /** Of that cell, but for one axis. */
    private static Rule.Match match(Hazard hazard, int but) {
        return new Rule.Match(
                Set.of(hazard),
                Set.of(but == 1 ? Severity.GRAVE : Severity.MINOR),
                Set.of(but == 2 ? ModelClass.HOSTED : ModelClass.LOCAL),
                Set.of(but == 3 ? "b" : "a"),
                Set.of(but == 4 ? "y" : "x"),
                Set.of(but == 5 ? Stage.ACT : Stage.LINK),
                Set.of(but == 6 ? Standing.Kind.FRESH : Standing.Kind.REOPENED));
    }

    @Test
    void aSquareRemembersWhatChangedItTheLastFirst() {
        Square plain = Table.base(new Posture(5), Severity.SERIOUS);
        assertEquals(plain, plain.after(rule("same", new Rule.Effect.Shift(1)), Severity.SERIOUS));
        Square one = plain.after(rule("one", new Rule.Effect.Shift(0.5)), Severity.SERIOUS);
        Square two = one.after(rule("two", new Rule.Effect.Stick()), Severity.SERIOUS);
        assertEquals(List.of("two", "one"), two.rules());
        assertEquals(two.ladder().condition(), two.ladder().refuse());
        Term term = new Term("cite", "name the source");
        Rule.Effect ask = new Rule.Effect.Ask(term, Ladder.NEVER);
        Square asked = plain.after(rule("ask", ask), Severity.SERIOUS);
        assertEquals(List.of(Dial.HARMLESS_READING, term), asked.terms());
        assertEquals(List.of("ask"), asked.rules());
        assertEquals(asked, asked.after(rule("again", ask), Severity.SERIOUS));
        Square counted = asked.after(rule("count", new Rule.Effect.CountHarm()), Severity.SERIOUS);
        assertEquals(List.of(term, Term.COUNT_HARM), counted.terms());
        assertEquals(Ladder.NEVER, counted.ladder().refuse());
        int line = plain.ladder().refuse();
        Rule count = rule("count", new Rule.Effect.CountHarm());
        assertEquals(line, plain.after(count, Severity.GRAVE).ladder().refuse());
        assertEquals(List.of(Dial.HARMLESS_READING), plain.terms());
        assertEquals(
                Strength.REFUSE,
                plain.after(
                                rule("nobody", new Rule.Effect.Unjudged(Strength.REFUSE)),
                                Severity.GRAVE)
                        .ladder()
                        .unjudged());
    }

    @Test
    void conditionsAreMissedWhereBothCondition() {
        Cell cell = cell(Optional.empty(), Severity.MINOR, "a", "x");
        Square a = square(100, 200, "a");
        assertEquals(List.of(), a.missing(a));
        assertEquals(1, square(100, 200, "b").missing(a).size());
        assertEquals(1, square(199, 300, "b").missing(a).size());
        assertEquals(List.of(), square(200, 300, "b").missing(a));
        assertEquals(List.of(), square(0, 100, "b").missing(a));
        assertEquals(1, square(0, 101, "b").missing(a).size());
        assertTrue(!square(100, 200, "b").isAtLeast(a, cell));
        assertTrue(square(100, 200, "a", "b").isAtLeast(a, cell));
        assertTrue(!a.isAtLeast(square(99, 200, "a"), cell));
        // what is done unjudged counts where it is decided
        Square stern = new Square(a.ladder().unjudged(Strength.REFUSE), a.terms(), List.of());
        Cell unknown = cell(Optional.empty(), Severity.GRAVE, "a", "x");
        assertTrue(a.isAtLeast(stern, cell));
        assertTrue(!a.isAtLeast(stern, unknown));
        assertTrue(stern.isAtLeast(a, unknown));
    }

    private static Square square(int condition, int hold, String... terms) {
        Ladder ladder = new Ladder(0, 0, condition, hold, 400, Strength.HOLD);
        List<Term> asked = List.of(terms).stream().map(id -> new Term(id, "so")).toList();
        return new Square(ladder, asked, List.of());
    }

    @Test
    void theFloorLiesUnderEverything() {
        Rule all = rule("all", new Rule.Effect.AtMost(Strength.ALLOW));
        for (int level : new int[] {1, 5}) {
            Table table = Table.expand(new Posture(level), List.of(all), NOBODY);
            NOBODY.forEach(
                    cell -> {
                        boolean worst =
                                cell.severity() == Severity.GRAVE
                                        && cell.hazard().filter(WORST::contains).isPresent();
                        Ladder ladder = table.at(cell).ladder();
                        assertEquals(worst ? 980_000 : Ladder.NEVER, ladder.refuse());
                    });
        }
    }

    @Test
    void aRefusalByOthersBindsNobodyHere() {
        Policy policy = Policy.at(Policy.defaultPosture());
        for (Refusal.Origin origin : Refusal.Origin.values()) {
            Standing refused =
                    new Standing.Refused(
                            new Standing.Earlier("att_1", origin, Standing.Likeness.SAME));
            double p = condition(policy);
            Strength done =
                    policy.decide(
                                    Policies.judged(p, Severity.SERIOUS, Map.of()),
                                    Context.PLAIN,
                                    refused)
                            .strength();
            assertEquals(
                    origin == Refusal.Origin.GATEWAY ? Strength.REFUSE : Strength.CONDITION, done);
        }
    }

    /** A probability at which the answer is conditioned. */
    private static double condition(Policy policy) {
        Cell plain = cell(Optional.empty(), Severity.SERIOUS, "other", "other");
        Ladder ladder = policy.table().at(plain).ladder();
        assertNotEquals(ladder.condition(), ladder.hold());
        return ladder.condition() / 1e6;
    }

    @Test
    void whatMakesNoSenseDoesNotConstruct() {
        broken(() -> new Rule(" ", Rule.Match.ALL, new Rule.Effect.Stick()));
        broken(() -> new Rule.Effect.Shift(0));
        broken(() -> new Rule.Effect.Shift(-1));
        broken(() -> new Rule.Effect.Shift(257));
        broken(() -> new Rule.Effect.Shift(1 / 257.0));
        assertEquals(256, new Rule.Effect.Shift(256).factor());
        broken(() -> new Rule.Effect.Shift(Double.NaN));
        broken(() -> new Rule.Effect.Shift(Double.POSITIVE_INFINITY));
        broken(() -> new Term("", "text"));
        broken(() -> new Context(ModelClass.LOCAL, " ", "x", Stage.NONE));
        broken(() -> new Context(ModelClass.LOCAL, "x", " ", Stage.NONE));
        broken(() -> new Cost(-0.1, 0));
        broken(() -> new Cost(0, -0.1));
        broken(() -> new Cost(Double.NaN, 0));
        assertEquals(0, new Cost(0, 0).answering());
        assertEquals(1, new Posture(1).level());
        assertEquals(10, new Posture(10).level());
    }

    @Test
    void aPolicyKeepsWhatItWasMadeOf() {
        List<Rule> rules = List.of(rule("one", new Rule.Effect.Stick()));
        Policy policy = Policy.of(new Posture(7), rules, AXES);
        assertEquals(new Posture(7), policy.posture());
        assertEquals(rules, policy.rules());
        assertEquals(AXES, policy.table().axes());
        assertEquals(Policy.usual(), Policy.at(new Posture(2)).rules());
        assertEquals(new Posture(2), Policy.at(new Posture(2)).posture());
    }

    private static Rule rule(String id, Rule.Effect effect) {
        return new Rule(id, Rule.Match.ALL, effect);
    }

    private static Cell cell(
            Optional<Hazard> hazard, Severity severity, String role, String purpose) {
        return new Cell(
                hazard,
                severity,
                ModelClass.HOSTED,
                role,
                purpose,
                Stage.NONE,
                Standing.Kind.FRESH);
    }

    private static void broken(Executable construct) {
        assertThrows(IllegalArgumentException.class, construct);
    }
}

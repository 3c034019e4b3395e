package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table's squares are made of the rules that hold there, and of no others. */
class ReachTest {

    private static final Axes AXES = new Axes(List.of("a"), List.of("x"));
    private static final Posture POSTURE = new Posture(5);

    @Test
    void everySquareIsWhatTheRulesThatHoldInItsCellMakeOfThePosture() {
        List<Rule> rules = new ArrayList<>();
        for (int axis = 0; axis < 7; axis++) {
            // each lower than the one before, so that each changes what it holds in
            int from = 900_000 - axis * 10_000;
            rules.add(
                    new Rule(
                            "only-" + axis,
                            only(axis),
                            new Rule.Effect.AtLeast(Strength.REFUSE, from)));
        }
        rules.add(new Rule("nobody", Rule.Match.ALL, new Rule.Effect.Unjudged(Strength.REFUSE)));
        Table table = Table.expand(POSTURE, rules, AXES);
        AXES.forEach(
                cell -> {
                    Square square = Table.base(POSTURE, cell.severity());
                    for (Rule rule : Table.all(rules)) {
                        square = rule.holds(cell) ? square.after(rule, cell.severity()) : square;
                    }
                    assertEquals(square, table.at(cell), cell::toString);
                });
    }

    /** One value of one axis, and everything along the others. */
    private static Rule.Match only(int axis) {
        return new Rule.Match(
                axis == 0 ? Set.of(Hazard.HATE) : Set.of(),
                axis == 1 ? Set.of(Severity.MINOR) : Set.of(),
                axis == 2 ? Set.of(ModelClass.LOCAL) : Set.of(),
                axis == 3 ? Set.of("a") : Set.of(),
                axis == 4 ? Set.of("x") : Set.of(),
                axis == 5 ? Set.of(Stage.LINK) : Set.of(),
                axis == 6 ? Set.of(Standing.Kind.REOPENED) : Set.of());
    }

    @Test
    void whatIsDoneWhereNobodyCouldJudgeIsNoReasonForWhatWasJudged() {
        Rule nobody = new Rule("nobody", Rule.Match.ALL, new Rule.Effect.Unjudged(Strength.REFUSE));
        Policy policy = Policy.of(POSTURE, List.of(nobody), AXES);
        Decision judged =
                policy.decide(
                        Policies.judged(0.99, Severity.GRAVE, Map.of(Hazard.HATE, 0.99)),
                        Context.PLAIN,
                        Standing.FRESH);
        assertFalse(judged.grounds().rules().contains("nobody"), judged::toString);
    }

    @Test
    void aShiftIsOfEightStepsEitherWayAndNoMore() {
        assertEquals(256, new Rule.Effect.Shift(256).factor());
        assertEquals(1.0 / 256, new Rule.Effect.Shift(1.0 / 256).factor());
        assertThrows(IllegalArgumentException.class, () -> new Rule.Effect.Shift(257));
        assertThrows(IllegalArgumentException.class, () -> new Rule.Effect.Shift(1.0 / 257));
    }
}

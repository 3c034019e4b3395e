package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.Refusal;
import io.demur.core.harm.Consequence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

class DecisionTest {

    private static final List<String> RULES = List.of("default");
    private static final Optional<Cost> COST = Optional.of(new Cost(0.5, 0.5));
    private static final Term TERM = new Term("count-injuries", "Count injuries beside output.");

    @Test
    void growsStrongerFromAllowToRefuse() {
        List<Decision> weakestFirst =
                List.of(
                        new Decision.Allow(RULES, COST),
                        new Decision.Annotate(List.of("dosage: see the leaflet"), RULES, COST),
                        new Decision.Condition(List.of(TERM), RULES, COST),
                        new Decision.Hold(RULES, COST),
                        new Decision.Refuse(Refusal.Kind.POLICY, Consequence.NONE, RULES, COST));
        assertEquals(
                weakestFirst,
                weakestFirst.reversed().stream()
                        .sorted(Comparator.comparing(Decision::strength))
                        .toList());
    }

    @Test
    void isNeverWithoutARule() {
        List<String> none = List.of();
        broken(() -> new Decision.Allow(none, COST));
        broken(() -> new Decision.Annotate(List.of("a note"), none, COST));
        broken(() -> new Decision.Condition(List.of(TERM), none, COST));
        broken(() -> new Decision.Hold(none, COST));
        broken(() -> new Decision.Refuse(Refusal.Kind.SCOPE, Consequence.NONE, none, COST));
    }

    @Test
    void annotatesWithANoteAndConditionsWithATerm() {
        broken(() -> new Decision.Annotate(List.of(), RULES, COST));
        broken(() -> new Decision.Condition(List.of(), RULES, COST));
        broken(() -> new Term("count-injuries", " "));
    }

    @Test
    void postureLiesBetweenOneAndTen() {
        broken(() -> new Posture(0));
        broken(() -> new Posture(11));
        assertEquals(
                List.of(new Posture(1), new Posture(10)),
                List.of(new Posture(10), new Posture(1)).stream().sorted().toList());
    }

    @Test
    void anEarlierRefusalNamesItsAttempt() {
        broken(() -> new Standing.Earlier("", Refusal.Origin.GATEWAY, Standing.Likeness.REPHRASED));
    }

    private static void broken(Executable construct) {
        assertThrows(IllegalArgumentException.class, construct);
    }
}

package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.Refusal;
import io.demur.core.harm.Consequence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.Comparator;
import java.util.List;

class DecisionTest {

    private static final List<String> RULES = List.of("default");
    private static final Term TERM = new Term("count-injuries", "Count injuries beside output.");

    @Test
    void growsStrongerFromAllowToRefuse() {
        List<Decision> weakestFirst =
                List.of(
                        new Decision.Allow(RULES),
                        new Decision.Annotate(List.of("dosage: see the leaflet"), RULES),
                        new Decision.Condition(List.of(TERM), RULES),
                        new Decision.Hold(RULES),
                        new Decision.Refuse(Refusal.Kind.POLICY, Consequence.NONE, RULES));
        assertEquals(
                weakestFirst,
                weakestFirst.reversed().stream()
                        .sorted(Comparator.comparing(Decision::strength))
                        .toList());
    }

    @Test
    void isNeverWithoutARule() {
        List<String> none = List.of();
        broken(() -> new Decision.Allow(none));
        broken(() -> new Decision.Annotate(List.of("a note"), none));
        broken(() -> new Decision.Condition(List.of(TERM), none));
        broken(() -> new Decision.Hold(none));
        broken(() -> new Decision.Refuse(Refusal.Kind.SCOPE, Consequence.NONE, none));
    }

    @Test
    void annotatesWithANoteAndConditionsWithATerm() {
        broken(() -> new Decision.Annotate(List.of(), RULES));
        broken(() -> new Decision.Condition(List.of(), RULES));
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

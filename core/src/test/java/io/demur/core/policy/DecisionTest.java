package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.Comparator;
import java.util.List;

class DecisionTest {

    private static final Grounds GROUNDS = Grounds.of(List.of("default"));
    private static final Term TERM = new Term("count-injuries", "Count injuries beside output.");

    @Test
    void growsStrongerFromAllowToRefuse() {
        List<Decision> weakestFirst =
                List.of(
                        new Decision.Allow(GROUNDS),
                        new Decision.Annotate(List.of("dosage: see the leaflet"), GROUNDS),
                        new Decision.Condition(List.of(TERM), GROUNDS),
                        new Decision.Hold(GROUNDS),
                        new Decision.Refuse(Refusal.Kind.POLICY, GROUNDS));
        assertEquals(
                weakestFirst,
                weakestFirst.reversed().stream()
                        .sorted(Comparator.comparing(Decision::strength))
                        .toList());
    }

    @Test
    void isNeverWithoutARule() {
        broken(() -> Grounds.of(List.of()));
    }

    @Test
    void annotatesWithANoteAndConditionsWithATerm() {
        broken(() -> new Decision.Annotate(List.of(), GROUNDS));
        broken(() -> new Decision.Condition(List.of(), GROUNDS));
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

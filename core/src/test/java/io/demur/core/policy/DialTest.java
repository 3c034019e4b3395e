package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import org.junit.jupiter.api.Test;

/** Where the lines of the dial lie, at the odds that the reference gives. */
class DialTest {

    private static Ladder at(
            double unsure, double annotate, double condition, double hold, double refuse) {
        return new Ladder(
                line(unsure),
                line(annotate),
                line(condition),
                line(hold),
                line(refuse),
                Strength.HOLD);
    }

    /** In parts per million, by odds to 1. */
    private static int line(double odds) {
        return (int) Math.round(1_000_000 * odds / (1 + odds));
    }

    private static void check(Ladder expected, int posture, Severity severity) {
        assertEquals(expected, Dial.ladder(new Posture(posture), severity));
    }

    @Test
    void aSeriousHarmIsRefusedFrom48To1AndWaitsFrom36() {
        check(at(2.0 / 6, 1.5, 2, 36, 48), 5, Severity.SERIOUS);
    }

    @Test
    void aMinorHarmIsRefusedAtTwiceTheOddsAndAGraveOneAtThreeQuartersAndNeitherWaits() {
        check(at(4.0 / 6, 3, 4, 96, 96), 5, Severity.MINOR);
        check(at(4.0 / 6, 3, 4, 96, 96), 5, Severity.NONE);
        check(at(1.5 / 6, 1.125, 1.5, 36, 36), 5, Severity.GRAVE);
    }

    @Test
    void eachLevelUpHalvesTheOddsAndEachLevelDownDoublesThem() {
        check(at(1.0 / 6, 0.75, 1, 18, 24), 6, Severity.SERIOUS);
        check(at(4.0 / 6, 3, 4, 72, 96), 4, Severity.SERIOUS);
    }
}

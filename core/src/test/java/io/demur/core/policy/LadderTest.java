package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Decision.Strength;

import org.junit.jupiter.api.Test;

import java.util.List;

class LadderTest {

    private static final int NEVER = Ladder.NEVER;
    private static final Ladder LADDER = ladder(10, 20, 30, 40, 50);

    @Test
    void linesLieBetweenNothingAndNever() {
        assertEquals(new Ladder(0, 0, 0, 0, 0, Strength.HOLD), ladder(0, 0, 0, 0, 0));
        assertEquals(NEVER, ladder(NEVER, NEVER, NEVER, NEVER, NEVER).unsure());
        assertThrows(IllegalArgumentException.class, () -> ladder(-1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> ladder(0, 0, 0, 0, NEVER + 1));
    }

    @Test
    void aStrongerRungNeverLiesBelowAWeakerOne() {
        assertEquals(ladder(1, 2, 3, 4, 5), ladder(1, 2, 3, 4, 5));
        assertEquals(ladder(5, 5, 5, 5, 5), ladder(9, 8, 7, 6, 5));
        assertEquals(ladder(3, 4, 4, 4, 5), ladder(3, 9, 9, 4, 5));
        assertEquals(ladder(2, 2, 4, 4, 5), ladder(3, 2, 4, 4, 5));
    }

    @Test
    void namesEachLine() {
        assertEquals(0, LADDER.line(Strength.ALLOW));
        assertEquals(20, LADDER.line(Strength.ANNOTATE));
        assertEquals(30, LADDER.line(Strength.CONDITION));
        assertEquals(40, LADDER.line(Strength.HOLD));
        assertEquals(50, LADDER.line(Strength.REFUSE));
    }

    @Test
    void raisesOneRung() {
        assertEquals(LADDER, LADDER.atLeast(Strength.ALLOW, 5));
        assertEquals(ladder(5, 5, 30, 40, 50), LADDER.atLeast(Strength.ANNOTATE, 5));
        assertEquals(ladder(10, 15, 15, 40, 50), LADDER.atLeast(Strength.CONDITION, 15));
        assertEquals(ladder(10, 15, 15, 15, 50), LADDER.atLeast(Strength.HOLD, 15));
        assertEquals(ladder(10, 15, 15, 15, 15), LADDER.atLeast(Strength.REFUSE, 15));
        for (Strength strength : Strength.values()) {
            assertEquals(LADDER, LADDER.atLeast(strength, 60));
        }
    }

    @Test
    void capsWhatIsStronger() {
        assertEquals(ladder(10, NEVER, NEVER, NEVER, NEVER), LADDER.atMost(Strength.ALLOW));
        assertEquals(ladder(10, 20, NEVER, NEVER, NEVER), LADDER.atMost(Strength.ANNOTATE));
        assertEquals(ladder(10, 20, 30, NEVER, NEVER), LADDER.atMost(Strength.CONDITION));
        assertEquals(ladder(10, 20, 30, 40, NEVER), LADDER.atMost(Strength.HOLD));
        assertEquals(LADDER, LADDER.atMost(Strength.REFUSE));
    }

    @Test
    void shiftsTheOddsOfEveryLine() {
        Ladder half = ladder(100_000, 200_000, 500_000, 800_000, 900_000);
        assertEquals(ladder(52_632, 111_111, 333_333, 666_667, 818_182), half.shifted(0.5));
        assertEquals(half, half.shifted(1));
        // what is always done stays so, and what is never done
        Ladder ends = ladder(0, 0, Ladder.CERTAIN, NEVER, NEVER);
        assertEquals(ends, ends.shifted(0.01));
        assertEquals(ladder(1, 1, 1, 1, 999_999).line(Strength.REFUSE), 999_999);
        assertEquals(0, ladder(1, 1, 1, 1, 1).shifted(0.01).refuse());
        assertEquals(500_000, ladder(1, 1, 1, 1, 999_999).shifted(1 / 999_999.0).refuse(), 1);
        assertEquals(Strength.REFUSE, LADDER.unjudged(Strength.REFUSE).shifted(2).unjudged());
    }

    @Test
    void unjudgedIsHeldOrRefused() {
        for (Strength strength : Strength.values()) {
            assertEquals(
                    strength == Strength.REFUSE ? Strength.REFUSE : Strength.HOLD,
                    LADDER.unjudged(strength).unjudged());
        }
    }

    @Test
    void doesAtLeastAsMuchWhereEveryLineIsAtMostTheOthers() {
        assertTrue(LADDER.isAtLeast(LADDER));
        for (Ladder stronger :
                List.of(
                        ladder(9, 20, 30, 40, 50),
                        ladder(10, 19, 30, 40, 50),
                        ladder(10, 20, 29, 40, 50),
                        ladder(10, 20, 30, 39, 50),
                        ladder(10, 20, 30, 40, 49),
                        LADDER.unjudged(Strength.REFUSE))) {
            assertTrue(stronger.isAtLeast(LADDER), stronger::toString);
            assertFalse(LADDER.isAtLeast(stronger), stronger::toString);
        }
        assertTrue(LADDER.isAtLeastJudged(LADDER.unjudged(Strength.REFUSE)));
    }

    @Test
    void aStepIsUnsureOnlyWhereItIsSentOn() {
        assertEquals(new Step(Strength.ALLOW, false), LADDER.step(9 / 1e6));
        assertEquals(new Step(Strength.ALLOW, true), LADDER.step(10 / 1e6));
        assertEquals(new Step(Strength.ALLOW, true), LADDER.step(19 / 1e6));
        assertEquals(new Step(Strength.ANNOTATE, false), LADDER.step(20 / 1e6));
        assertEquals(new Step(Strength.CONDITION, false), LADDER.step(30 / 1e6));
        assertEquals(new Step(Strength.HOLD, false), LADDER.step(40 / 1e6));
        assertEquals(new Step(Strength.HOLD, false), LADDER.step(49 / 1e6));
        assertEquals(new Step(Strength.REFUSE, false), LADDER.step(50 / 1e6));
        for (Strength strength : Strength.values()) {
            if (strength != Strength.ALLOW) {
                assertThrows(IllegalArgumentException.class, () -> new Step(strength, true));
            }
        }
    }

    private static Ladder ladder(int unsure, int annotate, int condition, int hold, int refuse) {
        return new Ladder(unsure, annotate, condition, hold, refuse, Strength.HOLD);
    }
}

package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

/** How the pace of asking and the time between tries follow what a target says. */
class PaceTest {

    @Test
    void growsByOneForEachRoundOfAnswersUpToTheMost() {
        Pace pace = new Pace(20);
        assertEquals(8, pace.atOnce());
        for (int i = 0; i < 9; i++) {
            pace.answered();
        }
        assertEquals(9, pace.atOnce());
        for (int i = 0; i < 1_000; i++) {
            pace.answered();
        }
        assertEquals(20, pace.atOnce());
    }

    @Test
    void isHalvedOnceForAllThatWasAskedAtTheFormerPace() {
        Pace pace = new Pace(8);
        long before = System.nanoTime();
        for (int i = 0; i < 8; i++) {
            pace.tooMuch(before);
        }
        assertEquals(4, pace.atOnce());
        for (int i = 0; i < 10; i++) {
            pace.tooMuch(System.nanoTime());
        }
        assertEquals(1, pace.atOnce());
    }

    @Test
    void aPlaceThatIsGivenBackCanBeTaken() throws InterruptedException {
        Pace pace = new Pace(1);
        for (int i = 0; i < 3; i++) {
            pace.enter();
            pace.leave();
        }
        pace.awaitNone();
    }

    @Test
    void waitsDoubleUntilTheLongestAndKeepToWhatIsSaid() {
        Patience patience = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(8), 9);
        assertEquals(Duration.ofSeconds(1), patience.before(1, Optional.empty(), 1));
        assertEquals(Duration.ofSeconds(4), patience.before(3, Optional.empty(), 1));
        assertEquals(Duration.ofSeconds(8), patience.before(60, Optional.empty(), 1));
        assertEquals(Duration.ofSeconds(4), patience.before(60, Optional.empty(), 0));
        Duration said = patience.before(1, Optional.of(Duration.ofSeconds(30)), 0.5);
        assertTrue(said.compareTo(Duration.ofSeconds(30)) >= 0, said.toString());
    }
}

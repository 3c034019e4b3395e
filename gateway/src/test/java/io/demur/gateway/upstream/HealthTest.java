package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.upstream.Health.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What is known of a server, with the time given. */
class HealthTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Health health = new Health();

    @Test
    void oneFailureMayBeTheFaultOfWhatWasAsked() {
        health.failed(0, false);
        health.failed(0, false);
        assertEquals(State.UP, health.state(0));
        health.failed(0, false);
        assertEquals(State.DOWN, health.state(0));
    }

    @Test
    void anAnswerInBetweenCountsAnew() {
        for (int i = 0; i < 10; i++) {
            health.failed(0, false);
            health.failed(0, false);
            health.answered();
        }
        assertEquals(State.UP, health.state(0));
    }

    @Test
    void whatCannotBeReachedIsDownAtOnce() {
        health.failed(0, true);
        assertEquals(State.DOWN, health.state(SECOND - 1));
        assertEquals(State.DUE, health.state(SECOND));
    }

    @Test
    void oneRequestFindsOutAndTheOthersStayAway() {
        health.failed(0, true);
        assertEquals(State.DUE, health.state(SECOND));
        health.asked();
        assertEquals(State.DOWN, health.state(SECOND));
        health.answered();
        assertEquals(State.UP, health.state(SECOND));
    }

    @Test
    void whoLeavesWithoutHavingFoundOutLeavesItToTheNext() {
        health.failed(0, true);
        health.asked();
        health.unknown();
        assertEquals(State.DUE, health.state(SECOND));
    }

    @Test
    void itIsLeftAloneLongerEachTimeAndForAMinuteAtMost() {
        long now = 0;
        long longest = 0;
        for (int i = 0; i < 100; i++) {
            health.asked();
            health.failed(now, true);
            long span = health.until() - now;
            assertTrue(span >= longest && span <= Health.DOWN_MAX.toNanos());
            longest = span;
            now = health.until();
            assertEquals(State.DUE, health.state(now));
        }
        assertEquals(Health.DOWN_MAX.toNanos(), longest);
    }

    @Test
    void aProbeThatFailsInAnyWayPutsItBack() {
        health.failed(0, true);
        health.asked();
        health.failed(SECOND, false);
        assertEquals(State.DOWN, health.state(SECOND));
    }

    @Test
    void busyIsOverWhenItSaid() {
        health.busy(0, Duration.ofSeconds(3));
        assertEquals(State.BUSY, health.state(3 * SECOND - 1));
        assertEquals(State.UP, health.state(3 * SECOND));
    }

    @Test
    void aKeyThatIsNotAcceptedIsTriedAgainAfterAWhile() {
        long over = Health.DENIED_FOR.toNanos();
        health.denied(0);
        assertEquals(State.DENIED, health.state(over - 1));
        assertEquals(State.DUE, health.state(over));
        health.asked();
        assertEquals(State.DENIED, health.state(over));
        assertTrue(health.isDenied());
        health.denied(over);
        assertEquals(State.DENIED, health.state(2 * over - 1));
        health.asked();
        health.answered();
        assertEquals(State.UP, health.state(2 * over));
        assertFalse(health.isDenied());
    }

    @Test
    void theClockMayBeNearItsEnd() {
        long now = Long.MAX_VALUE - 10;
        health.failed(now, true);
        assertEquals(State.DOWN, health.state(now));
        assertEquals(State.DUE, health.state(now + SECOND));
    }
}

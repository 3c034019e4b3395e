package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

/** When a judge that fails is left in peace. */
class RestTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");

    private final Rest rest = new Rest();

    private void bothFail(Instant at) {
        rest.failed("ada", at);
        assertFalse(rest.isOn(at));
        rest.failed("bob", at);
    }

    private void lasts(Duration length, Instant from) {
        assertTrue(rest.isOn(from));
        assertTrue(rest.isOn(from.plus(length).minusNanos(1)));
        assertFalse(rest.isOn(from.plus(length)));
    }

    @Test
    void whatOnePrincipalAsksMakesItNeverRest() {
        for (int i = 0; i < 1_000; i++) {
            rest.failed("ada", BEGIN.plusSeconds(i));
            assertFalse(rest.isOn(BEGIN.plusSeconds(i)));
        }
    }

    @Test
    void whatFailsForTwoInARowMakesItRestLongerEachTimeUpToAnHour() {
        Instant now = BEGIN;
        for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            bothFail(now);
            lasts(Duration.ofMinutes(minutes), now);
            now = now.plus(Duration.ofMinutes(minutes));
        }
    }

    @Test
    void anAnswerBetweenTwoFailuresBeginsAnew() {
        bothFail(BEGIN);
        Instant then = BEGIN.plus(Rest.LEAST);
        rest.failed("ada", then);
        rest.answered();
        bothFail(then);
        lasts(Rest.LEAST, then);
    }
}

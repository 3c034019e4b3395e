package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.gateway.Stopwatch.Times;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.wire.chat.BadCall;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What of an exchange is the gateway's own. */
class StopwatchTest {

    private final Hands hands = new Hands();
    private final Stopwatch watch = new Stopwatch(hands);

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }

    private void shows(int taken, int own) {
        assertEquals(new Times(millis(taken), millis(own)), watch.read());
    }

    @Test
    void whatSomebodyElseIsWaitedForIsNotOurs() throws Exception {
        shows(0, 0);
        hands.pass(millis(2));
        shows(2, 2);
        assertEquals(millis(50), watch.elsewhere(() -> hands.pass(millis(50))));
        hands.pass(millis(1));
        watch.elsewhere(millis(0));
        shows(53, 3);
        hands.pass(millis(70));
        watch.elsewhere(millis(70));
        watch.elsewhere(
                () -> {
                    hands.pass(millis(7));
                });
        shows(130, 3);
    }

    @Test
    void aWaitThatFailsWasOneAllTheSame() {
        assertThrows(
                BadCall.class,
                () ->
                        watch.elsewhere(
                                () -> {
                                    hands.pass(millis(9));
                                    return failing();
                                }));
        assertThrows(
                AnswerCancelled.class,
                () ->
                        watch.elsewhere(
                                () -> {
                                    hands.pass(millis(4));
                                    throw new AnswerCancelled();
                                }));
        hands.pass(millis(1));
        shows(14, 1);
    }

    private static Duration failing() throws BadCall {
        throw new BadCall("the body did not come");
    }

    @Test
    void nobodyIsWaitedForLongerThanItTook() {
        hands.pass(millis(3));
        watch.elsewhere(millis(4));
        shows(3, 0);
    }
}

package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.gate.Permit;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** How long servers are waited for is known, whatever they do. */
class WaitedTest extends Asks {

    /** Before it begins and at its end, and how long the whole took. */
    private List<Duration> waited(ServedModels models) {
        Permit permit = permit(Permits.call(true));
        return verticle()
                .run(
                        () -> {
                            long from = System.nanoTime();
                            try (Answer answer = upstream(models).send(permit)) {
                                Duration before = answer.waited();
                                while (!answer.next().getLast().isLast()) {
                                    // to its end
                                }
                                Duration waited = answer.waited();
                                long whole = System.nanoTime() - from;
                                return List.of(before, waited, Duration.ofNanos(whole));
                            }
                        });
    }

    private static void known(List<Duration> waited) {
        assertEquals(Duration.ZERO, waited.getFirst());
        assertTrue(waited.get(1).isPositive(), waited::toString);
        assertTrue(waited.get(1).compareTo(waited.getLast()) <= 0, waited::toString);
    }

    @Test
    void ofAnAnswer() {
        LyingServer server = server(talk -> talk.sse().text("Use ").text("kill.").stop("stop"));
        known(waited(models(settings("one", server))));
    }

    @Test
    void ofServersThatFailAndTheOneInTheirPlace() {
        LyingServer down = server(talk -> talk.json(503, "{}"));
        LyingServer up = server(talk -> talk.sse().text("Use kill.").stop("stop"));
        known(waited(models(settings("one", down), settings("two", up))));
    }

    @Test
    void ofOneThatBreaksOff() {
        LyingServer server = server(talk -> talk.sse().text("Use ").reset());
        known(waited(models(settings("one", server))));
    }
}

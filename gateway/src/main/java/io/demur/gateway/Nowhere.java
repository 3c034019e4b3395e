package io.demur.gateway;

import io.demur.record.entry.Ids;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;

import java.time.InstantSource;
import java.util.List;

/**
 * The answer where nothing is, and where something broke that nobody foresaw: in the shape of the
 * protocol whose paths begin so.
 */
record Nowhere(Ids ids, InstantSource clock) {

    private static final String ANTHROPIC = "/v1/messages";
    private static final String OPENAI = "/v1/";

    private Apology at(String path) {
        Apology.Shape shape =
                path.equals(ANTHROPIC) || path.startsWith(ANTHROPIC + "/")
                        ? new MessagesFront()::error
                        : path.startsWith(OPENAI)
                                ? new ChatFront()::error
                                : (fault, stamp) -> OllamaFront.error(fault);
        return new Apology(shape, ids, clock);
    }

    /**
     * Says that there is nothing.
     *
     * @param methods with which there would be something
     */
    void serve(Arrival arrival, List<String> methods) {
        if (methods.isEmpty()) {
            at(arrival.path())
                    .send(
                            arrival.http().response(),
                            Fault.of(
                                    Fault.Kind.NOT_FOUND,
                                    "there is nothing at `%s`".formatted(arrival.path())));
            return;
        }
        arrival.http().response().putHeader("allow", String.join(", ", methods));
        at(arrival.path())
                .send(
                        arrival.http().response(),
                        Fault.of(
                                Fault.Kind.METHOD,
                                "`%s` is not asked with `%s`"
                                        .formatted(arrival.path(), arrival.http().method())));
    }

    /** Says that something broke. */
    void broken(Arrival arrival, Throwable why) {
        at(arrival.path()).send(arrival.http().response(), Mishap.of(arrival, why));
    }
}

package io.demur.gateway;

import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Stamp;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.Models;
import io.vertx.core.buffer.Buffer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The models that a caller may ask, as OpenAI lists them. None is reached by this. */
final class ModelLists {

    private static final String ONE = "/v1/models/";

    private final Entrance entrance;
    private final InstantSource clock;
    private final Instant since;

    ModelLists(Entrance entrance, InstantSource clock) {
        this.entrance = entrance;
        this.clock = clock;
        since = clock.instant();
    }

    /** All of them. */
    void openAi(Arrival arrival) {
        try {
            send(arrival, Models.list(allowed(arrival), since));
        } catch (BadCall e) {
            send(arrival, openAi(e.fault()));
        }
    }

    /** One of them. */
    void openAiOne(Arrival arrival) {
        String name = decoded(arrival.path().substring(ONE.length()));
        try {
            if (allowed(arrival).contains(name)) {
                send(arrival, Models.one(name, since));
            } else {
                send(
                        arrival,
                        openAi(
                                Fault.of(
                                        Fault.Kind.UNKNOWN_MODEL,
                                        "there is no model `%s` here".formatted(name))));
            }
        } catch (BadCall e) {
            send(arrival, openAi(e.fault()));
        }
    }

    /**
     * Names have slashes in them, which some clients escape; what is no escape stands for itself.
     */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private ErrorReply openAi(Fault fault) {
        return new ChatFront().error(fault, new Stamp("", "", clock.instant(), false));
    }

    private List<String> allowed(Arrival arrival) throws BadCall {
        return entrance.allowed(entrance.caller(arrival, clock.instant()));
    }

    private static void send(Arrival arrival, ErrorReply error) {
        Apology.send(arrival.http().response(), error);
    }

    private static void send(Arrival arrival, byte[] body) {
        arrival.http()
                .response()
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(body));
    }
}

package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Operation;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.Catalogue;
import io.demur.wire.ollama.LocalModel;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What clients of Ollama ask beside answers: what there is, and changes of it. Changes are refused:
 * which models there are is for whoever runs the gateway to say, and who asks of a model what its
 * makers wrote into it is told nothing. No model is reached by this.
 */
final class OllamaDesk {

    /** The version whose interface is spoken. */
    private static final String VERSION = "0.13.0";

    private final Entrance entrance;
    private final BodyReader bodies;
    private final InstantSource clock;
    private final Instant since;

    OllamaDesk(Entrance entrance, BodyReader bodies, InstantSource clock) {
        this.entrance = entrance;
        this.bodies = bodies;
        this.clock = clock;
        since = clock.instant();
    }

    /** {@code GET /} and {@code HEAD /}: by this, clients see that somebody is there. */
    void running(Arrival arrival) {
        arrival.http()
                .response()
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end("Ollama is running");
    }

    /** {@code GET /api/version}. */
    void version(Arrival arrival) {
        send(arrival, Catalogue.version(VERSION));
    }

    /** {@code GET /api/tags}: the models that the caller may ask. */
    void tags(Arrival arrival) {
        try {
            send(arrival, Catalogue.tags(allowed(arrival)));
        } catch (BadCall e) {
            send(arrival, OllamaFront.error(e.fault()));
        }
    }

    /** {@code GET /api/ps}: what is loaded is not told; clients need a list. */
    void loaded(Arrival arrival) {
        try {
            entrance.caller(arrival, clock.instant());
            send(arrival, Catalogue.loaded(List.of(), since));
        } catch (BadCall e) {
            send(arrival, OllamaFront.error(e.fault()));
        }
    }

    /** {@code POST /api/show}: a model that the caller may ask. */
    void show(Arrival arrival) {
        try {
            Caller caller = entrance.caller(arrival, clock.instant());
            try (Received body = bodies.read(arrival.http(), caller.principal())) {
                io.demur.wire.chat.Operation asked =
                        bodies.parsed(
                                body,
                                bytes ->
                                        Catalogue.read(
                                                io.demur.wire.chat.Operation.Kind.SHOW, bytes));
                entrance.model(caller, Operation.CHAT, asked, entrance.policyInForce().charter());
                send(arrival, Catalogue.show(model(asked.model())));
            }
        } catch (BadCall e) {
            send(arrival, OllamaFront.error(e.fault()));
        }
    }

    /** Pull, push, create, copy, delete: refused, with the reason. */
    void governed(Arrival arrival) {
        try {
            entrance.caller(arrival, clock.instant());
            send(
                    arrival,
                    OllamaFront.error(
                            Fault.of(
                                    Fault.Kind.FORBIDDEN,
                                    "which models there are is not changed through this gateway;"
                                            + " ask whoever runs it")));
        } catch (BadCall e) {
            send(arrival, OllamaFront.error(e.fault()));
        }
    }

    private List<LocalModel> allowed(Arrival arrival) throws BadCall {
        return entrance.allowed(entrance.caller(arrival, clock.instant())).stream()
                .map(this::model)
                .toList();
    }

    private LocalModel model(String name) {
        return new LocalModel(name, since, 0, "", "", "", "", List.of("completion", "tools"));
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

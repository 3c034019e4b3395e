package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.gateway.hold.Waitlist;
import io.demur.gateway.offload.Waiting;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.store.HeldRequest;
import io.demur.store.HeldRequests;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.TreeMap;

/** Where callers follow what became of their held requests; of others' they are told nothing. */
final class HoldDesk {

    static final String PATH = "/demur/v1/holds/";

    private static final System.Logger LOGGER = System.getLogger(HoldDesk.class.getName());

    private final Entrance entrance;
    private final Waitlist waitlist;
    private final InstantSource clock;

    HoldDesk(Entrance entrance, Waitlist waitlist, InstantSource clock) {
        this.entrance = entrance;
        this.waitlist = waitlist;
        this.clock = clock;
    }

    /** {@code GET /demur/v1/holds/ID}. */
    void follow(Arrival arrival) {
        String attempt = arrival.path().substring(PATH.length());
        try {
            Caller caller = entrance.caller(arrival, clock.instant());
            HeldRequest held =
                    Waiting.on(waitlist.find(attempt, caller.principal()))
                            .orElseThrow(
                                    () ->
                                            new BadCall(
                                                    Fault.of(
                                                            Fault.Kind.NOT_FOUND,
                                                            "none of your requests is held by this"
                                                                    + " reference")));
            arrival.http()
                    .response()
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .end(Buffer.buffer(Canonical.bytes(body(held))));
        } catch (BadCall e) {
            send(arrival, e.fault());
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a held request was not looked up: {0}", Mishap.where(e));
            send(
                    arrival,
                    Fault.of(
                            Fault.Kind.UNAVAILABLE,
                            "what is held cannot be looked up at the moment; ask again"));
        }
    }

    private static Json.Obj body(HeldRequest held) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("id", new Json.Str(held.attempt()));
        fields.put("status", new Json.Str(HeldRequests.word(held.state())));
        fields.put("message", new Json.Str(words(held)));
        fields.put("model", new Json.Str(held.model()));
        fields.put("asked_at", new Json.Str(held.created().toString()));
        fields.put("expires_at", new Json.Str(held.expires().toString()));
        held.decided()
                .filter(it -> held.state() != HeldRequest.State.RELEASING)
                .ifPresent(
                        said -> {
                            fields.put("decided_at", new Json.Str(said.at().toString()));
                            fields.put("reason", new Json.Str(said.reason()));
                            said.until()
                                    .ifPresent(
                                            it ->
                                                    fields.put(
                                                            "released_until",
                                                            new Json.Str(it.toString())));
                        });
        held.usedBy().ifPresent(it -> fields.put("used_by", new Json.Str(it)));
        return new Json.Obj(fields);
    }

    private static String words(HeldRequest held) {
        return switch (held.state()) {
            case WAITING, RELEASING -> "Nobody has looked at this request yet.";
            case RELEASED ->
                    "A person has released this request: asked again with the same body, it is"
                            + " answered once.";
            case REFUSED ->
                    "A person has looked at this request and refused it; asking it again changes"
                            + " nothing.";
            case USED -> "A person had released this request, and it was asked again since.";
            case EXPIRED -> "This is over: asked again, the request is decided anew.";
        };
    }

    private static void send(Arrival arrival, Fault fault) {
        Apology.send(arrival.http().response(), OllamaFront.error(fault));
    }
}

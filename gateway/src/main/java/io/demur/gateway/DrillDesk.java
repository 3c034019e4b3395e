package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.core.charter.Charter;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.drill.Extra;
import io.demur.gateway.offload.Waiting;
import io.demur.gateway.upstream.Served;
import io.demur.record.entry.DrillRun;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Drills that somebody wants now. They come in by the front door like all others, and each has its
 * price: whoever asks on this machine may want them, as long as the gateway listens to nobody else,
 * and keys that are for {@code drill}. They are done whether or not anybody waits for them.
 */
final class DrillDesk {

    static final String PATH = "/demur/v1/drills";

    private static final int EACH_MAX = 50;

    private final boolean loopback;
    private final Foundations on;
    private final Entrance entrance;
    private final Drills drills;

    DrillDesk(GatewaySettings settings, Foundations on, Entrance entrance, Drills drills) {
        loopback = Near.isLoopback(settings.host());
        this.on = on;
        this.entrance = entrance;
        this.drills = drills;
    }

    /** {@code POST /demur/v1/drills?model=…&each=…}: begins them. */
    void now(Arrival arrival) {
        try {
            Optional<Caller> caller = caller(arrival);
            Optional<String> model = Optional.ofNullable(arrival.http().getParam("model"));
            int each = each(arrival);
            check(caller, model, entrance.policyInForce().charter());
            send(arrival, 202, begun(model, each));
        } catch (BadCall e) {
            Apology.send(arrival.http().response(), OllamaFront.error(e.fault()));
        }
    }

    /** {@code GET /demur/v1/drills/ID}: what has come of them so far. */
    void follow(Arrival arrival) {
        try {
            var unused = caller(arrival);
            String id = arrival.path().substring(PATH.length() + 1);
            send(
                    arrival,
                    200,
                    drills.extra()
                            .filter(it -> it.id().equals(id))
                            .orElseThrow(
                                    () ->
                                            new BadCall(
                                                    Fault.of(
                                                            Fault.Kind.NOT_FOUND,
                                                            "no drills are known by this"
                                                                    + " reference: only the last"
                                                                    + " ones are, until the"
                                                                    + " gateway ends"))));
        } catch (BadCall e) {
            Apology.send(arrival.http().response(), OllamaFront.error(e.fault()));
        }
    }

    /** Whose key it is; nobody's where whoever is on this machine may. */
    private Optional<Caller> caller(Arrival arrival) throws BadCall {
        if (loopback && Near.isFrom(arrival.http())) {
            return Optional.empty();
        }
        Caller caller = entrance.caller(arrival, on.clock().instant());
        if (!caller.scope().allows(Operation.DRILL)) {
            throw forbidden("this key is not for `drill`");
        }
        return Optional.of(caller);
    }

    /** A key drills what it may ask: the models of its scope, and of its role. */
    private void check(Optional<Caller> caller, Optional<String> model, Charter charter)
            throws BadCall {
        if (model.isEmpty()) {
            if (caller.isPresent() && !caller.get().scope().models().contains(Scope.ANY)) {
                throw forbidden("this key is not for all models: say `model`");
            }
            return;
        }
        Served served =
                entrance.models()
                        .find(model.get(), charter)
                        .orElseThrow(
                                () ->
                                        new BadCall(
                                                Fault.of(
                                                        Fault.Kind.UNKNOWN_MODEL,
                                                        "there is no model `%s` here"
                                                                .formatted(model.get()))));
        if (caller.isPresent()
                && caller.get()
                        .denied(
                                Operation.DRILL,
                                served.names(),
                                served.placement().model(),
                                charter)
                        .isPresent()) {
            throw forbidden("this key is not for `%s`".formatted(model.get()));
        }
    }

    private static BadCall forbidden(String message) {
        return new BadCall(Fault.of(Fault.Kind.FORBIDDEN, message));
    }

    private Extra begun(Optional<String> model, int each) throws BadCall {
        try {
            return Waiting.on(drills.now(model, each));
        } catch (IllegalStateException e) {
            throw unavailable("drills cannot be had now: %s".formatted(e.getMessage()));
        } catch (RuntimeException e) {
            throw unavailable("drills cannot be had now");
        }
    }

    private static BadCall unavailable(String message) {
        return new BadCall(Fault.of(Fault.Kind.UNAVAILABLE, message));
    }

    private static void send(Arrival arrival, int status, Extra extra) {
        TreeMap<String, Json> body = new TreeMap<>();
        body.put("id", new Json.Str(extra.id()));
        body.put("planned", new Json.Whole(extra.planned()));
        // before what came: else the last one might be missing from what is said to be all
        body.put("over", new Json.Bool(extra.isOver()));
        extra.failure().ifPresent(it -> body.put("failure", new Json.Str(it)));
        body.put("drills", new Json.Arr(extra.came().stream().map(DrillDesk::json).toList()));
        arrival.http()
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(Canonical.bytes(new Json.Obj(body))));
    }

    private static int each(Arrival arrival) throws BadCall {
        String said = arrival.http().getParam("each", "5");
        OptionalInt each =
                said.matches("[0-9]{1,3}")
                        ? OptionalInt.of(Integer.parseInt(said))
                        : OptionalInt.empty();
        if (each.isEmpty() || each.getAsInt() < 1 || each.getAsInt() > EACH_MAX) {
            throw new BadCall("`each` is `%s`, and should be 1 to %d".formatted(said, EACH_MAX));
        }
        return each.getAsInt();
    }

    private static Json json(DrillRun drill) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("name", new Json.Str(drill.name()));
        drill.model().ifPresent(it -> fields.put("model", new Json.Str(it)));
        drill.attempt().ifPresent(it -> fields.put("attempt", new Json.Str(it)));
        fields.put("expected", new Json.Str(drill.expected()));
        fields.put("found", new Json.Str(drill.found()));
        fields.put("passed", new Json.Bool(drill.passed()));
        drill.probed().ifPresent(it -> fields.put("said", new Json.Str(it.said())));
        drill.probed()
                .ifPresent(it -> fields.put("micros", new Json.Whole(it.took().toNanos() / 1_000)));
        return new Json.Obj(fields);
    }
}

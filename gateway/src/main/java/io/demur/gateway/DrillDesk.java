package io.demur.gateway;

import io.demur.core.access.Operation;
import io.demur.core.charter.Charter;
import io.demur.gateway.drill.Drills;
import io.demur.record.entry.DrillRun;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Drills that somebody wants now. They come in by the front door like all others. As with what is
 * counted, whoever asks on this machine may want them, as long as the gateway listens to nobody
 * else, and keys that are for {@code metrics}.
 */
final class DrillDesk {

    static final String PATH = "/demur/v1/drills";

    private static final int EACH_MAX = 50;
    private static final Duration WITHIN = Duration.ofMinutes(30);

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

    /** {@code POST /demur/v1/drills?model=…&each=…}. */
    void now(Arrival arrival) {
        try {
            if (!(loopback && Near.isFrom(arrival.http()))
                    && !entrance.caller(arrival, on.clock().instant())
                            .scope()
                            .allows(Operation.METRICS)) {
                throw new BadCall(Fault.of(Fault.Kind.FORBIDDEN, "this key is not for `metrics`"));
            }
            Optional<String> model = Optional.ofNullable(arrival.http().getParam("model"));
            int each = each(arrival);
            Charter charter = entrance.policyInForce().charter();
            if (model.isPresent() && entrance.models().find(model.get(), charter).isEmpty()) {
                throw new BadCall(
                        Fault.of(
                                Fault.Kind.UNKNOWN_MODEL,
                                "there is no model `%s` here".formatted(model.get())));
            }
            List<DrillRun> came = came(model, each);
            TreeMap<String, Json> body = new TreeMap<>();
            body.put("drills", new Json.Arr(came.stream().map(DrillDesk::json).toList()));
            arrival.http()
                    .response()
                    .putHeader("content-type", "application/json")
                    .end(Buffer.buffer(Canonical.bytes(new Json.Obj(body))));
        } catch (BadCall e) {
            Apology.send(arrival.http().response(), OllamaFront.error(e.fault()));
        }
    }

    private List<DrillRun> came(Optional<String> model, int each) throws BadCall {
        try {
            return Waiting.on(
                    Future.fromCompletionStage(drills.now(model, each), Vertx.currentContext()),
                    WITHIN);
        } catch (IllegalStateException e) {
            throw new BadCall(
                    Fault.of(
                            Fault.Kind.UNAVAILABLE,
                            "drills cannot be had now: %s".formatted(e.getMessage())));
        }
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

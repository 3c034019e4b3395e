package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.desk.Reports.About;
import io.demur.desk.Thumbs.Thumb;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.appeal.Redress.Taken;
import io.demur.gateway.offload.Waiting;
import io.demur.record.json.Json;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;

import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;

/**
 * Where anybody with a key says that something should have been refused, and callers how content
 * they are.
 */
final class ReportDesk {

    static final String REPORTS = "/demur/v1/reports";
    static final String FEEDBACK = "/demur/v1/feedback";

    private final Entrance entrance;
    private final DeskBody bodies;
    private final Redress redress;
    private final InstantSource clock;

    ReportDesk(Entrance entrance, DeskBody bodies, Redress redress, InstantSource clock) {
        this.entrance = entrance;
        this.bodies = bodies;
        this.redress = redress;
        this.clock = clock;
    }

    /** {@code POST /demur/v1/reports}. */
    void report(Arrival arrival) {
        DeskReply.to(
                arrival,
                () -> {
                    Instant now = clock.instant();
                    Caller caller = entrance.caller(arrival, now);
                    Redress.Reported reported = reported(bodies.json(arrival, caller.principal()));
                    String id =
                            taken(
                                    Waiting.on(
                                            redress.report(
                                                    reported,
                                                    caller.principal(),
                                                    entrance.retention(),
                                                    now)));
                    TreeMap<String, Json> body = new TreeMap<>();
                    body.put("id", new Json.Str(id));
                    body.put(
                            "receipt",
                            new Json.Str(
                                    "demur log proof %s --type REPORT --out %s.tlog-proof"
                                            .formatted(id, id)));
                    DeskReply.json(arrival, 201, new Json.Obj(body));
                });
    }

    private static Redress.Reported reported(DeskBody.Fields body) throws BadCall {
        body.only("about", "attempt", "model", "reason", "words", "name");
        About about =
                switch (body.oneOf("about", "exchange", "model", "use")) {
                    case "exchange" -> new About.OfExchange(body.required("attempt"));
                    case "model" -> new About.OfModel(name(body.required("model")));
                    default -> new About.OfUse();
                };
        String reason = body.required("reason");
        if (!reason.matches("[a-z0-9][a-z0-9._:/-]{0,99}")) {
            throw new BadCall("reason", "`reason` is not a code of a-z, 0-9 and ._:/-");
        }
        boolean named = body.oneOf("name", "kept", "none").equals("kept");
        return new Redress.Reported(about, reason, body.words("words"), named);
    }

    private static String name(String model) throws BadCall {
        if (!model.matches("[\\w.:/@+-]{1,200}")) {
            throw new BadCall("model", "`model` is not the name of a model");
        }
        return model;
    }

    /** {@code POST /demur/v1/feedback}. */
    void feedback(Arrival arrival) {
        DeskReply.to(
                arrival,
                () -> {
                    Instant now = clock.instant();
                    Caller caller = entrance.caller(arrival, now);
                    DeskBody.Fields body = bodies.json(arrival, caller.principal());
                    body.only("attempt", "thumb");
                    String attempt = body.required("attempt");
                    Thumb thumb =
                            body.oneOf("thumb", "up", "down").equals("up") ? Thumb.UP : Thumb.DOWN;
                    var unused =
                            taken(
                                    Waiting.on(
                                            redress.thumb(
                                                    attempt, caller.principal(), thumb, now)));
                    arrival.http().response().setStatusCode(204).end();
                });
    }

    private static <T> T taken(Taken<T> taken) throws BadCall {
        return switch (taken) {
            case Taken.Done<T> done -> done.what();
            case Taken.Unknown<T> unknown ->
                    throw new BadCall(
                            Fault.of(
                                    Fault.Kind.NOT_FOUND,
                                    "there is no such attempt that you could speak of"));
            case Taken.TooOften<T> often ->
                    throw new BadCall(
                            Fault.of(
                                    Fault.Kind.RATE,
                                    "that was said too often within an hour; say it later"));
        };
    }
}

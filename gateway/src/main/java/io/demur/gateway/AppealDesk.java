package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.desk.Appealed;
import io.demur.desk.Appeals;
import io.demur.gateway.appeal.Links;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.appeal.Redress.Appellant;
import io.demur.gateway.appeal.Redress.Standing;
import io.demur.gateway.appeal.Redress.Taken;
import io.demur.gateway.offload.Waiting;
import io.demur.record.json.Json;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where whoever was refused asks for another look, and follows it: with a key of the attempt's
 * principal, or with the link that the refusal had. Of others' attempts they are told nothing.
 */
final class AppealDesk {

    private static final String WITHDRAW = "/withdraw";

    private final Entrance entrance;
    private final DeskBody bodies;
    private final Redress redress;
    private final InstantSource clock;

    AppealDesk(Entrance entrance, DeskBody bodies, Redress redress, InstantSource clock) {
        this.entrance = entrance;
        this.bodies = bodies;
        this.redress = redress;
        this.clock = clock;
    }

    /** {@code POST /demur/v1/appeals}: makes one, with a key. */
    void open(Arrival arrival) {
        DeskReply.to(
                arrival,
                () -> {
                    Caller caller = entrance.caller(arrival, clock.instant());
                    DeskBody.Fields body = bodies.json(arrival, caller.principal());
                    body.only("attempt", "words");
                    Appellant who =
                            new Appellant(
                                    body.required("attempt"), Optional.of(caller.principal()));
                    DeskReply.json(arrival, 201, json(made(who, body.words("words"))));
                });
    }

    /** {@code GET /demur/v1/appeals/ID}: how it stands; with a token, as a page. */
    void follow(Arrival arrival) {
        Optional<String> token = token(arrival);
        String attempt = arrival.path().substring(Links.PATH.length() + 1);
        if (token.isPresent()) {
            page(
                    arrival,
                    () -> {
                        Standing standing = standing(linked(attempt, token.get()));
                        DeskReply.page(
                                arrival,
                                200,
                                AppealPage.of(standing, token.get(), clock.instant()));
                    });
            return;
        }
        DeskReply.to(
                arrival,
                () -> {
                    Caller caller = entrance.caller(arrival, clock.instant());
                    Standing standing =
                            standing(new Appellant(attempt, Optional.of(caller.principal())));
                    DeskReply.json(
                            arrival, 200, json(standing.appeal().orElseThrow(AppealDesk::none)));
                });
    }

    /**
     * {@code POST /demur/v1/appeals/ID/withdraw}: takes it back; with a token, from the page, and
     * without the last word makes one there.
     */
    void act(Arrival arrival) {
        Optional<String> token = token(arrival);
        String rest = arrival.path().substring(Links.PATH.length() + 1);
        boolean withdraws = rest.endsWith(WITHDRAW);
        String attempt = withdraws ? rest.substring(0, rest.length() - WITHDRAW.length()) : rest;
        if (token.isPresent()) {
            page(
                    arrival,
                    () -> {
                        Appellant who = linked(attempt, token.get());
                        DeskBody.Fields form = bodies.form(arrival, attempt);
                        Appealed unused =
                                withdraws ? withdrawn(who) : made(who, form.words("words"));
                        String up = withdraws ? "../" : "";
                        arrival.http()
                                .response()
                                .setStatusCode(303)
                                .putHeader("cache-control", "no-store")
                                .putHeader(
                                        "location", "%s%s?t=%s".formatted(up, attempt, token.get()))
                                .end();
                    });
            return;
        }
        DeskReply.to(
                arrival,
                () -> {
                    Caller caller = entrance.caller(arrival, clock.instant());
                    if (!withdraws) {
                        throw new BadCall(
                                "an appeal is made at `%s`, or with the link of a refusal"
                                        .formatted(Links.PATH));
                    }
                    Appellant who = new Appellant(attempt, Optional.of(caller.principal()));
                    DeskReply.json(arrival, 200, json(withdrawn(who)));
                });
    }

    private Appealed withdrawn(Appellant who) throws BadCall {
        Appealed now = told(Waiting.on(redress.withdraw(who, clock.instant())));
        if (now.state() != Appealed.State.WITHDRAWN) {
            throw new BadCall("the appeal was answered, so it cannot be taken back");
        }
        return now;
    }

    private Standing standing(Appellant who) throws BadCall {
        return told(Waiting.on(redress.standing(who, clock.instant())));
    }

    private Appealed made(Appellant who, String words) throws BadCall {
        Duration kept = entrance.retention();
        return switch (told(Waiting.on(redress.appeal(who, words, kept, clock.instant())))) {
            case Appeals.Made.Open open -> open.appeal();
            case Appeals.Made.NotRefused it ->
                    throw new BadCall(
                            "attempt",
                            it.exchange().result().isEmpty()
                                    ? "this attempt has not ended yet; ask again"
                                    : "nothing of this attempt was refused, so there is nothing to"
                                            + " appeal against");
            case Appeals.Made.TooOften it ->
                    throw new BadCall(
                            "attempt",
                            "%d appeals against this attempt were withdrawn, and no more are taken"
                                    .formatted(Appeals.PER_ATTEMPT_MAX));
            case Appeals.Made.Erased it ->
                    throw new BadCall(
                            Fault.of(
                                    Fault.Kind.NOT_FOUND,
                                    "what was asked here was erased with whoever asked it, so"
                                            + " there is nothing left to appeal against"));
            case Appeals.Made.TooMany it ->
                    throw new BadCall(
                            Fault.of(
                                    Fault.Kind.RATE,
                                    "%d of your appeals are open, and no more are taken until one"
                                                    .formatted(Appeals.OPEN_MAX)
                                            + " is answered or withdrawn"));
        };
    }

    private static <T> T told(Taken<T> taken) throws BadCall {
        return switch (taken) {
            case Taken.Done<T> done -> done.what();
            case Taken.Unknown<T> unknown -> throw none();
            case Taken.TooOften<T> often ->
                    throw new BadCall(
                            Fault.of(
                                    Fault.Kind.RATE,
                                    "that was asked too often within an hour; ask it later"));
        };
    }

    private static Optional<String> token(Arrival arrival) {
        return Optional.ofNullable(arrival.http().getParam("t"));
    }

    /** Whoever has the link; a wrong token is told the same as a wrong attempt. */
    private Appellant linked(String attempt, String token) throws BadCall {
        if (!redress.links().opens(attempt, token)) {
            throw none();
        }
        return new Appellant(attempt, Optional.empty());
    }

    private static BadCall none() {
        return new BadCall(
                Fault.of(Fault.Kind.NOT_FOUND, "there is no appeal of yours by this reference"));
    }

    /** The same answers as for a program, as a page. */
    private static void page(Arrival arrival, Apology.Work work) {
        DeskReply.asPage(arrival, work);
    }

    private Json.Obj json(Appealed appeal) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("id", new Json.Str(appeal.id()));
        fields.put("attempt", new Json.Str(appeal.attempt()));
        fields.put("status", new Json.Str(appeal.state().word()));
        fields.put("message", new Json.Str(AppealPage.words(appeal, clock.instant())));
        fields.put("opened_at", new Json.Str(appeal.opened().toString()));
        fields.put("due_at", new Json.Str(appeal.due().toString()));
        appeal.decided().ifPresent(it -> fields.put("decided_at", new Json.Str(it.toString())));
        appeal.reason().ifPresent(it -> fields.put("reason", new Json.Str(it)));
        return new Json.Obj(fields);
    }
}

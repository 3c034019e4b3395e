package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Operation;
import io.demur.desk.Incident;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.offload.Waiting;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.State;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where incidents are seen: each caller's own, and everybody's by who has a key for {@code review}.
 */
final class IncidentDesk {

    static final String PATH = "/demur/v1/incidents";

    private static final System.Logger LOGGER = System.getLogger(IncidentDesk.class.getName());

    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;

    private final Entrance entrance;
    private final RouteArounds incidents;
    private final InstantSource clock;

    IncidentDesk(Entrance entrance, RouteArounds incidents, InstantSource clock) {
        this.entrance = entrance;
        this.incidents = incidents;
        this.clock = clock;
    }

    private interface Question {
        Json about(Caller caller) throws BadCall;
    }

    /** {@code GET /demur/v1/incidents}, the newest first. */
    void all(Arrival arrival) {
        answer(
                arrival,
                caller -> {
                    List<ReviewCase> found =
                            Waiting.on(
                                    incidents.all(
                                            seesAll(caller)
                                                    ? Optional.empty()
                                                    : Optional.of(caller.principal()),
                                            since(arrival),
                                            states(arrival),
                                            limit(arrival)));
                    TreeMap<String, Json> fields = new TreeMap<>();
                    fields.put(
                            "incidents",
                            new Json.Arr(
                                    found.stream()
                                            .<Json>map(it -> new Incident(it).json(seesAll(caller)))
                                            .toList()));
                    return new Json.Obj(fields);
                });
    }

    /** {@code GET /demur/v1/incidents/ID}. */
    void one(Arrival arrival) {
        String id = arrival.path().substring(PATH.length() + 1);
        answer(
                arrival,
                caller ->
                        Waiting.on(incidents.find(id))
                                .filter(
                                        it ->
                                                seesAll(caller)
                                                        || it.subject()
                                                                .filter(caller.principal()::equals)
                                                                .isPresent())
                                .map(it -> new Incident(it).json(seesAll(caller)))
                                .orElseThrow(
                                        () ->
                                                fault(
                                                        Fault.Kind.NOT_FOUND,
                                                        "there is no incident by this reference"
                                                                + " that you may see")));
    }

    private void answer(Arrival arrival, Question question) {
        try {
            Json body = question.about(entrance.caller(arrival, clock.instant()));
            arrival.http()
                    .response()
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .end(Buffer.buffer(Canonical.bytes(body)));
        } catch (BadCall e) {
            send(arrival, e.fault());
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "incidents were not looked up: {0}", Mishap.where(e));
            send(
                    arrival,
                    Fault.of(
                            Fault.Kind.UNAVAILABLE,
                            "incidents cannot be looked up at the moment; ask again"));
        }
    }

    private static boolean seesAll(Caller caller) {
        return caller.scope().allows(Operation.REVIEW);
    }

    private static Optional<Instant> since(Arrival arrival) throws BadCall {
        Optional<String> said = Optional.ofNullable(arrival.http().getParam("since"));
        try {
            return said.map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw fault(
                    Fault.Kind.INVALID,
                    "`since` is `%s`, and should be a time such as `2026-01-31T12:00:00Z`"
                            .formatted(said.get()));
        }
    }

    private static Set<State> states(Arrival arrival) throws BadCall {
        String said = arrival.http().getParam("state");
        if (said == null) {
            return EnumSet.allOf(State.class);
        }
        for (State state : State.values()) {
            if (word(state).equals(said)) {
                return EnumSet.of(state);
            }
        }
        throw fault(
                Fault.Kind.INVALID,
                "`state` is `%s`, and should be `open`, `second`, `decided` or `withdrawn`"
                        .formatted(said));
    }

    private static int limit(Arrival arrival) throws BadCall {
        String said = arrival.http().getParam("limit");
        if (said == null) {
            return LIMIT;
        }
        try {
            int limit = Integer.parseInt(said);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw fault(
                Fault.Kind.INVALID,
                "`limit` is `%s`, and should be 1 to %d".formatted(said, LIMIT_MAX));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static BadCall fault(Fault.Kind kind, String message) {
        return new BadCall(Fault.of(kind, message));
    }

    private static void send(Arrival arrival, Fault fault) {
        Apology.send(arrival.http().response(), OllamaFront.error(fault));
    }
}

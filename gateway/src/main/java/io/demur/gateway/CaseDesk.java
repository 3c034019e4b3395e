package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Operation;
import io.demur.core.harm.Severity;
import io.demur.desk.CaseView;
import io.demur.desk.Choice;
import io.demur.desk.Queue;
import io.demur.gateway.casework.CaseWords;
import io.demur.gateway.casework.Casework;
import io.demur.gateway.offload.Waiting;
import io.demur.record.entry.Ids;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.wire.MalformedJson;
import io.demur.wire.SortedJson;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The review queue, for those whose key is for {@code review}: each decides in the name of the
 * key's principal. What the queue refuses, because somebody else was first or may decide, is a
 * conflict.
 */
final class CaseDesk {

    static final String PATH = "/demur/v1/cases";

    private static final System.Logger LOGGER = System.getLogger(CaseDesk.class.getName());
    private static final int BODY_BYTES_MAX = 4_096;
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final int CONFLICT = 409;
    private static final Set<String> FIELDS =
            Set.of("acceptable", "decision", "reason", "severity", "version");

    private final Entrance entrance;
    private final Casework casework;
    private final BodyReader bodies;
    private final InstantSource clock;

    CaseDesk(Entrance entrance, Casework casework, BodyReader bodies, InstantSource clock) {
        this.entrance = entrance;
        this.casework = casework;
        this.bodies = bodies.upTo(BODY_BYTES_MAX);
        this.clock = clock;
    }

    /** The lines of the table. */
    List<Routes.Route> routes() {
        return List.of(
                new Routes.Route("GET", PATH, false, this::list),
                new Routes.Route("GET", PATH + "/*", false, this::show),
                new Routes.Route("POST", PATH + "/next", false, this::next),
                new Routes.Route("POST", PATH + "/*/claim", false, this::claim),
                new Routes.Route("POST", PATH + "/*/release", false, this::release),
                new Routes.Route("POST", PATH + "/*/decide", false, this::decide));
    }

    /** What a service does for whom, and what it answers. */
    private interface Work {
        Casework.Asking<Json> of(String reviewer) throws BadCall;
    }

    private void list(Arrival arrival) {
        answer(
                arrival,
                reviewer -> {
                    Queue.Filter filter = filter(arrival, reviewer);
                    int limit = limit(arrival);
                    return (queue, words) ->
                            object(
                                    "cases",
                                    new Json.Arr(
                                            queue.list(filter, limit).stream()
                                                    .map(this::view)
                                                    .toList()));
                });
    }

    /** With its words for who is at work on it: to look through the queue reads nobody's. */
    private void show(Arrival arrival) {
        answer(
                arrival,
                reviewer -> {
                    String id = id(arrival, "");
                    return (queue, words) -> {
                        ReviewCase it = queue.find(id);
                        boolean theirs =
                                it.claim()
                                        .filter(
                                                claim ->
                                                        claim.until().isAfter(clock.instant())
                                                                && claim.reviewer()
                                                                        .equals(reviewer))
                                        .isPresent();
                        TreeMap<String, Json> fields =
                                new TreeMap<>(CaseView.of(it, clock.instant()).fields());
                        if (theirs) {
                            fields.put("words", words(words.read(it, reviewer)));
                        }
                        return new Json.Obj(fields);
                    };
                });
    }

    private void next(Arrival arrival) {
        answer(
                arrival,
                reviewer ->
                        (queue, words) -> {
                            Queue.Next next = queue.next(reviewer);
                            TreeMap<String, Json> fields = new TreeMap<>();
                            next.claimed().ifPresent(it -> fields.put("case", view(it)));
                            fields.put("spared", new Json.Whole(next.spared()));
                            return new Json.Obj(fields);
                        });
    }

    private void claim(Arrival arrival) {
        answer(
                arrival,
                reviewer -> {
                    String id = id(arrival, "/claim");
                    return (queue, words) -> view(queue.claim(id, reviewer));
                });
    }

    private void release(Arrival arrival) {
        answer(
                arrival,
                reviewer -> {
                    String id = id(arrival, "/release");
                    return (queue, words) -> view(queue.release(id, reviewer));
                });
    }

    private void decide(Arrival arrival) {
        answer(
                arrival,
                reviewer -> {
                    String id = id(arrival, "/decide");
                    Map<String, Json> said = body(arrival, reviewer);
                    Choice choice = choice(said);
                    Optional<Long> version =
                            said.get("version") instanceof Json.Whole(long number)
                                    ? Optional.of(number)
                                    : Optional.empty();
                    return (queue, words) -> view(queue.decide(id, version, reviewer, choice));
                });
    }

    private void answer(Arrival arrival, Work work) {
        try {
            Caller caller = entrance.caller(arrival, clock.instant());
            if (!caller.scope().allows(Operation.REVIEW)) {
                throw new BadCall(Fault.of(Fault.Kind.FORBIDDEN, "this key is not for `review`"));
            }
            Casework.Answer<Json> answer = Waiting.on(casework.ask(work.of(caller.principal())));
            send(
                    arrival,
                    answer.given().isPresent() ? 200 : CONFLICT,
                    answer.given().orElse(object("error", new Json.Str(answer.refused()))));
        } catch (BadCall e) {
            Apology.send(arrival.http().response(), OllamaFront.error(e.fault()));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "the queue was not asked: {0}", Mishap.where(e));
            Apology.send(
                    arrival.http().response(),
                    OllamaFront.error(
                            Fault.of(
                                    Fault.Kind.UNAVAILABLE,
                                    "the queue cannot be asked at the moment; ask again")));
        }
    }

    private static void send(Arrival arrival, int status, Json body) {
        arrival.http()
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(Canonical.bytes(body)));
    }

    private Json view(ReviewCase it) {
        return CaseView.of(it, clock.instant());
    }

    private static Json words(CaseWords.Words words) {
        TreeMap<String, Json> fields = new TreeMap<>();
        words.asked().ifPresent(it -> fields.put("asked", new Json.Str(it.shown())));
        words.answered().ifPresent(it -> fields.put("answered", new Json.Str(it.shown())));
        words.said().ifPresent(it -> fields.put("said", new Json.Str(it)));
        return new Json.Obj(fields);
    }

    private static Json object(String name, Json value) {
        return new Json.Obj(new TreeMap<>(Map.of(name, value)));
    }

    /** The case that a path names. */
    private static String id(Arrival arrival, String behind) throws BadCall {
        String path = arrival.path();
        String id = path.substring(PATH.length() + 1, path.length() - behind.length());
        if (!Ids.isId("case", id)) {
            throw new BadCall(
                    Fault.of(Fault.Kind.NOT_FOUND, "there is no case `%s`".formatted(id)));
        }
        return id;
    }

    private static Queue.Filter filter(Arrival arrival, String reviewer) throws BadCall {
        Set<Kind> kinds = EnumSet.allOf(Kind.class);
        Optional<String> kind = param(arrival, "kind");
        if (kind.isPresent()) {
            kinds = EnumSet.of(one("kind", kind.get(), Kind.class));
        }
        Set<State> states = Queue.Filter.WAITING.states();
        Optional<String> state = param(arrival, "state");
        if (state.isPresent()) {
            states = EnumSet.of(one("state", state.get(), State.class));
        }
        return new Queue.Filter(
                kinds,
                states,
                param(arrival, "mine").filter("1"::equals).map(it -> reviewer),
                param(arrival, "late").filter("1"::equals).isPresent(),
                param(arrival, "hazard"),
                param(arrival, "project"));
    }

    private static Optional<String> param(Arrival arrival, String name) {
        return Optional.ofNullable(arrival.http().getParam(name));
    }

    private static <E extends Enum<E>> E one(String field, String word, Class<E> of)
            throws BadCall {
        return Arrays.stream(of.getEnumConstants())
                .filter(it -> CaseView.word(it).equals(word) && it != Kind.SEEDED)
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadCall(
                                        field,
                                        "`%s` is `%s`, and should be one of %s"
                                                .formatted(
                                                        field,
                                                        word,
                                                        Arrays.stream(of.getEnumConstants())
                                                                .filter(it -> it != Kind.SEEDED)
                                                                .map(CaseView::word)
                                                                .toList())));
    }

    private static int limit(Arrival arrival) throws BadCall {
        String said = param(arrival, "limit").orElse(Integer.toString(LIMIT));
        int limit = said.matches("[0-9]{1,4}") ? Integer.parseInt(said) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new BadCall(
                    "limit", "`limit` is `%s`, and should be 1 to %d".formatted(said, LIMIT_MAX));
        }
        return limit;
    }

    private Map<String, Json> body(Arrival arrival, String reviewer) throws BadCall {
        try (Received body = bodies.read(arrival.http(), reviewer)) {
            if (Canonical.read(SortedJson.of(body.bytes())) instanceof Json.Obj said
                    && FIELDS.containsAll(said.fields().keySet())) {
                return said.fields();
            }
            throw new BadCall(
                    "a decision is an object with %s".formatted(FIELDS.stream().sorted().toList()));
        } catch (MalformedJson | NotCanonical e) {
            throw new BadCall("the body is no JSON that says a decision: " + e.getMessage());
        }
    }

    private static Choice choice(Map<String, Json> said) throws BadCall {
        return new Choice(
                text(said, "decision"),
                text(said, "reason"),
                said.containsKey("acceptable")
                        ? Optional.of(truth(said, "acceptable"))
                        : Optional.empty(),
                said.containsKey("severity")
                        ? Optional.of(one("severity", text(said, "severity"), Severity.class))
                        : Optional.empty(),
                HeldRequests.VALID);
    }

    private static String text(Map<String, Json> said, String field) throws BadCall {
        if (said.get(field) instanceof Json.Str(String text)) {
            return text;
        }
        throw new BadCall(field, "`%s` should be a text".formatted(field));
    }

    private static boolean truth(Map<String, Json> said, String field) throws BadCall {
        if (said.get(field) instanceof Json.Bool(boolean value)) {
            return value;
        }
        throw new BadCall(field, "`%s` should be true or false".formatted(field));
    }
}

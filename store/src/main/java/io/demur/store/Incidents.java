package io.demur.store;

import static io.demur.store.Tables.ABOUT;
import static io.demur.store.Tables.AROUND;
import static io.demur.store.Tables.CREATED;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.REFUSED;
import static io.demur.store.Tables.REQUEST_PRINT;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.SUBJECT_ID;

import io.demur.record.entry.RouteAround;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The cases of what was refused and came again. What is written of one, the entry that waits for
 * the log and the mark that the request was compared are in one transaction, so that nothing is
 * done twice or lost. Safe for use by several threads and processes; none of the threads virtual.
 */
public final class Incidents {

    /** How many later requests a case names. */
    public static final int NAMED_MAX = 16;

    /** Cases of one request that are looked at. */
    private static final int OVERTURNED_MAX = 1_000;

    private final Store store;
    private final PendingEntries entries;

    public Incidents(Store store, InstantSource clock) {
        this.store = store;
        entries = new PendingEntries(store, clock);
    }

    /**
     * A later request that is like a refused one.
     *
     * @param later its attempt, of which a print is kept
     * @param refused the attempt that it is like
     * @param at when the later one came
     * @param fresh the id of a new case, which is the same whenever it is made of the two
     * @param goesOn how long after its first request a case takes in more of them
     * @param asked whether anybody is to decide of it; otherwise it only stands there
     */
    public record Found(
            String later,
            String refused,
            Instant at,
            String fresh,
            Duration goesOn,
            boolean asked) {}

    /** A case, and the entry that tells of the later request. */
    public record Telling(ReviewCase fresh, RouteAround entry) {}

    /**
     * Opens a case, or adds to the one that goes on. Of a request that was compared already, or of
     * which nothing is kept any more, it opens none; but where its case says that it still goes on,
     * that now says what became of it.
     *
     * @param telling by the id that the case has
     * @return the id of the case, where anything was done
     */
    public Optional<String> open(Found found, Function<String, Telling> telling)
            throws StoreFailed {
        return store.change(
                db -> {
                    if (!RequestPrints.compared(db, found.later())) {
                        complete(db, found.later(), telling);
                        return Optional.<String>empty();
                    }
                    String id =
                            RequestPrints.reserve(
                                    db,
                                    found.later(),
                                    found.refused(),
                                    found.fresh(),
                                    Micros.of(found.at()),
                                    found.goesOn());
                    Telling told = telling.apply(id);
                    Optional<ReviewCase> there = CaseRows.find(db, id);
                    if (there.isPresent()) {
                        add(db, there.get(), told);
                    } else {
                        boolean opened = Cases.open(db, entries, told.fresh(), List.of());
                        assert opened;
                        if (!found.asked()) {
                            db.update(REVIEW_CASE)
                                    .set(STATE, State.WITHDRAWN.name())
                                    .where(ID.eq(id))
                                    .execute();
                        }
                    }
                    entries.add(db, "%s-%s".formatted(id, found.later()), told.entry());
                    return Optional.of(id);
                });
    }

    /** The end of a request of which somebody else took note while it went on. */
    private static void complete(DSLContext db, String later, Function<String, Telling> telling) {
        Optional<ReviewCase> there =
                RequestPrints.caseOf(db, later).flatMap(id -> CaseRows.find(db, id));
        if (there.isEmpty()) {
            return;
        }
        ReviewCase of = there.get();
        Json.Obj told = telling.apply(of.id()).fresh().about();
        TreeMap<String, Json> about = new TreeMap<>(of.about().fields());
        if (of.attempt().filter(later::equals).isPresent()) {
            about.putAll(ended(of.about(), told).fields());
        }
        if (about.get("later") instanceof Json.Arr named) {
            List<Json> ended = new ArrayList<>();
            for (Json each : named.items()) {
                boolean its = each instanceof Json.Obj one && is(one, "attempt", later);
                ended.add(its ? ended((Json.Obj) each, told) : each);
            }
            about.put("later", new Json.Arr(ended));
        }
        save(db, of.id(), about);
    }

    private static boolean is(Json.Obj of, String name, String text) {
        return new Json.Str(text).equals(of.fields().get(name));
    }

    private static Json.Obj ended(Json.Obj open, Json.Obj told) {
        TreeMap<String, Json> ended = new TreeMap<>(open.fields());
        Json became = told.fields().get("became");
        if (became != null && is(open, "became", "open")) {
            ended.put("became", became);
        }
        return new Json.Obj(ended);
    }

    private static void save(DSLContext db, String id, SortedMap<String, Json> about) {
        db.update(REVIEW_CASE)
                .set(ABOUT, Canonical.text(new Json.Obj(about)))
                .where(ID.eq(id))
                .execute();
    }

    /** Counts one more, and names it. The version stays: whoever is at work on it is not told. */
    private static void add(DSLContext db, ReviewCase there, Telling told) {
        TreeMap<String, Json> about = new TreeMap<>(there.about().fields());
        long count = about.get("count") instanceof Json.Whole whole ? whole.number() : 1;
        about.put("count", new Json.Whole(count + 1));
        about.put("last_at", new Json.Str(told.entry().at().toString()));
        List<Json> later = new ArrayList<>();
        if (about.get("later") instanceof Json.Arr named) {
            later.addAll(named.items());
        }
        if (later.size() < NAMED_MAX
                && told.fresh().about().fields().get("later") instanceof Json.Arr its) {
            later.addAll(its.items());
        }
        about.put("later", new Json.Arr(later));
        save(db, there.id(), about);
    }

    /**
     * Whether a case takes in more, decided or not; but not one of which nobody was asked: what
     * comes then may be another thing.
     */
    static boolean takesMore(DSLContext db, String id) {
        return !db.fetchExists(
                db.selectFrom(REVIEW_CASE).where(ID.eq(id), STATE.eq(State.WITHDRAWN.name())));
    }

    /** One of them. */
    public Optional<ReviewCase> find(String id) throws StoreFailed {
        return store.read(db -> CaseRows.find(db, id).filter(it -> it.kind() == Kind.INCIDENT));
    }

    /**
     * Some of them, the newest first.
     *
     * @param subject whose later requests they are about; everybody's where it is empty
     * @param since opened from then on
     * @param max so many at most
     */
    public List<ReviewCase> all(
            Optional<String> subject, Optional<Instant> since, Set<State> states, int max)
            throws StoreFailed {
        List<Condition> which = new ArrayList<>();
        which.add(KIND.eq(Kind.INCIDENT.name()));
        which.add(STATE.in(states.stream().map(Enum::name).toList()));
        subject.ifPresent(it -> which.add(SUBJECT_ID.eq(it)));
        since.ifPresent(it -> which.add(CREATED.ge(Micros.of(it))));
        return store.read(db -> CaseRows.newest(db, DSL.and(which), max));
    }

    /**
     * Whether a person has found a refusal wrong: by an appeal, by releasing what was held, or by
     * looking at what came again.
     *
     * @param attempt that was refused
     * @param same attempts at which just the same was refused to just them: an appeal against one
     *     of them counts for all
     * @param since from when on cases of what came again are looked at
     */
    public boolean overturned(String attempt, Collection<String> same, Instant since)
            throws StoreFailed {
        Condition looked =
                KIND.eq(Kind.INCIDENT.name())
                        .and(CREATED.ge(Micros.of(since)))
                        .and(ABOUT.contains("\"refused\":\"%s\"".formatted(attempt)));
        Condition released = KIND.eq(Kind.HOLD.name()).and(Tables.ATTEMPT.eq(attempt));
        Condition appealed =
                KIND.eq(Kind.APPEAL.name())
                        .and(Tables.ATTEMPT.eq(attempt).or(Tables.ATTEMPT.in(same)));
        Condition decided = STATE.eq(State.DECIDED.name());
        return store.<Boolean>read(
                db ->
                        CaseRows.all(
                                        db,
                                        decided.and(DSL.or(looked, released, appealed)),
                                        OVERTURNED_MAX)
                                .stream()
                                .anyMatch(Incidents::isOverturned));
    }

    /**
     * The attempts that were kept back of a subject only because of a refused request, and an
     * appeal against which was upheld. They are asked for by what was upheld, which is little,
     * however often it was asked.
     *
     * @param refused the attempt that was refused
     */
    public List<String> upheld(String refused, String subject) throws StoreFailed {
        Condition carried =
                AROUND.eq(refused)
                        .and(SUBJECT_ID.eq(subject))
                        .and(REFUSED.gt(RequestPrint.Kind.REFUSED.kept()));
        Condition appealed =
                KIND.eq(Kind.APPEAL.name())
                        .and(STATE.eq(State.DECIDED.name()))
                        .and(
                                Tables.ATTEMPT.in(
                                        DSL.select(Tables.ATTEMPT)
                                                .from(REQUEST_PRINT)
                                                .where(carried)));
        return store.read(
                db ->
                        CaseRows.all(db, appealed, OVERTURNED_MAX).stream()
                                .filter(Incidents::isOverturned)
                                .flatMap(it -> it.attempt().stream())
                                .toList());
    }

    private static boolean isOverturned(ReviewCase decided) {
        String wrong = decided.kind() == Kind.HOLD ? "release" : "overturn";
        return !decided.said().isEmpty() && decided.said().getLast().decision().equals(wrong);
    }
}

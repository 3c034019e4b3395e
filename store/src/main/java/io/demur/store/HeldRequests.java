package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CREATED;
import static io.demur.store.Tables.DECIDED;
import static io.demur.store.Tables.DIGEST;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.HELD_REQUEST;
import static io.demur.store.Tables.LEGAL_HOLD;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.PRINCIPAL;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.PROTOCOL;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.RULES;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.UNTIL;
import static io.demur.store.Tables.USED_BY;

import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.store.HeldRequest.Said;
import io.demur.store.HeldRequest.State;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Requests that wait for a person. Whoever releases or refuses one says so in the log: a refusal
 * holds at once, a release once the log has it. A release is good for the same request of the same
 * principal, once, and for nothing else; it asks no model.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class HeldRequests implements Pending {

    private static final System.Logger LOGGER = System.getLogger(HeldRequests.class.getName());

    /** How many of one principal may wait: whoever sends thousands is held, and not kept. */
    public static final int WAITING_MAX = 1_000;

    /** How long a release is good for where nobody says otherwise. */
    public static final Duration VALID = Duration.ofDays(1);

    /** How long one can be good for at most. */
    public static final Duration VALID_MAX = Duration.ofDays(30);

    /**
     * How long is waited until whoever has the log has written something into it: longer than what
     * somebody began who is gone keeps others from it.
     */
    public static final Duration PATIENCE = LogQueue.CLAIM.plusSeconds(5);

    private static final Duration LOOKS = Duration.ofMillis(50);

    /** Whoever had the log may be gone, so that it can be written here. */
    private static final int TRIES_EVERY = 20;

    private final Store store;
    private final InstantSource clock;
    private final PendingEntries entries;
    private final Duration patience;

    public HeldRequests(Store store, InstantSource clock) {
        this(store, clock, PATIENCE);
    }

    /** The same, and waits so long for the log. */
    HeldRequests(Store store, InstantSource clock, Duration patience) {
        this.store = store;
        this.clock = clock;
        this.patience = patience;
        entries = new PendingEntries(store, clock);
    }

    /** Who decides, and why. */
    public record By(String who, String reason) {}

    /**
     * Keeps one. It is on disk when this returns.
     *
     * @param request whose state is not looked at: it waits
     * @return whether it was kept; not where too many of the principal wait already, or where the
     *     principal was erased
     */
    public boolean open(HeldRequest request) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.<Boolean>change(
                db -> {
                    int waiting =
                            db.fetchCount(
                                    db.selectFrom(HELD_REQUEST)
                                            .where(
                                                    PRINCIPAL.eq(request.principal()),
                                                    STATE.eq(State.WAITING.name()),
                                                    EXPIRES.gt(now)));
                    if (waiting >= WAITING_MAX || !Subjects.lock(db, request.principal(), false)) {
                        return false;
                    }
                    db.insertInto(HELD_REQUEST)
                            .set(ATTEMPT, request.attempt())
                            .set(PRINCIPAL, request.principal())
                            .set(PROJECT, request.project().orElse(null))
                            .set(MODEL, request.model())
                            .set(PROTOCOL, request.protocol())
                            .set(DIGEST, request.digest())
                            .set(RULES, String.join("\n", request.rules()))
                            .set(HAZARD, request.hazard().orElse(null))
                            .set(CREATED, Micros.of(request.created()))
                            .set(EXPIRES, Micros.of(request.expires()))
                            .set(STATE, State.WAITING.name())
                            .onConflict(ATTEMPT)
                            .doNothing()
                            .execute();
                    return true;
                });
    }

    /**
     * What became of a request: what a person has refused before what one has released, that before
     * what waits, and what is over where there is nothing else.
     */
    public Optional<HeldRequest> same(String principal, String digest) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.read(
                db ->
                        db
                                .selectFrom(HELD_REQUEST)
                                .where(PRINCIPAL.eq(principal), DIGEST.eq(digest))
                                .orderBy(CREATED.desc(), ATTEMPT.desc())
                                .fetch(row -> request(row, now))
                                .stream()
                                .min(Comparator.comparingInt(it -> rank(it.state()))));
    }

    /**
     * Of whom anything is held by a rule that begins so, and is not over.
     *
     * @param rule how the decisive one begins
     */
    public Set<String> principals(String rule) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.read(
                db ->
                        Set.copyOf(
                                db.selectDistinct(PRINCIPAL)
                                        .from(HELD_REQUEST)
                                        .where(
                                                STATE.in(
                                                        State.WAITING.name(),
                                                        State.RELEASING.name(),
                                                        State.REFUSED.name()),
                                                EXPIRES.gt(now),
                                                RULES.startsWith(rule))
                                        .fetch(PRINCIPAL)));
    }

    private static int rank(State state) {
        return switch (state) {
            case REFUSED -> 0;
            case RELEASED -> 1;
            case WAITING, RELEASING -> 2;
            case USED, EXPIRED -> 3;
        };
    }

    /** One of them. */
    public Optional<HeldRequest> find(String attempt) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.read(db -> find(db, attempt, now));
    }

    static Optional<HeldRequest> find(DSLContext db, String attempt, long now) {
        return db.selectFrom(HELD_REQUEST)
                .where(ATTEMPT.eq(attempt))
                .fetchOptional(row -> request(row, now));
    }

    /**
     * All of them, the oldest first.
     *
     * @param waiting only those that somebody has yet to look at
     */
    public List<HeldRequest> all(boolean waiting) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.read(
                db ->
                        db
                                .selectFrom(HELD_REQUEST)
                                .orderBy(CREATED, ATTEMPT)
                                .fetch(row -> request(row, now))
                                .stream()
                                .filter(it -> !waiting || it.state() == State.WAITING)
                                .toList());
    }

    /**
     * Makes use of a release, for one attempt and no other.
     *
     * @return whether that was possible
     */
    public boolean use(String attempt, String by) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.<Boolean>change(
                db ->
                        db.update(HELD_REQUEST)
                                        .set(STATE, State.USED.name())
                                        .set(USED_BY, by)
                                        .where(
                                                ATTEMPT.eq(attempt),
                                                UNTIL.gt(now),
                                                // the writer may do it twice
                                                STATE.eq(State.RELEASED.name()).or(USED_BY.eq(by)))
                                        .execute()
                                > 0);
    }

    /**
     * Releases a request, for a time: it holds once the log has it.
     *
     * @throws StoreRefused where nobody has to decide of it any more
     */
    public void release(String attempt, By by, Duration valid) throws StoreFailed, StoreRefused {
        if (!valid.isPositive() || valid.compareTo(VALID_MAX) > 0) {
            throw new StoreRefused(
                    "a release is good for more than nothing and at most %s days, not for `%s`"
                            .formatted(VALID_MAX.toDays(), valid));
        }
        Instant at = clock.instant();
        store.write(decision(attempt, by, at, State.RELEASING, Optional.of(at.plus(valid))));
    }

    /**
     * Refuses a request, at once; also one that was released and not asked again yet.
     *
     * @throws StoreRefused where it is over
     */
    public void refuse(String attempt, By by) throws StoreFailed, StoreRefused {
        store.write(decision(attempt, by, clock.instant(), State.REFUSED, Optional.empty()));
    }

    /** What is decided, as the writer does it; the second time changes nothing. */
    Work<Integer> decision(String attempt, By by, Instant at, State next, Optional<Instant> until) {
        String decision = next == State.REFUSED ? "refuse" : "release";
        long now = Micros.of(at);
        String id = HeldCases.id(attempt);
        String pending = UUID.randomUUID().toString();
        return db -> {
            HeldRequest there =
                    find(db, attempt, now)
                            .orElseThrow(
                                    () ->
                                            new StoreRefused(
                                                    "there is no held request `%s`; `demur"
                                                                    .formatted(attempt)
                                                            + " holds list` has them"));
            if (isDone(there, by, now, next)) {
                return 1;
            }
            if (!decidable(there.state(), next)) {
                throw new StoreRefused(
                        "`%s` is %s: nobody has to decide of it any more"
                                .formatted(attempt, word(there.state())));
            }
            int decided =
                    db.update(HELD_REQUEST)
                            .set(STATE, next.name())
                            .set(DECIDED, Micros.of(at))
                            .set(REVIEWER, by.who())
                            .set(REASON, by.reason())
                            .set(UNTIL, until.map(Micros::of).orElse(null))
                            // somebody else may have decided since it was read
                            .where(ATTEMPT.eq(attempt), STATE.eq(there.state().name()))
                            .execute();
            if (decided == 0) {
                throw new StoreRefused("`%s` was decided just now".formatted(attempt));
            }
            entries.add(
                    db,
                    pending,
                    new Review(at, id, attempt, by.who(), decision, by.reason(), false));
            HeldCases.decided(db, there, said(by, decision, at));
            return decided;
        };
    }

    private static ReviewCase.Said said(By by, String decision, Instant at) {
        return new ReviewCase.Said(
                by.who(), decision, by.reason(), Optional.empty(), Optional.empty(), at);
    }

    /** Whether just this was decided: a commit that nobody answered was made all the same. */
    private static boolean isDone(HeldRequest there, By by, long now, State next) {
        return (there.state() == State.REFUSED) == (next == State.REFUSED)
                && there.decided()
                        .filter(said -> Micros.of(said.at()) == now)
                        .filter(said -> new By(said.reviewer(), said.reason()).equals(by))
                        .isPresent();
    }

    private static boolean decidable(State state, State next) {
        return switch (state) {
            case WAITING -> true;
            case RELEASING, RELEASED -> next == State.REFUSED;
            case REFUSED, USED, EXPIRED -> false;
        };
    }

    /** A state as people read it. */
    public static String word(State state) {
        return switch (state) {
            case WAITING, RELEASING -> "waiting";
            case RELEASED -> "released";
            case REFUSED -> "refused";
            case USED -> "used";
            case EXPIRED -> "expired";
        };
    }

    /**
     * The log has what a person decided. What was refused in it was refused, whatever is here, but
     * where something was decided behind it, as on appeal.
     */
    static void reviewed(DSLContext db, Review review) {
        boolean released = review.decision().equals("release");
        boolean refused = review.decision().equals("refuse") && !HeldCases.isOvertaken(db, review);
        if (released || refused) {
            State next = released ? State.RELEASED : State.REFUSED;
            Condition before =
                    released
                            ? STATE.eq(State.RELEASING.name())
                            : STATE.in(
                                    State.WAITING.name(),
                                    State.RELEASING.name(),
                                    State.RELEASED.name());
            db.update(HELD_REQUEST)
                    .set(STATE, next.name())
                    .where(ATTEMPT.eq(review.attempt()), before)
                    .execute();
        }
    }

    /**
     * Shows what was asked, after the log says that it was shown; while another process has the
     * log, after that one has written it.
     *
     * @return nothing where nothing is kept of it
     */
    public Optional<byte[]> show(Bodies bodies, String attempt, By by, EntryWriter log)
            throws StoreFailed, StoreRefused, IOException {
        return bodies.read(attempt, "request", by.who(), by.reason(), entry -> write(entry, log));
    }

    /**
     * Gives an entry to whoever has the log, and returns once it is there. Where it fails, the
     * entry is taken back, unless somebody is writing it already.
     */
    public void write(Entry entry, EntryWriter log) throws IOException {
        String id = UUID.randomUUID().toString();
        try {
            store.change(
                    db -> {
                        entries.add(db, id, entry);
                        return id;
                    });
            List<String> one = List.of(id);
            if (!settled(log, one) && (entries.withdraw(id) || entries.hasAny(one))) {
                throw new IOException("nobody who has the log has written this into it");
            }
        } catch (StoreFailed e) {
            throw new IOException(e.getMessage(), withdrawn(id, e));
        }
    }

    private StoreFailed withdrawn(String id, StoreFailed e) {
        try {
            boolean unused = entries.withdraw(id);
        } catch (StoreFailed there) {
            e.addSuppressed(there);
        }
        return e;
    }

    /**
     * Sees to it that what waits now is in the log: writes it there, or waits some seconds until
     * whoever has the log does. What others add meanwhile is not waited for.
     *
     * @return whether it is
     */
    public boolean settle(EntryWriter log) throws StoreFailed {
        return settled(log, entries.ids());
    }

    private boolean settled(EntryWriter log, List<String> ids) throws StoreFailed {
        long end = System.nanoTime() + patience.toNanos();
        for (int look = 0; entries.hasAny(ids) && System.nanoTime() - end < 0; look++) {
            if (look % TRIES_EVERY == 0) {
                tried(log);
            } else if (!paused()) {
                break;
            }
        }
        return !entries.hasAny(ids);
    }

    /** Whoever has the log may have begun already, so that there is nothing to write here. */
    private void tried(EntryWriter log) throws StoreFailed {
        try {
            int written = publish(log);
            assert written >= 0;
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "another process has the log: {0}", e.getMessage());
        }
    }

    private static boolean paused() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOKS.toNanos());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public int publish(EntryWriter log) throws StoreFailed, IOException {
        return entries.publish(log);
    }

    @Override
    public int pending() throws StoreFailed {
        return entries.pending();
    }

    /**
     * An attempt has ended. Where it made use of a release and the process was killed before it had
     * an outcome, nobody got a whole answer: at most what a stream had shown of it by then. The
     * release is good again for as long as it was.
     */
    static void ended(DSLContext db, Outcome outcome) {
        if (outcome.reason().filter(Trail.CRASH::equals).isPresent()) {
            db.update(HELD_REQUEST)
                    .set(STATE, State.RELEASED.name())
                    .setNull(USED_BY)
                    .where(USED_BY.eq(outcome.attempt()), STATE.eq(State.USED.name()))
                    .execute();
        }
    }

    /** Forgets those of a principal. */
    static void forget(DSLContext db, String principal) {
        db.deleteFrom(HELD_REQUEST).where(PRINCIPAL.eq(principal)).execute();
    }

    /** Forgets those that are over, unless somebody has a duty to keep what is the principal's. */
    static int sweep(DSLContext db, Instant now) {
        long micros = Micros.of(now);
        return db.deleteFrom(HELD_REQUEST)
                .where(
                        EXPIRES.le(micros),
                        UNTIL.isNull().or(UNTIL.le(micros)),
                        PRINCIPAL.notIn(
                                DSL.select(SUBJECT_ID)
                                        .from(LEGAL_HOLD)
                                        .where(Holds.active(micros))))
                .execute();
    }

    static HeldRequest request(Record row, long now) {
        State state = State.valueOf(row.get(STATE));
        Optional<Instant> until = Optional.ofNullable(row.get(UNTIL)).map(Micros::at);
        boolean over =
                switch (state) {
                    case WAITING, REFUSED -> row.get(EXPIRES) <= now;
                    case RELEASING, RELEASED -> row.get(UNTIL) <= now;
                    case USED, EXPIRED -> false;
                };
        String rules = row.get(RULES);
        return new HeldRequest(
                row.get(ATTEMPT),
                row.get(PRINCIPAL),
                Optional.ofNullable(row.get(PROJECT)),
                row.get(MODEL),
                row.get(PROTOCOL),
                row.get(DIGEST),
                rules.isEmpty() ? List.of() : List.of(rules.split("\n", -1)),
                Optional.ofNullable(row.get(HAZARD)),
                Micros.at(row.get(CREATED)),
                Micros.at(row.get(EXPIRES)),
                over ? State.EXPIRED : state,
                Optional.ofNullable(row.get(DECIDED))
                        .map(
                                at ->
                                        new Said(
                                                Micros.at(at),
                                                row.get(REVIEWER),
                                                row.get(REASON),
                                                until)),
                Optional.ofNullable(row.get(USED_BY)));
    }
}

package io.demur.store;

import static io.demur.store.Tables.AROUND;
import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASED;
import static io.demur.store.Tables.CASE_ID;
import static io.demur.store.Tables.COMPARED;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.REFUSED;
import static io.demur.store.Tables.REQUEST_PRINT;
import static io.demur.store.Tables.SEALED;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.WRITER;
import static io.demur.store.Tables.WRITTEN;

import static java.util.Objects.requireNonNull;

import io.demur.store.RequestPrint.Kind;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SortField;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is left of requests that were refused, and of later ones of whoever was refused something:
 * sealed by the key of whose they are. They go when their time is over, when there are too many,
 * and with the subject. Several gateways share them: each takes in what the others wrote.
 *
 * <p>Safe for use by several threads and processes; none of the threads virtual.
 */
public final class RequestPrints {

    private static final String PART = "print";

    /** Behind it comes whether it was compared: what was stays so. */
    private static final String KEEP =
            "INSERT INTO request_print (attempt, subject, sealed, refused, compared, writer,"
                    + " written, micros, expires, around) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (attempt) DO UPDATE"
                    + " SET sealed = ?, refused = ?, written = ?,"
                    + " around = COALESCE(excluded.around, request_print.around), compared = ";

    private final Store store;
    private final Sealed seals;
    private final InstantSource clock;
    private final String writer;
    private final PrintRoom room;

    /**
     * Those of a store, for one process.
     *
     * @param writer tells what this process writes from what others do
     */
    public RequestPrints(
            Store store,
            Subjects subjects,
            SecureRandom random,
            InstantSource clock,
            String writer) {
        this(store, subjects, random, clock, writer, PrintRoom.USUAL);
    }

    RequestPrints(
            Store store,
            Subjects subjects,
            SecureRandom random,
            InstantSource clock,
            String writer,
            PrintRoom room) {
        this.room = room;
        this.store = store;
        seals = new Sealed(subjects, random);
        this.clock = clock;
        this.writer = writer;
    }

    /**
     * Keeps one, in the place of an earlier one of the same attempt; it is on disk when this
     * returns. Nothing is kept of who is being erased.
     *
     * @return whether it was kept
     */
    public boolean keep(RequestPrint print) throws StoreFailed, StoreRefused {
        return store.<Boolean>write(db -> keep(db, print));
    }

    /**
     * The same, in one transaction with a body of the same subject.
     *
     * @return whether this was kept; the body is, in any case
     */
    public boolean keep(RequestPrint print, Bodies.Ready body) throws StoreFailed, StoreRefused {
        return store.<Boolean>write(
                db -> {
                    int written = body.write(db);
                    assert written == 1;
                    return keep(db, print);
                });
    }

    private boolean keep(DSLContext db, RequestPrint print) throws StoreRefused {
        String subject = print.subject();
        if (!Subjects.lock(db, subject, false)) {
            return false;
        }
        Optional<byte[]> sealed = seals.seal(db, subject, print.attempt(), PART, print.what());
        if (sealed.isEmpty()) {
            return false;
        }
        long refused = print.kind().kept();
        long compared = print.compared() ? 1 : 0;
        long now = Micros.of(clock.instant());
        int written =
                Direct.change(
                        db,
                        KEEP + (print.compared() ? "1" : "request_print.compared"),
                        print.attempt(),
                        subject,
                        sealed.get(),
                        refused,
                        compared,
                        writer,
                        now,
                        Micros.of(print.at()),
                        Micros.of(print.expires()),
                        print.around().orElse(null),
                        sealed.get(),
                        refused,
                        now);
        assert written == 1;
        room.make(db, subject, print.kind());
        return true;
    }

    /**
     * Keeps one of a request that came after a refused one and is like it, and says to which case
     * that belongs: to the one that the same principal has of the refused request, for as long as
     * that goes on, and otherwise to a new one. Nothing is opened by this.
     *
     * @param later the one that came after
     * @param refused the attempt that it is like
     * @param fresh the id of a new case
     * @param goesOn how long after its first request a case takes in more of them
     * @return nothing where nothing is kept of who is being erased
     */
    public Optional<String> reserve(
            RequestPrint later, String refused, String fresh, Duration goesOn)
            throws StoreFailed, StoreRefused {
        return store.write(
                db ->
                        keep(db, later)
                                ? Optional.of(
                                        reserve(
                                                db,
                                                later.attempt(),
                                                refused,
                                                fresh,
                                                Micros.of(later.at()),
                                                goesOn))
                                : Optional.<String>empty());
    }

    /** The same within somebody's transaction, of a row that is there. */
    static String reserve(
            DSLContext db, String later, String refused, String fresh, long now, Duration goesOn) {
        // whoever does the same for another request waits here, where the database can do both
        db.update(REQUEST_PRINT).set(CASE_ID, CASE_ID).where(ATTEMPT.eq(refused)).execute();
        Optional<String> reserved = caseOf(db, later);
        if (reserved.isPresent()) {
            return reserved.get();
        }
        String subject =
                requireNonNull(
                        db.select(SUBJECT_ID)
                                .from(REQUEST_PRINT)
                                .where(ATTEMPT.eq(later))
                                .fetchOne(SUBJECT_ID));
        Condition ofRefused = ATTEMPT.eq(refused).or(AROUND.eq(refused));
        Condition goingOn = CASED.ge(now - goesOn.toNanos() / 1_000);
        CaseOf of =
                caseOf(db, SUBJECT_ID.eq(subject).and(ofRefused).and(goingOn))
                        .filter(it -> Incidents.takesMore(db, it.id()))
                        .orElseGet(() -> new CaseOf(fresh, now));
        db.update(REQUEST_PRINT)
                .set(CASE_ID, of.id())
                .set(CASED, of.micros())
                .set(AROUND, refused)
                .where(ATTEMPT.eq(later))
                .execute();
        db.update(REQUEST_PRINT)
                .set(CASE_ID, of.id())
                .set(CASED, of.micros())
                .where(ATTEMPT.eq(refused), SUBJECT_ID.eq(subject))
                .execute();
        return of.id();
    }

    private record CaseOf(String id, long micros) {}

    private static Optional<CaseOf> caseOf(DSLContext db, Condition which) {
        return db.select(CASE_ID, CASED)
                .from(REQUEST_PRINT)
                .where(which, CASE_ID.isNotNull())
                .orderBy(CASED.desc())
                .limit(1)
                .fetchOptional(row -> new CaseOf(row.get(CASE_ID), row.get(CASED)));
    }

    /** The case to which one belongs. */
    static Optional<String> caseOf(DSLContext db, String attempt) {
        return caseOf(db, ATTEMPT.eq(attempt)).map(CaseOf::id);
    }

    /** Takes note that some were compared, and are like nothing that was refused. */
    public void compared(Collection<String> attempts) throws StoreFailed {
        long noted =
                store.<Long>change(
                        db -> attempts.stream().filter(attempt -> compared(db, attempt)).count());
        assert noted >= 0;
    }

    /** The same within somebody's transaction; whether it was there and had not been. */
    static boolean compared(DSLContext db, String attempt) {
        return Direct.change(
                        db,
                        "UPDATE request_print SET compared = 1 WHERE attempt = ? AND compared = 0",
                        attempt)
                > 0;
    }

    /** One of them. */
    public Optional<RequestPrint> find(String attempt) throws StoreFailed {
        return some(ATTEMPT.eq(attempt), MICROS.desc(), 1).stream().findFirst();
    }

    /** Hands out all that were refused, and holds but few of them at once. */
    public void refused(Consumer<RequestPrint> to) throws StoreFailed {
        each(REFUSED.eq(Kind.REFUSED.kept()), to);
    }

    /** The same of those that other processes have written from a time on. */
    public void elsewhere(Instant from, Consumer<RequestPrint> to) throws StoreFailed {
        each(
                REFUSED.eq(Kind.REFUSED.kept())
                        .and(WRITER.ne(writer))
                        .and(WRITTEN.ge(Micros.of(from))),
                to);
    }

    /** Whether other processes have written anything from a time on. */
    public boolean isWrittenElsewhere(Instant from) throws StoreFailed {
        return store.<Boolean>read(
                db ->
                        db.fetchExists(
                                db.selectFrom(REQUEST_PRINT)
                                        .where(WRITTEN.ge(Micros.of(from)), WRITER.ne(writer))));
    }

    /** Page by page, each from where the one before it ended. */
    private void each(Condition which, Consumer<RequestPrint> to) throws StoreFailed {
        Optional<String> from = Optional.of("");
        while (from.isPresent()) {
            Condition these = which.and(ATTEMPT.gt(from.get()));
            List<RequestPrint> page = new ArrayList<>();
            from = store.read(db -> page(db, these, page));
            page.forEach(to);
        }
    }

    /** Adds a page, and says where the next begins; nothing where this one is the last. */
    private Optional<String> page(DSLContext db, Condition these, List<RequestPrint> to) {
        List<Record> rows =
                List.copyOf(
                        db.selectFrom(REQUEST_PRINT)
                                .where(these, EXPIRES.gt(Micros.of(clock.instant())))
                                .orderBy(ATTEMPT)
                                .limit(room.page())
                                .fetch());
        rows.forEach(row -> opened(db, row).ifPresent(to::add));
        return rows.size() < room.page()
                ? Optional.empty()
                : Optional.of(rows.getLast().get(ATTEMPT));
    }

    /** Those that nobody has compared, and that were written before a time; the oldest first. */
    public List<RequestPrint> uncompared(Instant before, int max) throws StoreFailed {
        return some(COMPARED.eq(0L).and(WRITTEN.lt(Micros.of(before))), WRITTEN.asc(), max);
    }

    /**
     * What a subject sent or was refused before a time, the oldest first; the last so many. What
     * only repeats another is not among them.
     */
    public List<RequestPrint> before(String subject, Instant before, int max) throws StoreFailed {
        Condition theirs = SUBJECT_ID.eq(subject).and(MICROS.lt(Micros.of(before)));
        Condition once = REFUSED.ne(Kind.REPEATED.kept());
        return reversed(some(theirs.and(once), MICROS.desc(), max));
    }

    /** Those of whom anything is kept. */
    public Set<String> subjects() throws StoreFailed {
        return store.read(
                db ->
                        Set.copyOf(
                                db.selectDistinct(SUBJECT_ID)
                                        .from(REQUEST_PRINT)
                                        .fetch(SUBJECT_ID)));
    }

    private static List<RequestPrint> reversed(List<RequestPrint> prints) {
        List<RequestPrint> other = new ArrayList<>(prints);
        Collections.reverse(other);
        return List.copyOf(other);
    }

    /** What cannot be opened any more is left out, and so is what is over. */
    private List<RequestPrint> some(Condition which, SortField<?> order, int max)
            throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.read(
                db -> {
                    List<RequestPrint> found = new ArrayList<>();
                    db.selectFrom(REQUEST_PRINT)
                            .where(which, EXPIRES.gt(now))
                            .orderBy(order, ATTEMPT)
                            .limit(max)
                            .forEach(row -> opened(db, row).ifPresent(found::add));
                    return List.copyOf(found);
                });
    }

    private Optional<RequestPrint> opened(DSLContext db, Record row) {
        return seals.open(db, row.get(SUBJECT_ID), row.get(ATTEMPT), PART, row.get(SEALED))
                .map(
                        what ->
                                new RequestPrint(
                                        row.get(ATTEMPT),
                                        row.get(SUBJECT_ID),
                                        Kind.of(row.get(REFUSED)),
                                        Optional.ofNullable(row.get(AROUND)),
                                        row.get(COMPARED) > 0,
                                        what,
                                        Micros.at(row.get(MICROS)),
                                        Micros.at(row.get(EXPIRES))));
    }

    /** Forgets those whose time is over, and the oldest of too many; how many. */
    public int sweep() throws StoreFailed {
        Instant now = clock.instant();
        return store.<Integer>change(db -> forget(db, now) + PrintRoom.sweep(db));
    }

    /** Forgets those whose time is over, and says how many. */
    static int forget(DSLContext db, Instant now) {
        int asked = AskedPairs.forget(db, now);
        assert asked >= 0;
        return db.deleteFrom(REQUEST_PRINT).where(EXPIRES.le(Micros.of(now))).execute();
    }

    /** Forgets all of a subject. */
    static void forget(DSLContext db, String subject) {
        AskedPairs.forget(db, subject);
        db.deleteFrom(REQUEST_PRINT).where(SUBJECT_ID.eq(subject)).execute();
    }
}

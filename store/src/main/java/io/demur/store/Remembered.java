package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.REFUSAL;
import static io.demur.store.Tables.SEALED;
import static io.demur.store.Tables.SUBJECT_ID;

import io.demur.core.memory.Bounds;
import io.demur.core.memory.Trace;

import org.jooq.DSLContext;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway remembers of its refusals, for the next one: traces, which hold keyed hashes and
 * no word, sealed by the key of whom they were refused to. They go when their time is over, when
 * there are too many of a subject, and with the subject.
 *
 * <p>Safe for use by several threads and processes; none of the threads virtual.
 */
public final class Remembered {

    private static final String PART = "refusal";

    /** Of one subject: more are forgotten in memory, too. */
    private static final int SUBJECT_MAX = Bounds.USUAL.perPrincipalMax();

    /** Of all: what memory has room for. */
    private static final int ALL_MAX = 100_000;

    private final Store store;
    private final Sealed seals;
    private final InstantSource clock;

    public Remembered(Store store, Subjects subjects, SecureRandom random, InstantSource clock) {
        this.store = store;
        seals = new Sealed(subjects, random);
        this.clock = clock;
    }

    /**
     * Keeps one, in the place of an earlier one of the same attempt. Nothing is kept of who is
     * being erased.
     *
     * @param subject to whom it was refused, as a pseudonym
     * @param until when its time is over
     */
    public void keep(String subject, Trace trace, Instant until) throws StoreFailed, StoreRefused {
        store.write(
                db -> {
                    if (!Subjects.lock(db, subject, false)) {
                        return 0;
                    }
                    Optional<byte[]> sealed =
                            seals.seal(db, subject, trace.attempt(), PART, trace.bytes());
                    if (sealed.isEmpty()) {
                        return 0;
                    }
                    put(db, subject, trace, sealed.get(), until);
                    return 1;
                });
    }

    private void put(DSLContext db, String subject, Trace trace, byte[] sealed, Instant until) {
        db.insertInto(REFUSAL)
                .set(ATTEMPT, trace.attempt())
                .set(SUBJECT_ID, subject)
                .set(SEALED, sealed)
                .set(MICROS, Micros.of(trace.at()))
                .set(EXPIRES, Micros.of(until))
                .onConflict(ATTEMPT)
                .doUpdate()
                .set(SEALED, sealed)
                .set(MICROS, Micros.of(trace.at()))
                .set(EXPIRES, Micros.of(until))
                .execute();
        List<String> beyond =
                db.select(ATTEMPT)
                        .from(REFUSAL)
                        .where(SUBJECT_ID.eq(subject))
                        .orderBy(MICROS.desc(), ATTEMPT.desc())
                        .offset(SUBJECT_MAX)
                        .fetch(ATTEMPT);
        if (!beyond.isEmpty()) {
            db.deleteFrom(REFUSAL).where(ATTEMPT.in(beyond)).execute();
        }
    }

    /**
     * All whose time is not over, the oldest first; of very many the newest. What cannot be opened
     * any more is left out. Forgets those whose time is over.
     */
    public List<Trace> all() throws StoreFailed {
        Instant now = clock.instant();
        store.change(db -> forget(db, now));
        List<Trace> traces =
                store.read(
                        db -> {
                            List<Trace> found = new ArrayList<>();
                            db.selectFrom(REFUSAL)
                                    .where(EXPIRES.gt(Micros.of(now)))
                                    .orderBy(MICROS.desc())
                                    .limit(ALL_MAX)
                                    .forEach(
                                            row ->
                                                    seals.open(
                                                                    db,
                                                                    row.get(SUBJECT_ID),
                                                                    row.get(ATTEMPT),
                                                                    PART,
                                                                    row.get(SEALED))
                                                            .map(Trace::of)
                                                            .ifPresent(found::add));
                            return found;
                        });
        traces.sort(Comparator.comparing(Trace::at));
        return List.copyOf(traces);
    }

    /** Forgets those whose time is over, and says how many. */
    static int forget(DSLContext db, Instant now) {
        return db.deleteFrom(REFUSAL).where(EXPIRES.le(Micros.of(now))).execute();
    }

    /** Forgets all of a subject. */
    static void forget(DSLContext db, String subject) {
        db.deleteFrom(REFUSAL).where(SUBJECT_ID.eq(subject)).execute();
    }
}

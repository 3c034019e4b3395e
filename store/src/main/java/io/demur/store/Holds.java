package io.demur.store;

import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.LEGAL_HOLD;
import static io.demur.store.Tables.LIFTED;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.SINCE;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.UNTIL;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Legal holds: what somebody has a duty to keep is neither erased nor swept while one is on it.
 *
 * <p>Safe for use by several threads.
 */
public final class Holds {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Store store;
    private final InstantSource clock;

    public Holds(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One hold.
     *
     * @param subject whose data is kept
     * @param until when it ends by itself
     * @param lifted when somebody ended it
     */
    public record Hold(
            String id,
            String subject,
            String reason,
            Instant since,
            Optional<Instant> until,
            Optional<Instant> lifted) {}

    /**
     * Puts a hold on all of a subject's bodies, those to come included.
     *
     * @param until when it ends by itself; never, where it is empty
     * @return its id
     * @throws StoreRefused where there is no such subject or none any more, where its erasure was
     *     begun, or where the hold would end before it begins
     */
    public String set(String subject, String reason, Optional<Instant> until)
            throws StoreFailed, StoreRefused {
        String id = "hold_" + UUID.randomUUID();
        Instant now = clock.instant();
        if (until.isPresent() && (!until.get().isAfter(now) || until.get().isAfter(LAST))) {
            throw new StoreRefused(
                    "a hold ends after now and before %s, not at `%s`"
                            .formatted(LAST, until.get()));
        }
        return store.write(
                db -> {
                    if (!Subjects.lock(db, subject, true)) {
                        throw new StoreRefused(
                                "there is no subject `%s`, or it is erased".formatted(subject));
                    }
                    Erasure.refuseBegun(db, subject);
                    db.insertInto(LEGAL_HOLD)
                            .set(ID, id)
                            .set(SUBJECT_ID, subject)
                            .set(REASON, reason)
                            .set(SINCE, Micros.of(now))
                            .set(UNTIL, until.map(Micros::of).orElse(null))
                            .onConflict(ID)
                            .doNothing()
                            .execute();
                    return id;
                });
    }

    /**
     * Ends a hold.
     *
     * @throws StoreRefused where there is none of that id, or it has ended
     */
    public void lift(String id) throws StoreFailed, StoreRefused {
        long now = Micros.of(clock.instant());
        AtomicBoolean before = new AtomicBoolean();
        int lifted =
                store.write(
                        db -> {
                            // the writer may do it twice, and then the first time is as good
                            Condition mine = before.get() ? LIFTED.eq(now) : DSL.falseCondition();
                            before.set(true);
                            return db.update(LEGAL_HOLD)
                                    .set(LIFTED, now)
                                    .where(ID.eq(id), active(now).or(mine))
                                    .execute();
                        });
        if (lifted == 0) {
            throw new StoreRefused("there is no hold `%s`, or it has ended".formatted(id));
        }
    }

    /** All holds that there ever were, the oldest first. */
    public List<Hold> all() throws StoreFailed {
        return store.read(
                db ->
                        db.selectFrom(LEGAL_HOLD)
                                .orderBy(SINCE, ID)
                                .fetch(
                                        row ->
                                                new Hold(
                                                        row.get(ID),
                                                        row.get(SUBJECT_ID),
                                                        row.get(REASON),
                                                        Micros.at(row.get(SINCE)),
                                                        Optional.ofNullable(row.get(UNTIL))
                                                                .map(Micros::at),
                                                        Optional.ofNullable(row.get(LIFTED))
                                                                .map(Micros::at))));
    }

    /** The holds on a subject that are on now. */
    static List<String> on(DSLContext db, String subject, Instant now) {
        return db.select(ID)
                .from(LEGAL_HOLD)
                .where(SUBJECT_ID.eq(subject), active(Micros.of(now)))
                .orderBy(SINCE)
                .fetch(ID);
    }

    static Condition active(long now) {
        return LIFTED.isNull().and(UNTIL.isNull().or(UNTIL.gt(now)));
    }
}

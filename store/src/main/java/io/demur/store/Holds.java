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

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Legal holds: what somebody has a duty to keep is neither erased nor swept while one is on it.
 *
 * <p>Safe for use by several threads.
 */
public final class Holds {

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
     * @throws StoreRefused where there is no such subject, or none any more
     */
    public String set(String subject, String reason, Optional<Instant> until)
            throws StoreFailed, StoreRefused {
        String id = "hold_" + UUID.randomUUID();
        return store.write(
                db -> {
                    if (!Subjects.lock(db, subject, store.settings(), true)) {
                        throw new StoreRefused(
                                "there is no subject `%s`, or it is erased".formatted(subject));
                    }
                    db.insertInto(LEGAL_HOLD)
                            .set(ID, id)
                            .set(SUBJECT_ID, subject)
                            .set(REASON, reason)
                            .set(SINCE, Micros.of(clock.instant()))
                            .set(UNTIL, until.map(Micros::of).orElse(null))
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
        int lifted =
                store.write(
                        db ->
                                db.update(LEGAL_HOLD)
                                        .set(LIFTED, now)
                                        .where(ID.eq(id), active(now))
                                        .execute());
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

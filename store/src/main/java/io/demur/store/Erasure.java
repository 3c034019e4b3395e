package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.LEGAL_HOLD;
import static io.demur.store.Tables.PART;
import static io.demur.store.Tables.SUBJECT_ID;

import io.demur.record.entry.Erase;
import io.demur.store.StoreFailed.Kind;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Destroys what is to be forgotten: the log says so first, then it is done. A crash in between is
 * made good by the projection, which does again whatever the log says was erased; a backup that is
 * put back is treated the same way.
 *
 * <p>Safe for use by several threads.
 */
public final class Erasure {

    private static final int BATCH = 1_000;

    private final Store store;
    private final EntryWriter log;
    private final InstantSource clock;

    public Erasure(Store store, EntryWriter log, InstantSource clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Erases subjects, one after the other: their keys, the way from their names to their
     * pseudonyms, and their bodies. What the log holds of them stays and verifies, but nobody can
     * tell any more whose it is or what was said.
     *
     * @param reason a reason code, {@code request} mostly
     * @throws StoreRefused where one is under a legal hold or unknown; those before it are erased
     * @throws StoreFailed with {@link Kind#LOCKED} where they are erased but a reader keeps the
     *     write-ahead log from being emptied
     */
    public void subjects(List<String> subjects, String reason) throws StoreFailed, StoreRefused {
        try {
            for (String subject : subjects) {
                store.writeAlone(db -> subject(db, subject, reason));
            }
        } finally {
            store.scrub();
        }
    }

    private boolean subject(DSLContext db, String subject, String reason)
            throws StoreFailed, StoreRefused {
        if (!Subjects.lock(db, subject, store.settings(), true)) {
            throw new StoreRefused("there is no subject `%s`, or it is erased".formatted(subject));
        }
        List<String> holds = Holds.on(db, subject, clock.instant());
        if (!holds.isEmpty()) {
            throw new StoreRefused(
                    "subject `%s` is under legal hold `%s`; lift it first (`demur store release %s`)"
                            .formatted(subject, holds.get(0), holds.get(0)));
        }
        write(new Erase(clock.instant(), Optional.of(subject), Optional.empty(), reason));
        remove(db, subject);
        return true;
    }

    /**
     * Destroys all bodies whose time is over, those under a legal hold excepted.
     *
     * @return how many
     */
    public long sweep() throws StoreFailed {
        Instant now = clock.instant();
        Condition over = over(now, now);
        boolean any = store.read(db -> db.fetchExists(db.selectFrom(BODY).where(over)));
        if (!any) {
            return 0;
        }
        write(new Erase(now, Optional.empty(), Optional.of(now), "retention"));
        long swept = 0;
        int step;
        do {
            step = store.change(db -> remove(db, over, BATCH));
            swept += step;
        } while (step == BATCH);
        store.scrub();
        return swept;
    }

    /** Does again what an entry of the log says was done. */
    static void again(DSLContext db, Erase erase, Instant now) {
        erase.subject().ifPresent(subject -> remove(db, subject));
        erase.before().ifPresent(before -> remove(db, over(before, now), Integer.MAX_VALUE));
    }

    private void write(Erase entry) throws StoreFailed {
        try {
            log.write(entry);
        } catch (IOException e) {
            throw Failures.failed(
                    Kind.BROKEN,
                    store.settings(),
                    "nothing was erased, because the log could not be written: " + e.getMessage(),
                    e);
        }
    }

    private static void remove(DSLContext db, String subject) {
        db.deleteFrom(BODY).where(SUBJECT_ID.eq(subject)).execute();
        Subjects.forget(db, subject);
    }

    private static int remove(DSLContext db, Condition which, int most) {
        var found = db.select(ATTEMPT, PART).from(BODY).where(which).limit(most).fetch();
        for (var row : found) {
            db.deleteFrom(BODY)
                    .where(ATTEMPT.eq(row.get(ATTEMPT)), PART.eq(row.get(PART)))
                    .execute();
        }
        return found.size();
    }

    private static Condition over(Instant before, Instant now) {
        return EXPIRES.le(Micros.of(before))
                .and(
                        SUBJECT_ID.notIn(
                                DSL.select(SUBJECT_ID)
                                        .from(LEGAL_HOLD)
                                        .where(Holds.active(Micros.of(now)))));
    }
}

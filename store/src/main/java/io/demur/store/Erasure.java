package io.demur.store;

import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.LEGAL_HOLD;
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

    /** How many subjects at a time. */
    private static final int TOGETHER = 100;

    private final Store store;
    private final EntryWriter log;
    private final InstantSource clock;

    public Erasure(Store store, EntryWriter log, InstantSource clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Erases subjects, some hundred at a time: their keys, the way from their names to their
     * pseudonyms, and their bodies. What the log holds of them stays and verifies, but nobody can
     * tell any more whose it is or what was said.
     *
     * @param reason a reason code, {@code request} mostly
     * @throws StoreRefused where one is under a legal hold or unknown; of the hundred that it is
     *     among none is erased, those before them are
     * @throws StoreFailed with {@link Kind#LOCKED} where they are erased but a reader keeps the
     *     write-ahead log from being emptied
     */
    public void subjects(List<String> subjects, String reason) throws StoreFailed, StoreRefused {
        try {
            for (int from = 0; from < subjects.size(); from += TOGETHER) {
                List<String> some =
                        subjects.subList(from, Math.min(subjects.size(), from + TOGETHER));
                store.writeAlone(db -> together(db, some, reason));
            }
        } finally {
            store.scrub();
        }
    }

    private int together(DSLContext db, List<String> subjects, String reason)
            throws StoreFailed, StoreRefused {
        // always in the same order, so that two who do this do not wait for each other
        for (String subject : subjects.stream().sorted().toList()) {
            if (!Subjects.lock(db, subject, store.settings(), true)) {
                throw new StoreRefused(
                        "there is no subject `%s`, or it is erased".formatted(subject));
            }
            List<String> holds = Holds.on(db, subject, clock.instant());
            if (!holds.isEmpty()) {
                throw new StoreRefused(
                        "`%s` is under a legal hold; `demur store release %s` lifts it"
                                .formatted(subject, holds.get(0)));
            }
        }
        for (String subject : subjects) {
            write(new Erase(clock.instant(), Optional.of(subject), Optional.empty(), reason));
            remove(db, subject);
        }
        return subjects.size();
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
            step = store.change(db -> Places.remove(db, over, BATCH));
            swept += step;
        } while (step == BATCH);
        store.scrub();
        return swept;
    }

    /** Does again what an entry of the log says was done. */
    static void again(DSLContext db, Erase erase, Instant now) {
        erase.subject().ifPresent(subject -> remove(db, subject));
        erase.before().ifPresent(before -> Places.remove(db, over(before, now), Integer.MAX_VALUE));
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
        Places.remove(db, SUBJECT_ID.eq(subject), Integer.MAX_VALUE);
        Subjects.forget(db, subject);
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

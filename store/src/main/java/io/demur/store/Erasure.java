package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.BEGAN;
import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.ERASURE;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.LEGAL_HOLD;
import static io.demur.store.Tables.PART;
import static io.demur.store.Tables.SUBJECT_ID;

import io.demur.record.entry.Entry;
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
import java.util.UUID;

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
     * <p>That it was begun is on disk before the log is told, so that nobody is promised a legal
     * hold in between. Where the log fails, those that it has are erased, and the one at which it
     * failed stays begun: whether its entry is there only a reader of the log can tell. Erasing it
     * again finishes it.
     *
     * @param reason a reason code, {@code request} mostly
     * @throws StoreRefused where one is under a legal hold or unknown; of the hundred that it is
     *     among none is erased, those before them are
     * @throws StoreFailed where the log or the store failed; the message says how many were erased.
     *     With {@link Kind#LOCKED} they are erased, but a reader keeps the write-ahead log from
     *     being emptied
     */
    public void subjects(List<String> subjects, String reason) throws StoreFailed, StoreRefused {
        List<String> all = subjects.stream().distinct().toList();
        try {
            for (int from = 0; from < all.size(); from += TOGETHER) {
                // always in the same order, so that two who do this do not wait for each other
                List<String> some =
                        all.subList(from, Math.min(all.size(), from + TOGETHER)).stream()
                                .sorted()
                                .toList();
                together(some, reason, from, all.size());
            }
        } catch (StoreFailed | StoreRefused | RuntimeException | Error e) {
            try {
                store.scrub();
            } catch (StoreFailed unscrubbed) {
                e.addSuppressed(unscrubbed);
            }
            throw e;
        }
        store.scrub();
    }

    private void together(List<String> subjects, String reason, int before, int all)
            throws StoreFailed, StoreRefused {
        String run = UUID.randomUUID().toString();
        store.write(db -> begin(db, run, subjects));
        int written = 0;
        Optional<IOException> failure = Optional.empty();
        while (written < subjects.size() && failure.isEmpty()) {
            try {
                log.write(
                        new Erase(
                                clock.instant(),
                                Optional.of(subjects.get(written)),
                                Optional.empty(),
                                reason));
                written++;
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
        finish(run, subjects, written, failure);
        if (failure.isPresent()) {
            throw Failures.failed(
                    Kind.BROKEN,
                    store.settings(),
                    "%s of %s were erased, then the log could not be written: %s; whether `%s` is"
                                    .formatted(
                                            before + written,
                                            all,
                                            failure.get().getMessage(),
                                            subjects.get(written))
                            + " in it is not known: erase it again",
                    failure.get());
        }
    }

    /** Notes that they are being erased, unless one is unknown or under a hold. */
    private int begin(DSLContext db, String run, List<String> subjects) throws StoreRefused {
        long now = Micros.of(clock.instant());
        for (String subject : subjects) {
            if (!Subjects.lock(db, subject, true)) {
                throw new StoreRefused(
                        "there is no subject `%s`, or it is erased".formatted(subject));
            }
            List<String> holds = Holds.on(db, subject, clock.instant());
            if (!holds.isEmpty()) {
                throw new StoreRefused(
                        "`%s` is under a legal hold; `demur store release %s` lifts it"
                                .formatted(subject, holds.get(0)));
            }
            db.insertInto(ERASURE)
                    .set(SUBJECT_ID, subject)
                    .set(ID, run)
                    .set(BEGAN, now)
                    .onConflict(SUBJECT_ID, ID)
                    .doNothing()
                    .execute();
        }
        return subjects.size();
    }

    /** Erases what the log says, and gives up what it surely does not. */
    private void finish(
            String run, List<String> subjects, int written, Optional<IOException> failure)
            throws StoreFailed {
        try {
            store.change(
                    db -> {
                        for (int i = 0; i < subjects.size(); i++) {
                            if (i < written) {
                                remove(db, subjects.get(i));
                            } else if (i > written) {
                                db.deleteFrom(ERASURE)
                                        .where(SUBJECT_ID.eq(subjects.get(i)), ID.eq(run))
                                        .execute();
                            }
                        }
                        return written;
                    });
        } catch (StoreFailed e) {
            failure.ifPresent(e::addSuppressed);
            throw Failures.failed(
                    e.kind(),
                    store.settings(),
                    "the log says that %s are erased, and they will be when the store next follows"
                                    .formatted(written)
                            + " it, but not now: %s".formatted(e.getMessage()),
                    e);
        } finally {
            subjects.subList(0, written).forEach(store.keys()::drop);
        }
    }

    /** Refuses what cannot be done any more once an erasure was begun. */
    static void refuseBegun(DSLContext db, String subject) throws StoreRefused {
        Long began =
                db.select(BEGAN)
                        .from(ERASURE)
                        .where(SUBJECT_ID.eq(subject))
                        .orderBy(BEGAN)
                        .limit(1)
                        .fetchOne(BEGAN);
        if (began != null) {
            throw new StoreRefused(
                    "the erasure of `%s` was begun at %s, and the log may say so already"
                            .formatted(subject, Micros.at(began)));
        }
    }

    /**
     * Destroys all bodies whose time is over, those under a legal hold excepted, and forgets
     * refusals whose time is. Empties SQLite's write-ahead log of what earlier erasures may have
     * left there, whether there is any or not.
     *
     * @return how many
     */
    public long sweep() throws StoreFailed {
        Instant now = clock.instant();
        boolean any = store.read(db -> db.fetchExists(db.selectFrom(BODY).where(over(now, now))));
        long swept = 0;
        if (any) {
            try {
                log.write(new Erase(now, Optional.empty(), Optional.of(now), "retention"));
            } catch (IOException e) {
                throw Failures.failed(
                        Kind.BROKEN,
                        store.settings(),
                        "nothing was swept, because the log could not be written: "
                                + e.getMessage(),
                        e);
            }
            int[] step;
            do {
                step = store.change(db -> sweep(db, now, now));
                swept += step[1];
            } while (step[0] == BATCH);
        }
        store.change(db -> Remembered.forget(db, now));
        store.change(db -> HeldRequests.sweep(db, now));
        store.change(db -> RequestPrints.forget(db, now));
        store.scrub();
        return swept;
    }

    /** Sweeps some: how many were due, and how many of them were destroyed here. */
    private static int[] sweep(DSLContext db, Instant before, Instant now) {
        var due =
                db.select(ATTEMPT, PART, SUBJECT_ID)
                        .from(BODY)
                        .where(over(before, now))
                        .orderBy(SUBJECT_ID, ATTEMPT, PART)
                        .limit(BATCH)
                        .fetch();
        int swept = 0;
        String locked = "";
        for (var row : due) {
            if (!row.get(SUBJECT_ID).equals(locked)) {
                // whoever puts a hold on it has done so, and is seen, or waits
                locked = row.get(SUBJECT_ID);
                Subjects.lock(db, locked, true);
            }
            swept +=
                    Places.remove(
                            db,
                            ATTEMPT.eq(row.get(ATTEMPT))
                                    .and(PART.eq(row.get(PART)))
                                    .and(over(before, now)));
        }
        return new int[] {due.size(), swept};
    }

    /** Drops the keys of those whose erasure was done again, once that is committed. */
    static void dropKeys(Store store, List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry instanceof Erase erase) {
                erase.subject().ifPresent(store.keys()::drop);
            }
        }
    }

    /** Does again what an entry of the log says was done. */
    static void again(DSLContext db, Erase erase, Instant now) {
        erase.subject().ifPresent(subject -> remove(db, subject));
        if (erase.before().isPresent()) {
            Instant before = erase.before().get();
            while (sweep(db, before, now)[0] == BATCH) {
                // there is more
            }
        }
    }

    private static void remove(DSLContext db, String subject) {
        Subjects.lock(db, subject, true);
        Places.remove(db, SUBJECT_ID.eq(subject));
        Subjects.forget(db, subject);
        AccessRows.forget(db, subject);
        Remembered.forget(db, subject);
        HeldRequests.forget(db, subject);
        RequestPrints.forget(db, subject);
        db.deleteFrom(ERASURE).where(SUBJECT_ID.eq(subject)).execute();
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

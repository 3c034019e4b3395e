package io.demur.store;

import static io.demur.store.Tables.*;

import io.demur.log.note.Malformed;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.AccessChange.Held;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Changes of access that wait for the log. Safe for use by several threads and processes. */
final class Waiting {

    private final Store store;
    private final LogQueue queue;

    Waiting(Store store, InstantSource clock) {
        this.store = store;
        queue = new LogQueue(store, ACCESS_PENDING, Waiting::settle, clock);
    }

    static String what(Held held) {
        return switch (held) {
            case Held.Key it -> "key";
            case Held.Principal it -> "principal";
            case Held.Project it -> "project";
        };
    }

    void add(DSLContext db, AccessChange change, byte @Nullable [] beside) {
        db.insertInto(ACCESS_PENDING)
                .set(ID, change.id())
                .set(WHAT, what(change.held()))
                .set(NAME, change.held().name())
                .set(MICROS, Micros.of(change.at()))
                .set(ENTRY_TEXT, new String(EntryCodec.bytes(change), StandardCharsets.UTF_8))
                .set(BESIDE, beside)
                .onConflict(ID)
                .doNothing()
                .execute();
    }

    /** Each change says all of what it is about, so the one before has to hold first. */
    void refuseAnother(DSLContext db, AccessChange change) throws StoreRefused {
        boolean another =
                db.fetchExists(
                        db.selectFrom(ACCESS_PENDING)
                                .where(
                                        WHAT.eq(what(change.held())),
                                        NAME.eq(change.held().name()),
                                        ID.ne(change.id())));
        if (another) {
            throw new StoreRefused(
                    "a change of %s `%s` waits for the log: once that has it, this one can be made"
                            .formatted(what(change.held()), change.held().name()));
        }
    }

    /** A time later than that of all that waits. */
    Instant after(DSLContext db, Instant now) {
        Long last = db.select(DSL.max(MICROS)).from(ACCESS_PENDING).fetchOne(0, Long.class);
        return last == null || last < Micros.of(now) ? now : Micros.at(last + 1);
    }

    /** Takes back the making of something that nobody has begun to write. */
    boolean withdraw(DSLContext db, String what, String name) {
        return db.deleteFrom(ACCESS_PENDING)
                        .where(WHAT.eq(what), NAME.eq(name), BESIDE.isNotNull(), CLAIMANT.isNull())
                        .execute()
                > 0;
    }

    /** Something whose making is being written, as it will be. */
    Optional<Held> making(DSLContext db, String what, String name) throws StoreRefused {
        Optional<String> entry =
                db.select(ENTRY_TEXT)
                        .from(ACCESS_PENDING)
                        .where(WHAT.eq(what), NAME.eq(name), BESIDE.isNotNull())
                        .fetchOptional(ENTRY_TEXT);
        try {
            return entry.isPresent()
                            && EntryCodec.read(entry.get().getBytes(StandardCharsets.UTF_8))
                                    instanceof AccessChange change
                    ? Optional.of(change.held())
                    : Optional.empty();
        } catch (Malformed e) {
            throw new StoreRefused("what waits for the log cannot be read: " + e.getMessage());
        }
    }

    boolean has(String name) throws StoreFailed {
        return store.<Boolean>read(
                db -> db.fetchExists(db.selectFrom(ACCESS_PENDING).where(NAME.eq(name))));
    }

    int count() throws StoreFailed {
        return queue.count();
    }

    int publish(EntryWriter log) throws StoreFailed, IOException {
        return queue.publish(log);
    }

    /** Whoever changes access counts up first: so no two of them wait for each other. */
    private static void settle(DSLContext db, Record row, Entry entry) {
        AccessRows.bump(db);
        int there = db.deleteFrom(ACCESS_PENDING).where(ID.eq(row.get(ID))).execute();
        if (there > 0) {
            AccessRows.apply(db, (AccessChange) entry, row.get(BESIDE));
        }
    }

    /**
     * The log has a change: it waits no more, if it did. So one that was written before a crash, or
     * before these tables were put back, does not come behind what was written since.
     */
    static void written(DSLContext db, AccessChange change) {
        db.selectFrom(ACCESS_PENDING)
                .where(ID.eq(change.id()))
                .fetchOptional()
                .ifPresent(row -> settle(db, row, change));
    }
}

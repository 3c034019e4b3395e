package io.demur.store;

import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.ENTRY_TEXT;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.MICROS;

import io.demur.log.note.Malformed;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entries that wait in a table until whoever has the log has written them into it, in order. Safe
 * for use by several threads and processes: each entry is claimed by one of them, once that has the
 * log.
 */
final class LogQueue {

    /**
     * After that long, a process that was writing an entry is taken to be gone. Long, because
     * another gateway on this store, which has a log of its own, would write it once more.
     */
    static final Duration CLAIM = Duration.ofSeconds(30);

    /** What this process is writing, by its id: however long that takes, it is not gone itself. */
    private static final Set<String> WRITING = ConcurrentHashMap.newKeySet();

    private final Store store;
    private final Table<Record> table;
    private final Settling settling;
    private final InstantSource clock;
    private final String me = UUID.randomUUID().toString();

    /** What becomes of an entry that the log has: its row goes, and what it says holds. */
    @FunctionalInterface
    interface Settling {
        void settle(DSLContext db, Record row, Entry entry);
    }

    LogQueue(Store store, Table<Record> table, Settling settling, InstantSource clock) {
        this.store = store;
        this.table = table;
        this.settling = settling;
        this.clock = clock;
    }

    private record One(Record row, Entry entry) {
        String id() {
            return row.get(ID);
        }
    }

    int count() throws StoreFailed {
        return store.<Integer>read(db -> db.fetchCount(table));
    }

    /**
     * Writes what waits, until there is no more, or the next is another's to write. The log is
     * opened only where something may be claimed: whoever waits for another does not keep the log
     * from it.
     *
     * @return how many entries were written
     * @throws IOException where the log is another's, or took one no more
     */
    int publish(EntryWriter log) throws StoreFailed, IOException {
        int written = 0;
        while (isNextFree()) {
            log.open();
            Optional<One> next = store.change(this::claim);
            if (next.isEmpty()) {
                break;
            }
            written += write(log, next.get());
        }
        return written;
    }

    private int write(EntryWriter log, One one) throws StoreFailed, IOException {
        WRITING.add(one.id());
        try {
            put(log, one);
            return store.change(
                    db -> {
                        settling.settle(db, one.row(), one.entry());
                        return 1;
                    });
        } finally {
            WRITING.remove(one.id());
        }
    }

    private void put(EntryWriter log, One one) throws IOException {
        try {
            log.write(one.entry());
        } catch (IOException | RuntimeException | Error e) {
            release(one, e);
            throw e;
        }
    }

    private boolean isNextFree() throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.<Boolean>read(
                db -> {
                    Optional<Record> row = next(db);
                    return row.isPresent()
                            && db.fetchExists(
                                    db.selectFrom(table)
                                            .where(ID.eq(row.get().get(ID)), free(now)));
                });
    }

    /** The one that is to be written first, unless this process is writing it. */
    private Optional<Record> next(DSLContext db) {
        return db.selectFrom(table)
                .orderBy(MICROS, ID)
                .limit(1)
                .fetchOptional()
                .filter(row -> !WRITING.contains(row.get(ID)));
    }

    /** Whether one may be claimed: by nobody else as yet, or by somebody who is gone. */
    private Condition free(long now) {
        return CLAIMANT.isNull().or(CLAIMANT.eq(me)).or(CLAIMED.lt(now - CLAIM.toNanos() / 1_000));
    }

    private Optional<One> claim(DSLContext db) throws StoreFailed {
        Optional<Record> row = next(db);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        long now = Micros.of(clock.instant());
        int claimed =
                db.update(table)
                        .set(CLAIMANT, me)
                        .set(CLAIMED, now)
                        .where(ID.eq(row.get().get(ID)), free(now))
                        .execute();
        return claimed == 0
                ? Optional.empty() // in order, or not at all
                : Optional.of(new One(row.get(), entry(row.get())));
    }

    /** The entry that waits in a row. */
    Entry entry(Record row) throws StoreFailed {
        try {
            return EntryCodec.read(row.get(ENTRY_TEXT).getBytes(StandardCharsets.UTF_8));
        } catch (Malformed e) {
            throw Failures.failed(
                    StoreFailed.Kind.DAMAGED,
                    store.settings(),
                    "the entry `%s`, which waits for the log, cannot be read: %s"
                            .formatted(row.get(ID), e.getMessage()),
                    e);
        }
    }

    private void release(One one, Throwable e) {
        try {
            store.change(
                    db ->
                            db.update(table)
                                    .setNull(CLAIMANT)
                                    .where(ID.eq(one.id()), CLAIMANT.eq(me))
                                    .execute());
        } catch (StoreFailed unreleased) {
            e.addSuppressed(unreleased);
        }
    }
}

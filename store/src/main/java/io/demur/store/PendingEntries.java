package io.demur.store;

import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.ENTRY_TEXT;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.PENDING_ENTRY;

import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;

import org.jooq.DSLContext;
import org.jooq.Record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * Entries of one process that another one writes into the log, because that has it. What a {@link
 * Review} gives holds once it is written.
 */
final class PendingEntries implements Pending {

    private final Store store;
    private final LogQueue queue;

    PendingEntries(Store store, InstantSource clock) {
        this.store = store;
        queue = new LogQueue(store, PENDING_ENTRY, PendingEntries::settle, clock);
    }

    /** Has an entry wait; the id by which it is asked for. */
    void add(DSLContext db, String id, Entry entry) {
        db.insertInto(PENDING_ENTRY)
                .set(ID, id)
                .set(MICROS, Micros.of(entry.at()))
                .set(ENTRY_TEXT, new String(EntryCodec.bytes(entry), StandardCharsets.UTF_8))
                .onConflict(ID)
                .doNothing()
                .execute();
    }

    /** All that wait, that which is written last first. */
    List<String> ids() throws StoreFailed {
        return store.read(
                db ->
                        List.copyOf(
                                db.select(ID)
                                        .from(PENDING_ENTRY)
                                        .orderBy(MICROS.desc(), ID.desc())
                                        .fetch(ID)));
    }

    /** Whether any of these still waits; asks for one, where that is written last and waits. */
    boolean hasAny(List<String> ids) throws StoreFailed {
        for (String id : ids) {
            if (has(id)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(String id) throws StoreFailed {
        return store.<Boolean>read(
                db -> db.fetchExists(db.selectFrom(PENDING_ENTRY).where(ID.eq(id))));
    }

    /** Takes one back that nobody has begun to write. */
    boolean withdraw(String id) throws StoreFailed {
        return store.<Integer>change(
                        db ->
                                db.deleteFrom(PENDING_ENTRY)
                                        .where(ID.eq(id), CLAIMANT.isNull())
                                        .execute())
                > 0;
    }

    @Override
    public int pending() throws StoreFailed {
        return queue.count();
    }

    @Override
    public int publish(EntryWriter log) throws StoreFailed, IOException {
        return queue.publish(log);
    }

    private static void settle(DSLContext db, Record row, Entry entry) {
        int there = db.deleteFrom(PENDING_ENTRY).where(ID.eq(row.get(ID))).execute();
        if (there > 0 && entry instanceof Review review) {
            HeldRequests.reviewed(db, review);
        }
    }

    /** Whether entries like this one come here before they are in the log. */
    static boolean mayWait(Entry entry) {
        return entry instanceof Review
                || entry instanceof Appeal
                || entry instanceof Report
                || entry instanceof Feedback
                || entry instanceof RouteAround;
    }

    /**
     * The log has an entry: it waits no more, if it did, because it was written before a crash, or
     * before these tables were put back.
     */
    void written(DSLContext db, Entry entry) throws StoreFailed {
        for (Record row : db.selectFrom(PENDING_ENTRY).fetch()) {
            if (queue.entry(row).at(entry.at()).equals(entry)) {
                db.deleteFrom(PENDING_ENTRY).where(ID.eq(row.get(ID))).execute();
            }
        }
        if (entry instanceof Review review) {
            HeldRequests.reviewed(db, review);
        }
    }
}

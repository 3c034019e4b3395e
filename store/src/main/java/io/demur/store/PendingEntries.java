package io.demur.store;

import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.ENTRY_TEXT;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.PENDING_ENTRY;

import io.demur.log.note.Malformed;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Review;

import org.jooq.Condition;
import org.jooq.DSLContext;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Entries of one process that another one writes into the log, because that has it. What a {@link
 * Review} gives holds once it is written.
 */
final class PendingEntries implements Pending {

    /** After that long, who was writing an entry is taken to be gone. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final Store store;
    private final InstantSource clock;
    private final String me = UUID.randomUUID().toString();

    PendingEntries(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record One(String id, Entry entry) {}

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

    /** Whether it still waits. */
    boolean has(String id) throws StoreFailed {
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
        return store.<Integer>read(db -> db.fetchCount(PENDING_ENTRY));
    }

    @Override
    public int publish(EntryWriter log) throws StoreFailed, IOException {
        int written = 0;
        while (pending() > 0) {
            Optional<One> next = store.change(this::claim);
            if (next.isEmpty()) {
                break;
            }
            try {
                log.write(next.get().entry());
            } catch (IOException | RuntimeException e) {
                release(next.get(), e);
                throw e;
            }
            store.change(db -> settle(db, next.get()));
            written++;
        }
        return written;
    }

    private Optional<One> claim(DSLContext db) throws StoreFailed {
        long now = Micros.of(clock.instant());
        var row = db.selectFrom(PENDING_ENTRY).orderBy(MICROS, ID).limit(1).fetchOptional();
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Condition free =
                CLAIMANT.isNull().or(CLAIMANT.eq(me)).or(CLAIMED.lt(now - CLAIM.toNanos() / 1_000));
        int claimed =
                db.update(PENDING_ENTRY)
                        .set(CLAIMANT, me)
                        .set(CLAIMED, now)
                        .where(ID.eq(row.get().get(ID)), free)
                        .execute();
        if (claimed == 0) {
            return Optional.empty(); // in order, or not at all
        }
        try {
            return Optional.of(
                    new One(
                            row.get().get(ID),
                            EntryCodec.read(
                                    row.get().get(ENTRY_TEXT).getBytes(StandardCharsets.UTF_8))));
        } catch (Malformed e) {
            throw Failures.failed(
                    StoreFailed.Kind.DAMAGED,
                    store.settings(),
                    "the entry `%s`, which waits for the log, cannot be read: %s"
                            .formatted(row.get().get(ID), e.getMessage()),
                    e);
        }
    }

    private void release(One one, Exception e) {
        try {
            store.change(
                    db ->
                            db.update(PENDING_ENTRY)
                                    .setNull(CLAIMANT)
                                    .where(ID.eq(one.id()), CLAIMANT.eq(me))
                                    .execute());
        } catch (StoreFailed unreleased) {
            e.addSuppressed(unreleased);
        }
    }

    private static int settle(DSLContext db, One one) {
        int there = db.deleteFrom(PENDING_ENTRY).where(ID.eq(one.id())).execute();
        if (there > 0 && one.entry() instanceof Review review) {
            HeldRequests.reviewed(db, review);
        }
        return there;
    }
}

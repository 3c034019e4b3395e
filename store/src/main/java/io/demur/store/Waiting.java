package io.demur.store;

import static io.demur.store.Tables.*;

import io.demur.log.note.Malformed;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.AccessChange.Held;
import io.demur.record.entry.EntryCodec;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Changes of access that wait for the log. Safe for use by several threads and processes. */
final class Waiting {

    /** After that long, who was writing a change is taken to be gone. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final Store store;
    private final String me;
    private final InstantSource clock;

    Waiting(Store store, String me, InstantSource clock) {
        this.store = store;
        this.me = me;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record One(AccessChange change, byte @Nullable [] beside) {}

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
        return store.<Integer>read(db -> db.fetchCount(ACCESS_PENDING));
    }

    int publish(EntryWriter log) throws StoreFailed, IOException {
        int written = 0;
        while (count() > 0) {
            Optional<One> next = store.change(this::claim);
            if (next.isEmpty()) {
                break;
            }
            One one = next.get();
            try {
                log.write(one.change());
            } catch (IOException | RuntimeException e) {
                release(one, e);
                throw e;
            }
            store.change(db -> settle(db, one));
            written++;
        }
        return written;
    }

    private Optional<One> claim(DSLContext db) throws StoreFailed {
        long now = Micros.of(clock.instant());
        Condition free =
                CLAIMANT.isNull().or(CLAIMANT.eq(me)).or(CLAIMED.lt(now - CLAIM.toNanos() / 1_000));
        var row = db.selectFrom(ACCESS_PENDING).orderBy(MICROS, ID).limit(1).fetchOptional();
        if (row.isEmpty()) {
            return Optional.empty();
        }
        int claimed =
                db.update(ACCESS_PENDING)
                        .set(CLAIMANT, me)
                        .set(CLAIMED, now)
                        .where(ID.eq(row.get().get(ID)), free)
                        .execute();
        if (claimed == 0) {
            // in order, or not at all
            return Optional.empty();
        }
        byte[] entry = row.get().get(ENTRY_TEXT).getBytes(StandardCharsets.UTF_8);
        try {
            if (EntryCodec.read(entry) instanceof AccessChange change) {
                return Optional.of(new One(change, row.get().get(BESIDE)));
            }
            throw new Malformed("it is another entry");
        } catch (Malformed e) {
            throw Failures.failed(
                    StoreFailed.Kind.DAMAGED,
                    store.settings(),
                    "the change `%s` of access cannot be read: %s"
                            .formatted(row.get().get(ID), e.getMessage()),
                    e);
        }
    }

    private void release(One one, Exception e) {
        try {
            store.change(
                    db ->
                            db.update(ACCESS_PENDING)
                                    .setNull(CLAIMANT)
                                    .where(ID.eq(one.change().id()), CLAIMANT.eq(me))
                                    .execute());
        } catch (StoreFailed unreleased) {
            e.addSuppressed(unreleased);
        }
    }

    private static int settle(DSLContext db, One one) {
        AccessRows.bump(db);
        int there = db.deleteFrom(ACCESS_PENDING).where(ID.eq(one.change().id())).execute();
        if (there > 0) {
            AccessRows.apply(db, one.change(), one.beside());
        }
        return there;
    }

    /**
     * The log has a change: it waits no more, if it did. So one that was written before a crash, or
     * before these tables were put back, does not come behind what was written since.
     */
    static void written(DSLContext db, AccessChange change) {
        db.selectFrom(ACCESS_PENDING)
                .where(ID.eq(change.id()))
                .fetchOptional()
                .ifPresent(row -> settle(db, new One(change, row.get(BESIDE))));
    }
}

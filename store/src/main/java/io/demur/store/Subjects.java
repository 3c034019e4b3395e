package io.demur.store;

import static io.demur.store.Tables.CREATED;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.LOOKUP;
import static io.demur.store.Tables.SLOT;
import static io.demur.store.Tables.SUBJECT;
import static io.demur.store.Tables.SUBJECT_KEY;
import static io.demur.store.Tables.WRAPPED;

import io.demur.record.keys.Epochs;
import io.demur.record.keys.Pseudonyms;
import io.demur.record.keys.SubjectKey;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whose data the bodies are. A subject has a pseudonym that is drawn by lot, under which alone it
 * stands in the log; the way from a name to the pseudonym is one row here, found by a keyed hash of
 * the name. Its key is wrapped by an epoch's and lies in a place of fixed length, which is
 * overwritten, never moved.
 *
 * <p>Safe for use by several threads.
 */
public final class Subjects {

    /** How long the place for a wrapped key is; the first byte says how much of it is used. */
    private static final int PLACE_BYTES = 160;

    private static final int PSEUDONYM_BYTES = 16;

    /** The number of the lock on a server that who wraps keys holds. */
    private static final long WRAPPING = 7_233_174;

    private final Store store;
    private final Epochs epochs;
    private final List<Pseudonyms> names;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * The subjects of a store.
     *
     * @param epochs wraps their keys
     * @param names what names are hashed with: the key in use, and then earlier ones, by which
     *     subjects are still found
     */
    public Subjects(
            Store store,
            Epochs epochs,
            List<Pseudonyms> names,
            SecureRandom random,
            InstantSource clock) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("there is no key for names");
        }
        this.store = store;
        this.epochs = epochs;
        this.names = List.copyOf(names);
        this.random = random;
        this.clock = clock;
    }

    /** The pseudonym of a name that was seen before and not erased since. */
    public Optional<String> find(String name) throws StoreFailed {
        List<String> lookups = lookups(name);
        return store.read(db -> find(db, lookups));
    }

    /** The pseudonym of a name: the one that it has, or a new one. */
    public String pseudonym(String name) throws StoreFailed {
        List<String> lookups = lookups(name);
        Optional<String> known = store.read(db -> find(db, lookups));
        if (known.isPresent()) {
            return known.get();
        }
        byte[] drawn = new byte[PSEUDONYM_BYTES];
        random.nextBytes(drawn);
        String id = "sub_" + HexFormat.of().formatHex(drawn);
        SubjectKey key = SubjectKey.random(random);
        try {
            return store.change(
                    db -> find(db, lookups).orElseGet(() -> make(db, id, lookups.getFirst(), key)));
        } finally {
            key.destroy();
        }
    }

    private String make(DSLContext db, String id, String lookup, SubjectKey key) {
        if (!store.settings().embedded()) {
            // whoever wraps all keys anew waits for this one, or this one finds the new epoch
            db.fetch("SELECT pg_advisory_xact_lock_shared(%s)".formatted(WRAPPING));
        }
        long slot =
                db.insertInto(SUBJECT_KEY)
                        .set(WRAPPED, place(wrap(key, id)))
                        .returningResult(SLOT)
                        .fetchSingle()
                        .value1();
        int made =
                db.insertInto(SUBJECT)
                        .set(ID, id)
                        .set(LOOKUP, lookup)
                        .set(SLOT, slot)
                        .set(CREATED, Micros.of(clock.instant()))
                        .onConflict(LOOKUP)
                        .doNothing()
                        .execute();
        if (made == 0) {
            // another replica was faster: its pseudonym it is
            empty(db, slot);
            return find(db, List.of(lookup)).orElseThrow();
        }
        return id;
    }

    /** The key of a subject; nothing where it is erased, or its epoch's key destroyed. */
    Optional<SubjectKey> key(DSLContext db, String id) throws StoreRefused {
        Optional<byte[]> wrapped = wrapped(db, id);
        return wrapped.isEmpty() ? Optional.empty() : unwrapped(id, wrapped.get());
    }

    /**
     * The same to seal by: the key that is held, or that of the store, which is held from then on
     * where it is wrapped by the current epoch's.
     */
    Optional<SubjectKey> sealing(String id) throws StoreFailed, StoreRefused {
        Optional<SubjectKey> held = held(id);
        if (held.isPresent()) {
            return held;
        }
        HeldKeys.Moment before = store.keys().moment();
        Optional<byte[]> wrapped = store.read(db -> wrapped(db, id));
        if (wrapped.isEmpty()) {
            return Optional.empty();
        }
        Optional<SubjectKey> key = unwrapped(id, wrapped.get());
        String epoch = epochs.currentId();
        if (key.isPresent() && epochs.idOf(wrapped.get()).equals(epoch)) {
            store.keys().hold(id, epoch, key.get(), before);
        }
        return key;
    }

    /** A key to seal by that is held, without asking the database: on any thread. */
    Optional<SubjectKey> held(String id) {
        return store.keys().key(id, epochs.currentId());
    }

    private static Optional<byte[]> wrapped(DSLContext db, String id) {
        return Direct.first(
                        db,
                        "SELECT wrapped FROM subject_key"
                                + " WHERE slot = (SELECT slot FROM subject WHERE id = ?)",
                        row -> row.getBytes(1),
                        id)
                .map(Subjects::wrapped);
    }

    private Optional<SubjectKey> unwrapped(String id, byte[] wrapped) throws StoreRefused {
        Optional<byte[]> secret;
        try {
            secret = epochs.unwrap(wrapped, context(id));
        } catch (IllegalArgumentException e) {
            throw new StoreRefused(
                    "the key of subject `%s` is damaged, or was put in its place: %s"
                            .formatted(id, e.getMessage()));
        }
        return secret.map(
                bytes -> {
                    SubjectKey key = SubjectKey.of(bytes);
                    Arrays.fill(bytes, (byte) 0);
                    return key;
                });
    }

    /**
     * Wraps every key anew that is not wrapped by the current epoch's. Once this has returned, the
     * keys of earlier epochs can be destroyed, and with them whatever is wrapped by them in backups
     * and in what databases leave behind. It may be broken off at any point, and called again. It
     * knows of the epochs of its own ring alone: another process that has the ring from before the
     * rotation goes on wrapping by the old one until it is started anew.
     *
     * @param batch how many at a time
     * @return how many were wrapped anew
     * @throws StoreRefused for a key that cannot be unwrapped: its epoch's must not be destroyed
     */
    public long rewrap(int batch) throws StoreFailed, StoreRefused {
        long done = 0;
        long pass;
        try {
            do {
                // until there is nothing left to do: some may have come behind it
                pass = pass(batch);
                done += pass;
            } while (pass > 0);
        } finally {
            store.keys().dropAll();
        }
        store.scrub();
        return done;
    }

    private long pass(int batch) throws StoreFailed, StoreRefused {
        long done = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            long from = after;
            long[] step = store.write(db -> rewrap(db, from, batch));
            done += step[1];
            if (step[0] == from) {
                return done;
            }
            after = step[0];
        }
    }

    /** One batch of them: the last slot that it saw, and how many it wrapped. */
    private long[] rewrap(DSLContext db, long after, int batch) throws StoreRefused {
        long last = after;
        long done = 0;
        if (!store.settings().embedded()) {
            db.fetch("SELECT pg_advisory_xact_lock(%s)".formatted(WRAPPING));
        }
        var query =
                db.select(SLOT, WRAPPED)
                        .from(SUBJECT_KEY)
                        .where(SLOT.gt(after))
                        .orderBy(SLOT)
                        .limit(batch);
        // an erasure elsewhere waits, or has been before
        for (var row : (store.settings().embedded() ? query : query.forUpdate()).fetch()) {
            last = row.get(SLOT);
            byte[] wrapped = wrapped(row.get(WRAPPED));
            if (wrapped.length == 0 || epochs.idOf(wrapped).equals(epochs.currentId())) {
                continue;
            }
            String id = db.select(ID).from(SUBJECT).where(SLOT.eq(last)).fetchSingle(ID);
            String epoch = epochs.idOf(wrapped);
            byte[] secret =
                    epochs.unwrap(wrapped, context(id))
                            .orElseThrow(
                                    () ->
                                            new StoreRefused(
                                                    "`%s` is wrapped by `%s`, which is gone"
                                                            .formatted(id, epoch)));
            byte[] place = place(epochs.wrap(secret, context(id)));
            Arrays.fill(secret, (byte) 0);
            db.update(SUBJECT_KEY).set(WRAPPED, place).where(SLOT.eq(last)).execute();
            done++;
        }
        return new long[] {last, done};
    }

    /** Whether there is such a subject; where there is, it stays as it is until the commit. */
    static boolean lock(DSLContext db, String id, boolean erasing) {
        // SQLite has one writer at a time: nobody can change it
        String lock =
                db.family() == SQLDialect.SQLITE ? "" : erasing ? " FOR UPDATE" : " FOR KEY SHARE";
        return Direct.first(
                        db,
                        "SELECT id FROM subject WHERE id = ?" + lock,
                        row -> row.getString(1),
                        id)
                .isPresent();
    }

    /** Forgets a subject: its key first, where it stands. */
    static void forget(DSLContext db, String id) {
        Long slot = db.select(SLOT).from(SUBJECT).where(ID.eq(id)).fetchOne(SLOT);
        if (slot != null) {
            empty(db, slot);
            db.deleteFrom(SUBJECT).where(ID.eq(id)).execute();
        }
    }

    private static void empty(DSLContext db, long slot) {
        db.update(SUBJECT_KEY).set(WRAPPED, new byte[PLACE_BYTES]).where(SLOT.eq(slot)).execute();
    }

    private static Optional<String> find(DSLContext db, List<String> lookups) {
        for (String lookup : lookups) {
            Optional<String> found =
                    db.select(ID).from(SUBJECT).where(LOOKUP.eq(lookup)).fetchOptional(ID);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private byte[] wrap(SubjectKey key, String id) {
        byte[] secret = key.bytes();
        try {
            return epochs.wrap(secret, context(id));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] context(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] place(byte[] wrapped) {
        if (wrapped.length >= PLACE_BYTES) {
            throw new IllegalArgumentException(
                    "a wrapped key of %s bytes has no room in %s"
                            .formatted(wrapped.length, PLACE_BYTES));
        }
        byte[] place = new byte[PLACE_BYTES];
        place[0] = (byte) wrapped.length;
        System.arraycopy(wrapped, 0, place, 1, wrapped.length);
        return place;
    }

    private static byte[] wrapped(byte[] place) {
        return Arrays.copyOfRange(place, 1, 1 + (place[0] & 0xff));
    }

    /** Under which it may stand: by the key in use first. */
    private List<String> lookups(String name) {
        byte[] bytes = ("demur subject v1\0" + name).getBytes(StandardCharsets.UTF_8);
        return names.stream().map(each -> each.of(bytes)).toList();
    }

    /**
     * How many subjects' keys are wrapped by the key of an epoch: asked in the order of writing, so
     * that one which is on its way counts.
     */
    public long wrappedBy(String epoch) throws StoreFailed {
        return store.change(
                db -> {
                    if (!store.settings().embedded()) {
                        db.fetch("SELECT pg_advisory_xact_lock(%s)".formatted(WRAPPING));
                    }
                    return db.select(WRAPPED).from(SUBJECT_KEY).fetch(WRAPPED).stream()
                            .map(Subjects::wrapped)
                            .filter(wrapped -> wrapped.length > 0)
                            .filter(wrapped -> epochs.idOf(wrapped).equals(epoch))
                            .count();
                });
    }
}

package io.demur.store;

import io.demur.record.entry.Entry;
import io.demur.record.entry.Kept;
import io.demur.record.keys.Pseudonyms;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A store with all that works on it, a clock that a test sets, and a log that is a list. */
final class Bench implements AutoCloseable {

    static final Pseudonyms NAMES =
            new Pseudonyms(
                    "names",
                    "a key for names, of 32 bytes....".getBytes(StandardCharsets.US_ASCII));

    final Epoch epoch;
    final List<Entry> log = Collections.synchronizedList(new ArrayList<>());
    final Store store;
    final Subjects subjects;
    final Bodies bodies;
    final Holds holds;
    final Erasure erasure;
    volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

    /** By how much the time for which keys are held is ahead of the machine's. */
    private volatile Duration ahead = Duration.ZERO;

    Bench(StoreSettings settings) throws StoreFailed {
        this(settings, new Epoch());
    }

    Bench(StoreSettings settings, Epoch epoch) throws StoreFailed {
        this.epoch = epoch;
        InstantSource clock = () -> now;
        SecureRandom random = new SecureRandom();
        store = Store.open(settings, () -> System.nanoTime() + ahead.toNanos());
        subjects = new Subjects(store, epoch.keys(), List.of(NAMES), random, clock);
        bodies = new Bodies(store, subjects, random, clock);
        holds = new Holds(store, clock);
        erasure = new Erasure(store, log::add, clock);
    }

    /** The id of an attempt, by its number. */
    static String att(long number) {
        return id("att", number);
    }

    /** Ids say when they were made, and a log finds it odd where that is long before an entry. */
    private static final long BEGUN = System.currentTimeMillis();

    static String id(String prefix, long number) {
        return "%s_%08x-%04x-7a31-9f6c-%012d"
                .formatted(prefix, BEGUN >>> 16, BEGUN & 0xFFFF, number);
    }

    Kept put(String attempt, String part, String subject, String text)
            throws StoreFailed, StoreRefused {
        return bodies.put(
                attempt,
                part,
                subject,
                Kept.Mode.FULL,
                text.getBytes(StandardCharsets.UTF_8),
                Bodies.RETENTION);
    }

    String read(String attempt, String part) throws Exception {
        return bodies.read(attempt, part, "rev_1", "audit", log::add)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    int bodyCount() throws StoreFailed {
        return store.<Integer>read(db -> db.fetchCount(Tables.BODY));
    }

    void later(Duration by) {
        now = now.plus(by);
        ahead = ahead.plus(by);
    }

    @Override
    public void close() {
        store.close();
    }
}

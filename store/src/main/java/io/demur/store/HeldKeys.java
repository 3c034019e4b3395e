package io.demur.store;

import io.demur.record.keys.SubjectKey;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keys of subjects that were read and unwrapped a moment ago, in memory alone: each exchange has
 * two bodies of one subject, and many exchanges follow each other. They are for sealing only;
 * whoever opens something asks the store for the key.
 *
 * <p>A key is held for five seconds since it was read. It is destroyed before that where this
 * process erases the subject or wraps keys anew; where the epoch was rotated, at its next use or
 * when it is swept, not at once; and where another process has erased the subject, as soon as a
 * body of it is refused. What that means for an erasure by another process: for up to five seconds,
 * or until that first refusal, this one can still seal by the key, but keeps nothing that it seals,
 * because the transaction that would keep it looks whether the subject is there. Attempts of the
 * subject may still be written to the log meanwhile, with its pseudonym, the length of what was
 * asked and the commitment to it; they end as {@code unrecorded}.
 *
 * <p>Whoever is given a key has a copy of their own, and destroys it. A key whose time is over is
 * given to nobody, and destroyed at the next use; the thread that writes {@linkplain #sweep sweeps}
 * behind each write and every five seconds, so that none lies in memory for longer than ten, unless
 * that thread is busy for longer, as it is while SQLite's file is compacted. Safe for use by
 * several threads, virtual ones too.
 */
final class HeldKeys implements AutoCloseable {

    /** How long a key is held at most. */
    static final Duration TIME = Duration.ofSeconds(5);

    static final int MAX = 1_024;

    private final LongSupplier nanos;

    /** The longest held first. */
    private final Map<String, Held> held = new LinkedHashMap<>();

    private long dropped;
    private boolean closed;

    HeldKeys(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Held(SubjectKey key, String epoch, long read) {}

    /** The moment before a key is read: what is dropped after it is not held by that reading. */
    record Moment(long nanos, long dropped) {}

    synchronized Moment moment() {
        return new Moment(nanos.getAsLong(), dropped);
    }

    /**
     * A copy of a key that is held.
     *
     * @param epoch the current one; where it is another than that of the key, all are dropped
     */
    synchronized Optional<SubjectKey> key(String subject, String epoch) {
        sweep();
        Held found = held.get(subject);
        if (found == null || isOver(found.read())) {
            return Optional.empty();
        }
        if (!found.epoch().equals(epoch)) {
            dropAll();
            return Optional.empty();
        }
        return Optional.of(copy(found.key()));
    }

    /**
     * Holds a copy of a key, unless any was dropped since the moment before it was read.
     *
     * @param epoch whose key it was wrapped by
     */
    synchronized void hold(String subject, String epoch, SubjectKey key, Moment before) {
        sweep();
        if (closed || before.dropped() != dropped || isOver(before.nanos())) {
            return;
        }
        destroy(subject);
        if (held.size() == MAX) {
            destroy(held.keySet().iterator().next());
        }
        held.put(subject, new Held(copy(key), epoch, before.nanos()));
    }

    /** Destroys the key of a subject, once it is erased. */
    synchronized void drop(String subject) {
        dropped++;
        destroy(subject);
    }

    /** Destroys them all. */
    synchronized void dropAll() {
        dropped++;
        held.values().forEach(each -> each.key().destroy());
        held.clear();
    }

    /** Destroys those whose time is over. */
    synchronized void sweep() {
        while (!held.isEmpty()) {
            Map.Entry<String, Held> first = held.entrySet().iterator().next();
            if (!isOver(first.getValue().read())) {
                return;
            }
            destroy(first.getKey());
        }
    }

    /** The very key that is held, and no copy: to see what becomes of it. */
    synchronized Optional<SubjectKey> own(String subject) {
        return Optional.ofNullable(held.get(subject)).map(Held::key);
    }

    /** How many are held. */
    synchronized int size() {
        return held.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        dropAll();
    }

    private boolean isOver(long read) {
        return nanos.getAsLong() - read >= TIME.toNanos();
    }

    private void destroy(String subject) {
        Held gone = held.remove(subject);
        if (gone != null) {
            gone.key().destroy();
        }
    }

    private static SubjectKey copy(SubjectKey key) {
        byte[] bytes = key.bytes();
        try {
            return SubjectKey.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}

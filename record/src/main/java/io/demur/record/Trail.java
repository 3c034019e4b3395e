package io.demur.record;

import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Writes entries into a log, and keeps what must hold of them: time never decreases, every attempt
 * has exactly one outcome, no attempt is open where a process starts.
 *
 * <p>An attempt whose append fails was never made; one whose outcome fails to be written is as open
 * as before, and its outcome can be written again. An attempt that is open for too long is closed
 * as {@link Outcome.Result#ABORT} with the reason {@code expired}, together with the next entries.
 *
 * <p>Safe for use by several threads.
 */
public final class Trail implements AutoCloseable {

    /** Why an attempt ended whose process was killed before it had an outcome. */
    public static final String CRASH = "crash";

    /** How long an attempt may be open, where nothing else is said. */
    public static final Duration ATTEMPT_MAX = Duration.ofHours(1);

    /** How far the last entry may lie ahead of the clock: more is a clock that is or was wrong. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** How many outcomes are written at once on behalf of attempts that nobody will end. */
    private static final int ABORTS_MAX = 500;

    private final Ledger ledger;
    private final @Nullable Log log;
    private final InstantSource clock;
    private final Duration attemptMax;
    private final String program;
    private final OpenAttempts attempts = new OpenAttempts();
    private volatile Instant last;
    private CompletableFuture<Position> tail;
    private boolean closed;

    private Trail(
            Ledger ledger,
            @Nullable Log log,
            Start start,
            InstantSource clock,
            Duration attemptMax,
            Instant last) {
        this.ledger = ledger;
        this.log = log;
        this.clock = clock;
        this.attemptMax = attemptMax;
        this.program = start.program();
        this.last = last;
        this.tail = CompletableFuture.completedFuture(new Position(ledger.origin(), 0));
    }

    /** Opens a trail whose attempts are open for {@link #ATTEMPT_MAX} at most. */
    public static Trail open(Log log, Start start, InstantSource clock) throws IOException {
        return open(log, start, clock, ATTEMPT_MAX);
    }

    /**
     * Begins to write: closes what an earlier process left open as aborted, and then says that this
     * one starts. All of that is on disk when this returns.
     *
     * @param log that has just been opened, and that the trail closes
     * @param start what starts; its time is replaced by now
     * @param attemptMax how long an attempt may be open; the same in every process that writes to
     *     this log
     * @throws IOException where the log cannot be read or written, or its last entry lies more than
     *     five minutes ahead of the clock: from then on all entries would bear that time
     */
    public static Trail open(Log log, Start start, InstantSource clock, Duration attemptMax)
            throws IOException {
        return open(Ledger.of(log), log, start, clock, attemptMax);
    }

    static Trail open(
            Ledger ledger, @Nullable Log log, Start start, InstantSource clock, Duration attemptMax)
            throws IOException {
        Dangling left = Dangling.find(ledger.reader(), ledger.published(), attemptMax);
        Instant clocked = clock.instant();
        if (left.last().isAfter(clocked.plus(AHEAD_MAX))) {
            throw new IOException(
                    "the last entry of the log `%s` is of %s, and the clock shows %s: set the clock"
                            .formatted(ledger.origin(), left.last(), clocked)
                            .concat(
                                    " right; if it was wrong when that entry was written, keep"
                                            + " this")
                            .concat(" log as it is and begin another with `demur init`"));
        }
        Trail trail = new Trail(ledger, log, start, clock, attemptMax, left.last());
        Instant now = trail.now();
        left.attempts().forEach(id -> trail.attempts.opened(id, now));
        trail.abort(CRASH);
        trail.await(trail.write(List.of(start.at(clock.instant()))));
        return trail;
    }

    /** The log that is written. */
    public Log log() {
        if (log == null) {
            throw new IllegalStateException("this trail writes to no log, but to a test");
        }
        return log;
    }

    /** What has been published of it, to be read. */
    public LogReader reader() {
        return ledger.reader();
    }

    /** Publishes all that is on disk, and says how many entries {@link #reader} sees then. */
    public long publish() throws IOException {
        return ledger.publish();
    }

    /** The log's name. */
    public String origin() {
        return ledger.origin();
    }

    /** The time of the last entry: whoever goes by a clock that was put back is behind it. */
    public Instant last() {
        return last;
    }

    /** How many attempts wait for their outcome. */
    public synchronized int open() {
        return attempts.size();
    }

    /**
     * Writes entries, all of them or none, in this order and with none of others between them.
     * Their times are raised to that of the entry before them where they are earlier, and lowered
     * to now where they are in the future.
     *
     * @return completed once they are on disk, with where they stand; fails as {@link
     *     Log#append(List)} does. What hangs on it must not block
     * @throws IllegalArgumentException for an entry of more than 4,096 bytes, an outcome whose
     *     attempt is not open and not before it in the same list, an attempt whose id is open or
     *     was used lately, or an entry that only a trail writes; then nothing is written
     * @throws IllegalStateException where the trail is closed
     */
    public CompletableFuture<Position> append(List<Entry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("no entries");
        }
        for (Entry entry : entries) {
            if (entry instanceof Start || entry instanceof Stop) {
                throw new IllegalArgumentException(
                        "%s is written by the trail alone".formatted(EntryCodec.type(entry)));
            }
        }
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the trail is closed");
            }
            return write(entries);
        }
    }

    /** Writes a refusal as one: what was asked, and that it was refused. */
    public CompletableFuture<Position> refused(Attempt attempt, Outcome outcome) {
        return append(List.of(attempt, outcome));
    }

    /**
     * Closes attempts that are open for too long. Appending does the same; this is for times when
     * nothing is appended.
     *
     * @return how many are being closed
     */
    public synchronized int expire() {
        if (closed) {
            return 0;
        }
        return expire(Set.of());
    }

    /**
     * Closes old attempts, in batches of their own: so that what a caller appends is as long as the
     * caller made it. What cannot be written is closed with the next entries.
     */
    private int expire(Set<String> except) {
        Instant oldest = clock.instant().minus(attemptMax);
        int expired = 0;
        List<String> old = attempts.before(oldest, ABORTS_MAX, except);
        while (!old.isEmpty()) {
            if (hand(aborts(old, "expired")).isCompletedExceptionally()) {
                break;
            }
            expired += old.size();
            old = attempts.before(oldest, ABORTS_MAX, except);
        }
        return expired;
    }

    /**
     * Closes attempts that are open as aborted, writes STOP, and closes the log.
     *
     * @throws UncheckedIOException where one of these fails
     */
    @Override
    public void close() {
        CompletableFuture<Position> before;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            before = tail;
        }
        try {
            // whether it succeeds is the business of who wrote it
            await(before.exceptionally(failed -> new Position("", 0)));
            abort("stop");
            await(write(List.of(new Stop(clock.instant(), program))));
            ledger.close();
        } catch (IOException e) {
            closeAfter(e);
            throw new UncheckedIOException(e);
        }
    }

    private void closeAfter(IOException failure) {
        try {
            ledger.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Closes all that is open as aborted, and returns when that is on disk. */
    private void abort(String reason) throws IOException {
        for (List<String> some = left(); !some.isEmpty(); some = left()) {
            await(write(aborts(some, reason)));
        }
    }

    private synchronized List<String> left() {
        return attempts.before(Instant.MAX, ABORTS_MAX, List.of());
    }

    private List<Entry> aborts(Collection<String> ids, String reason) {
        Instant now = now();
        List<Entry> aborts = new ArrayList<>();
        ids.forEach(id -> aborts.add(Outcome.bare(now, id, Outcome.Result.ABORT, reason)));
        return aborts;
    }

    private synchronized Instant now() {
        Instant now = clock.instant();
        return now.isBefore(last) ? last : now;
    }

    /**
     * Stamps and hands over under one lock, so that the order of times is the order in the log. The
     * log only queues them here; nothing waits for the disk while it holds the lock.
     */
    private synchronized CompletableFuture<Position> write(List<Entry> given) {
        Set<String> outcomes = check(given);
        expire(outcomes);
        return hand(given);
    }

    /**
     * Refuses what must not be written.
     *
     * @return the attempts that these entries end
     */
    private Set<String> check(List<Entry> entries) {
        Set<String> begun = new HashSet<>();
        Set<String> ended = new HashSet<>();
        for (Entry entry : entries) {
            if (entry instanceof Attempt attempt) {
                attempts.checkNew(attempt.id());
                if (!begun.add(attempt.id())) {
                    throw new IllegalArgumentException(
                            "the attempt `%s` stands there twice".formatted(attempt.id()));
                }
            } else if (entry instanceof Outcome outcome) {
                if (!begun.contains(outcome.attempt())) {
                    attempts.checkOpen(outcome.attempt());
                }
                if (!ended.add(outcome.attempt())) {
                    throw new IllegalArgumentException(
                            "the attempt `%s` has two outcomes here".formatted(outcome.attempt()));
                }
            }
        }
        return ended;
    }

    /** Stamps entries and hands them to the log. */
    private CompletableFuture<Position> hand(List<Entry> given) {
        Instant clocked = clock.instant();
        Instant now = now();
        Instant time = last;
        List<Entry> entries = new ArrayList<>(given.size());
        List<byte[]> bytes = new ArrayList<>(given.size());
        for (Entry entry : given) {
            Instant at = entry.at().isAfter(now) ? now : entry.at();
            time = at.isBefore(time) ? time : at;
            entries.add(entry.at(time));
            bytes.add(EntryCodec.bytes(entries.getLast()));
        }
        // nothing can be refused from here on
        last = time;
        for (Entry entry : entries) {
            if (entry instanceof Attempt attempt) {
                attempts.opening(attempt.id());
            } else if (entry instanceof Outcome outcome) {
                attempts.closing(outcome.attempt());
            }
        }
        tail =
                handOver(bytes)
                        .handle(
                                (first, failed) -> {
                                    settle(entries, clocked, failed == null);
                                    if (failed != null) {
                                        throw failed instanceof CompletionException e
                                                ? e
                                                : new CompletionException(failed);
                                    }
                                    return new Position(ledger.origin(), first);
                                });
        return tail;
    }

    /** A log that throws at once has not written either. */
    private CompletableFuture<Long> handOver(List<byte[]> entries) {
        try {
            return ledger.append(entries);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Notes what became of entries; in the thread of the log. */
    private synchronized void settle(List<Entry> entries, Instant clocked, boolean written) {
        for (Entry entry : entries) {
            if (entry instanceof Attempt attempt) {
                if (written) {
                    // by the clock, and not by the log, whose time stands still after a clock that
                    // was ahead
                    Instant at = attempt.at();
                    attempts.opened(attempt.id(), at.isAfter(clocked) ? clocked : at);
                } else {
                    attempts.notOpened(attempt.id());
                }
            } else if (entry instanceof Outcome outcome) {
                if (written) {
                    attempts.closing(outcome.attempt());
                    attempts.closed(outcome.attempt());
                } else {
                    attempts.notClosed(outcome.attempt());
                }
            }
        }
    }

    private Position await(CompletableFuture<Position> written) throws IOException {
        try {
            return written.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "the log `%s` could not be written: %s"
                            .formatted(ledger.origin(), cause.getMessage()),
                    cause);
        }
    }
}

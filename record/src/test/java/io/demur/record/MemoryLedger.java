package io.demur.record;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Start;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A log in memory. It can be told to fail, or to wait before it answers. */
public final class MemoryLedger implements Ledger {

    private final List<byte[]> entries;
    private final List<Integer> batches = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private Optional<Exception> failure = Optional.empty();
    private boolean slow;
    private boolean closed;

    public MemoryLedger() {
        this(List.of());
    }

    /** One that holds these already. */
    public MemoryLedger(List<byte[]> entries) {
        this.entries = new ArrayList<>(entries);
    }

    /** A process that writes into this log. */
    public Trail trail(InstantSource clock) throws IOException {
        Start start =
                new Start(clock.instant(), "demur test", "1", Optional.empty(), Optional.empty());
        return Trail.open(this, null, start, clock, Trail.ATTEMPT_MAX);
    }

    /** Until {@code failure} is empty again, nothing is written. */
    public synchronized void fails(Optional<Exception> with) {
        failure = with;
    }

    /** From now on nothing is answered until {@link #answer}. */
    public synchronized void waits() {
        slow = true;
    }

    /** Answers what waits. */
    public void answer() {
        List<Runnable> all;
        synchronized (this) {
            slow = false;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Runnable::run);
    }

    /** How many entries came in each batch. */
    public synchronized List<Integer> batches() {
        return batches;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    public synchronized List<byte[]> bytes() {
        return List.copyOf(entries);
    }

    /** What stands in it. */
    public List<Entry> entries() throws Malformed {
        List<Entry> read = new ArrayList<>();
        for (byte[] entry : bytes()) {
            read.add(EntryCodec.read(entry));
        }
        return read;
    }

    private synchronized List<byte[]> some(int from, int count) {
        return List.copyOf(entries.subList(from, from + count));
    }

    @Override
    public String origin() {
        return "demur.invalid/test";
    }

    @Override
    public synchronized long published() {
        return entries.size();
    }

    @Override
    public long publish() {
        return published();
    }

    @Override
    public LogReader reader() {
        TileSource source =
                name -> {
                    try {
                        TilePath path = TilePath.parse(name);
                        int from = (int) path.index() * TilePath.FULL;
                        return Optional.of(EntryBundle.bytes(some(from, path.width())));
                    } catch (Malformed e) {
                        throw new IOException(e);
                    }
                };
        return new LogReader(source);
    }

    @Override
    public synchronized CompletableFuture<Long> append(List<byte[]> more) {
        if (failure.isPresent()) {
            return CompletableFuture.failedFuture(failure.get());
        }
        long first = entries.size();
        batches.add(more.size());
        entries.addAll(more);
        if (!slow) {
            return CompletableFuture.completedFuture(first);
        }
        CompletableFuture<Long> later = new CompletableFuture<>();
        waiting.add(() -> later.complete(first));
        return later;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}

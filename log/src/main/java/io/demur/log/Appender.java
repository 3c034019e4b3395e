package io.demur.log;

import io.demur.log.journal.Frame;
import io.demur.log.journal.Journal;
import io.demur.log.journal.NothingWritten;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that writes a log's journal. It takes all that is waiting, writes it as one frame,
 * makes that durable, and only then says so: while the disk is busy the next frame gathers.
 *
 * <p>The futures are completed by this thread, one after the other. What hangs on one holds up all
 * that come after it, and can do no other harm: by then the frame is durable and counted, the next
 * is not begun, and what it throws stays in its own future. An interrupt that it leaves behind is
 * cleared before the file is touched again, since it would close the file.
 */
final class Appender {

    /** More than this is not put into one frame, unless one append alone is longer. */
    private static final int FRAME_BYTES = 1 << 20;

    private static final int WAITING_ENTRIES_MAX = 65_536;
    private static final long WAITING_BYTES_MAX = 64 << 20;

    private record Waiting(List<byte[]> entries, long bytes, CompletableFuture<Long> written) {}

    private final Journal journal;
    private final Fuse fuse;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private long waitingEntries;
    private long waitingBytes;
    private boolean closed;

    Appender(Journal journal, Fuse fuse) {
        this.journal = journal;
        this.fuse = fuse;
        this.thread = Thread.ofPlatform().daemon().name("log-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    CompletableFuture<Long> append(List<byte[]> entries) {
        List<byte[]> copy = List.copyOf(entries);
        long bytes = Frame.bytes(copy);
        CompletableFuture<Long> written = new CompletableFuture<>();
        lock.lock();
        try {
            Optional<LogBroken> broken = fuse.blown();
            if (broken.isPresent()) {
                return CompletableFuture.failedFuture(broken.get());
            }
            if (closed) {
                throw new IllegalStateException("the log is closed");
            }
            if (waitingEntries + copy.size() > WAITING_ENTRIES_MAX
                    || waitingBytes + bytes > WAITING_BYTES_MAX) {
                return CompletableFuture.failedFuture(
                        new LogBusy(
                                "%d entries of %d bytes are waiting to be written"
                                        .formatted(waitingEntries, waitingBytes),
                                null));
            }
            queue.add(new Waiting(copy, bytes, written));
            waitingEntries += copy.size();
            waitingBytes += bytes;
            changed.signal();
            return written;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is waiting, takes no more, and returns once the thread has ended. */
    void close() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a log cannot be closed by its own writer");
        }
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        Ending.of(thread);
    }

    private void run() {
        try {
            for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
                write(batch);
            }
        } catch (Throwable e) { // not even an error may leave callers waiting for ever
            fuse.blow("the log's writer failed: " + e, e);
        }
        fuse.blown().ifPresent(this::failAll);
    }

    /** Waits for something to write, and takes as much of it as one frame should hold. */
    private List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        lock.lock();
        try {
            while (queue.isEmpty() && !closed && fuse.blown().isEmpty()) {
                changed.awaitUninterruptibly();
            }
            if (fuse.blown().isPresent()) {
                return batch;
            }
            int entries = 0;
            long bytes = 0;
            for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
                entries += next.entries().size();
                bytes += next.bytes();
                if (!batch.isEmpty() && (entries > Frame.ENTRIES_MAX || bytes > FRAME_BYTES)) {
                    break;
                }
                batch.add(queue.remove());
                waitingEntries -= next.entries().size();
                waitingBytes -= next.bytes();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> batch) {
        List<byte[]> entries = new ArrayList<>();
        batch.forEach(waiting -> entries.addAll(waiting.entries()));
        Thread.interrupted();
        long first;
        try {
            first = journal.append(entries);
        } catch (NothingWritten e) {
            LogFull full = new LogFull("the disk took nothing more: " + e.getMessage(), e);
            batch.forEach(waiting -> waiting.written().completeExceptionally(full));
            return;
        } catch (IOException | RuntimeException | Error e) {
            LogBroken broken = fuse.blow("the log cannot be made durable: " + e.getMessage(), e);
            batch.forEach(waiting -> waiting.written().completeExceptionally(broken));
            return;
        }
        long index = first;
        for (Waiting waiting : batch) {
            waiting.written().complete(index);
            index += waiting.entries().size();
        }
    }

    private void failAll(LogBroken broken) {
        List<Waiting> left;
        lock.lock();
        try {
            left = List.copyOf(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(waiting -> waiting.written().completeExceptionally(broken));
    }
}

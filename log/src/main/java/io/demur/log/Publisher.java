package io.demur.log;

import io.demur.log.journal.Damage;
import io.demur.log.journal.Disk;
import io.demur.log.journal.ForceFailed;
import io.demur.log.journal.Frame;
import io.demur.log.journal.Journal;
import io.demur.log.journal.JournalReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that makes tiles and checkpoints of what is durable in the journal. It reads the
 * journal back, with a file handle of its own, so that no entry waits for it in memory.
 *
 * <p>A checkpoint covers only what is durable; anchors learn of it first, so that none can have
 * been seen that they do not know. Tiles are durable before the part of the journal is dropped that
 * they could be made from again, and no sooner. What fails for want of room or reach is tried again
 * at the next turn; what says that the disk cannot be trusted blows the fuse.
 */
final class Publisher {

    /** After so many entries it publishes, even where more are waiting. */
    private static final int STEP = 1 << 18;

    /** So many tiles and bundles are made durable in one turn: the next checkpoint waits for it. */
    private static final int FORCED = 512;

    private final LogSettings settings;
    private final Disk disk;
    private final Fuse fuse;
    private final Journal journal;
    private final JournalReader reader;
    private final TileWriter tiles;
    private final Anchorage anchors;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<CompletableFuture<Checkpoint>> asked = new ArrayList<>();
    private boolean closed;
    private volatile @Nullable Checkpoint checkpoint;
    private volatile @Nullable IOException failure;
    private boolean signAnew;

    /**
     * @param tiles what lies before the journal's first entry
     * @param checkpoint the one that is there
     */
    Publisher(
            LogSettings settings,
            Disk disk,
            Fuse fuse,
            Journal journal,
            TileWriter tiles,
            Anchorage anchors,
            Optional<Checkpoint> checkpoint) {
        this.settings = settings;
        this.disk = disk;
        this.fuse = fuse;
        this.journal = journal;
        this.reader = journal.reader();
        this.tiles = tiles;
        this.anchors = anchors;
        this.checkpoint = checkpoint.orElse(null);
        this.signAnew = checkpoint.isEmpty() || !isCurrent(checkpoint.get());
        this.thread = Thread.ofPlatform().daemon().name("log-publisher").unstarted(this::run);
    }

    /** Whether the key that signs now has signed it, and all anchors know it. */
    private boolean isCurrent(Checkpoint there) {
        int id = settings.key().verifier().id();
        return anchors.allHold(there.head())
                && there.note().signatures().stream().anyMatch(each -> each.keyId() == id);
    }

    void start() {
        thread.start();
    }

    /** The last that was published; before the first, the one that was there. */
    Optional<Checkpoint> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    /** Why the last turn published nothing. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Publishes all that is durable now. */
    Checkpoint publish() throws IOException {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a log is not published by its own publisher");
        }
        CompletableFuture<Checkpoint> done = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the log is closed");
            }
            asked.add(done);
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            return done.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("nothing was published: " + cause.getMessage(), cause);
        }
    }

    /** Ends the thread, and returns once it has ended. */
    void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        Ending.of(thread);
        reader.close();
    }

    private void run() {
        while (true) {
            List<CompletableFuture<Checkpoint>> now;
            lock.lock();
            try {
                pause();
                now = List.copyOf(asked);
                asked.clear();
                if (now.isEmpty() && closed) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            turn(now);
        }
    }

    /** Waits for the next turn, or until somebody asks. */
    private void pause() {
        long left = TimeUnit.NANOSECONDS.convert(settings.interval());
        try {
            // where much is to be made durable there is no pause, unless that does not succeed
            boolean behind = failure == null && tiles.unforced() > FORCED;
            while (!behind && left > 0 && asked.isEmpty() && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // left behind by an anchor; it would close the files, and nobody else is to be told
            Thread.interrupted();
        }
    }

    private void turn(List<CompletableFuture<Checkpoint>> waiting) {
        Throwable why;
        try {
            Thread.interrupted();
            Checkpoint published = publishAll();
            failure = null;
            waiting.forEach(each -> each.complete(published));
            return;
        } catch (LogBroken e) {
            why = e;
        } catch (ForceFailed | Damage e) {
            why = fuse.blow("the log cannot be trusted: " + e.getMessage(), e);
        } catch (IOException e) {
            failure = e;
            why = e;
        } catch (RuntimeException | Error e) {
            why = fuse.blow("the log's publisher failed: " + e, e);
        }
        Throwable told = why;
        waiting.forEach(each -> each.completeExceptionally(told));
    }

    private Checkpoint publishAll() throws IOException, Damage, LogBroken {
        long durable = journal.size();
        do {
            stopIfBroken();
            long target = Math.min(durable, tiles.size() + STEP);
            tiles.write();
            for (Optional<Frame> next = reader.next(target);
                    next.isPresent();
                    next = reader.next(target)) {
                next.get().entries().forEach(tiles::add);
                tiles.write();
            }
            publishTiles();
        } while (tiles.size() < durable);
        tiles.mend();
        settle();
        Checkpoint last = checkpoint;
        if (last == null) {
            throw new IOException("there is no checkpoint yet");
        }
        return last;
    }

    private void publishTiles() throws IOException, LogBroken {
        Checkpoint before = checkpoint;
        long signed = before == null ? -1 : before.head().size();
        // while a log is being rebuilt its tiles are behind what was signed
        if (tiles.size() >= Math.max(signed, anchors.size())) {
            tiles.writePartial();
            if (signAnew || tiles.size() > signed) {
                sign(new TreeHead(settings.key().verifier().name(), tiles.size(), tiles.root()));
            }
            tiles.tidy();
        }
    }

    /** Makes older tiles durable, and drops what the journal need not hold any more. */
    private void settle() throws IOException {
        long durable = tiles.force(FORCED);
        Checkpoint now = checkpoint;
        if (now != null) {
            journal.drop(Math.min(durable, now.head().size()));
        }
    }

    private void sign(TreeHead head) throws IOException, LogBroken {
        Optional<String> foreign = anchors.foreign();
        if (foreign.isPresent()) {
            throw fuse.blow(foreign.get(), null);
        }
        anchors.remember(head);
        stopIfBroken();
        Checkpoint next = Checkpoint.sign(head, settings.key());
        Path folder = settings.folder();
        disk.replace(
                folder.resolve("journal").resolve("checkpoint.new"),
                folder.resolve("checkpoint"),
                next.bytes(),
                true);
        checkpoint = next;
        signAnew = false;
    }

    private void stopIfBroken() throws LogBroken {
        Optional<LogBroken> broken = fuse.blown();
        if (broken.isPresent()) {
            throw broken.get();
        }
    }
}

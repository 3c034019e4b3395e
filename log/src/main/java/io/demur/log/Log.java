package io.demur.log;

import io.demur.log.journal.Claim;
import io.demur.log.journal.Claimed;
import io.demur.log.journal.Damage;
import io.demur.log.journal.Disk;
import io.demur.log.journal.Frame;
import io.demur.log.journal.Journal;
import io.demur.log.journal.Recovery;
import io.demur.log.note.Malformed;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.FolderSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A log that is being written: one for each folder, and one process at a time.
 *
 * <p>An entry is acknowledged once it is durable in the journal ({@link Appender}); tiles and
 * checkpoint follow at most an interval later ({@link Publisher}), and are made again from the
 * journal when a log is opened that ended in the middle.
 *
 * <p>Safe for use by several threads.
 */
public final class Log implements AutoCloseable {

    /** How long a file of the journal becomes. */
    static final long SEGMENT_BYTES = 64L << 20;

    private final LogSettings settings;
    private final Claim claim;
    private final Anchorage anchors;
    private final Fuse fuse;
    private final Journal journal;
    private final Appender appender;
    private final Publisher publisher;
    private boolean closed;

    private Log(
            LogSettings settings,
            Claim claim,
            Anchorage anchors,
            Fuse fuse,
            Journal journal,
            Publisher publisher) {
        this.settings = settings;
        this.claim = claim;
        this.anchors = anchors;
        this.fuse = fuse;
        this.journal = journal;
        this.appender = new Appender(journal, fuse);
        this.publisher = publisher;
    }

    /**
     * Opens a log, makes whole what an earlier process left unfinished, and publishes it. A folder
     * without a log becomes an empty one.
     *
     * @throws LogRefused where it must not be written to: another process has it, it holds fewer or
     *     other entries than were signed for (restored, copied, damaged), the key is not its own
     * @throws IOException where its files cannot be read or written
     */
    public static Log open(LogSettings settings) throws IOException, LogRefused {
        return open(settings, new Disk(), SEGMENT_BYTES);
    }

    /** Opens a log on a disk that may fail, with files as short as a test wants them. */
    static Log open(LogSettings settings, Disk disk, long segmentBytes)
            throws IOException, LogRefused {
        Path folder = settings.folder().resolve("journal");
        disk.createFolders(folder);
        Claim claim;
        try {
            claim = Claim.on(folder.resolve("lock"));
        } catch (Claimed e) {
            throw new LogRefused(
                    "`%s` is being written by %s; only one process may"
                            .formatted(settings.folder(), e.getMessage()),
                    e);
        }
        Anchorage anchors = new Anchorage(settings.anchors());
        Journal journal = null;
        Publisher publisher = null;
        try {
            List<Optional<TreeHead>> anchored = anchors.hold();
            String origin = settings.key().verifier().name();
            Recovery found = Recovery.look(disk, folder, origin);
            Optional<Checkpoint> checkpoint = new Opening(settings, disk, found).check(anchored);
            TileWriter tiles = TileWriter.behind(disk, settings.folder(), found.first());
            journal = found.journal(claim.clean(), segmentBytes);
            Fuse fuse = new Fuse(settings.broken());
            publisher = new Publisher(settings, disk, fuse, journal, tiles, anchors, checkpoint);
            Log log = new Log(settings, claim, anchors, fuse, journal, publisher);
            publisher.start();
            publisher.publish();
            log.appender.start();
            return log;
        } catch (Damage | Malformed e) {
            undo(publisher, journal, anchors, claim, e);
            throw new LogRefused(
                    "`%s` is damaged: %s; put back what is missing from a copy"
                            .formatted(settings.folder(), e.getMessage()),
                    e);
        } catch (IOException | LogRefused | RuntimeException | Error e) {
            undo(publisher, journal, anchors, claim, e);
            throw e;
        }
    }

    /** Lets go of everything after a failure. The next one trusts nothing that was written. */
    private static void undo(
            @Nullable Publisher publisher,
            @Nullable Journal journal,
            Anchorage anchors,
            Claim claim,
            Throwable failure) {
        try {
            letGo(publisher, journal, anchors, () -> claim.release(false));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** One of the things to let go of. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Lets go of all of it, whatever fails on the way. */
    private static void letGo(
            @Nullable Publisher publisher,
            @Nullable Journal journal,
            Anchorage anchors,
            Step releaseClaim)
            throws IOException {
        List<Step> steps = new ArrayList<>();
        if (publisher != null) {
            steps.add(publisher::close);
        }
        if (journal != null) {
            steps.add(journal::close);
        }
        steps.add(anchors::release);
        steps.add(releaseClaim);
        IOException failure = null;
        for (Step step : steps) {
            try {
                step.run();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The log's name. */
    public String origin() {
        return settings.key().verifier().name();
    }

    /**
     * Appends entries, in this order, with none of others between them: all of them or none.
     *
     * <p>The future is completed once they are on disk, with the index of the first. It fails with
     * {@link LogFull} where the disk has no room (nothing was appended, and a later try may
     * succeed), with {@link LogBusy} where too much is waiting, and with {@link LogBroken} where
     * the log can no longer be trusted to write. It is completed by the thread that writes: what
     * hangs on it must not block. To cancel the future takes nothing back.
     *
     * @param entries at least one, at most 4,096, each at most 65,535 bytes, together at most as
     *     long as 64 of the longest; not copied, not to be changed
     * @throws IllegalArgumentException for none, too many, or one that is too long
     * @throws IllegalStateException once the log is closed
     */
    public CompletableFuture<Long> append(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > Frame.ENTRIES_MAX) {
            throw new IllegalArgumentException(
                    "%d entries at once: from 1 to %d can be appended"
                            .formatted(entries.size(), Frame.ENTRIES_MAX));
        }
        for (byte[] entry : entries) {
            if (entry.length > EntryBundle.ENTRY_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "an entry of %d bytes: at most %d can be appended"
                                .formatted(entry.length, EntryBundle.ENTRY_BYTES_MAX));
            }
        }
        if (Frame.bytes(entries) > Frame.BYTES_MAX) {
            throw new IllegalArgumentException(
                    "%d bytes at once: at most %d can be appended"
                            .formatted(Frame.bytes(entries), Frame.BYTES_MAX));
        }
        return appender.append(entries);
    }

    /** How many entries are on disk. */
    public long size() {
        return journal.size();
    }

    /** The last checkpoint that was published. */
    public Checkpoint checkpoint() {
        return publisher.checkpoint().orElseThrow();
    }

    /**
     * Publishes all that is on disk now, without waiting for the next turn, and returns once that
     * is done.
     *
     * @return a checkpoint that covers all of it
     * @throws IOException where it cannot be written
     */
    public Checkpoint publish() throws IOException {
        return publisher.publish();
    }

    /**
     * Why the last turn did not publish: a full disk, an anchor out of reach. It is tried again at
     * each turn, and meanwhile entries are taken; nothing where it did.
     */
    public Optional<IOException> unpublished() {
        return publisher.failure();
    }

    /** What is published, to be read. */
    public LogReader reader() {
        return new LogReader(new FolderSource(settings.folder()));
    }

    /**
     * Writes what is waiting, publishes it, and lets go of the folder.
     *
     * @throws IOException where it could not be published; it is on disk nevertheless, and is
     *     published when the log is opened again
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        // an interrupt would close the files under the threads that are finishing
        boolean interrupted = Thread.interrupted();
        try {
            closeOnce();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeOnce() throws IOException {
        appender.close();
        closed = true;
        boolean whole = fuse.blown().isEmpty();
        try {
            if (whole) {
                publisher.publish();
            }
        } finally {
            letGo(
                    publisher,
                    journal,
                    anchors,
                    () -> claim.release(whole && fuse.blown().isEmpty()));
        }
    }
}

package io.demur.log;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A log that is being written: one for each folder, and one process at a time.
 *
 * <p>Safe for use by several threads.
 */
@SuppressWarnings("DoNotCallSuggester") // a skeleton
public final class Log implements AutoCloseable {

    private Log() {}

    /**
     * Opens a log, makes whole what an earlier process left unfinished, and publishes it. A folder
     * without a log becomes an empty one.
     *
     * @throws LogRefused where it must not be written to: another process has it, it holds fewer or
     *     other entries than were signed for (restored, copied, damaged), the key is not its own
     * @throws IOException where its files cannot be read or written
     */
    public static Log open(LogSettings settings) throws IOException, LogRefused {
        throw new UnsupportedOperationException();
    }

    /** The log's name. */
    public String origin() {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends entries, in this order, with none of others between them: all of them or none.
     *
     * <p>The future is completed once they are on disk, with the index of the first. It fails with
     * {@link LogFull} where the disk has no room (nothing was appended, and a later try may
     * succeed), with {@link LogBusy} where too much is waiting, and with {@link LogBroken} where
     * the log can no longer be trusted to write. It is completed by the thread that writes: what
     * hangs on it must not block.
     *
     * @param entries at least one, each at most 65,535 bytes; not copied, not to be changed
     * @throws IllegalArgumentException for none, or one that is too long
     */
    public CompletableFuture<Long> append(List<byte[]> entries) {
        throw new UnsupportedOperationException();
    }

    /** How many entries are on disk. */
    public long size() {
        throw new UnsupportedOperationException();
    }

    /** The last checkpoint that was published. */
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException();
    }

    /**
     * Publishes all that is on disk now, without waiting for the next turn, and returns once that
     * is done.
     *
     * @return a checkpoint that covers all of it
     * @throws IOException where it cannot be written
     */
    public Checkpoint publish() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** What is published, to be read. */
    public LogReader reader() {
        throw new UnsupportedOperationException();
    }

    /** Writes what is waiting, publishes it, and lets go of the folder. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}

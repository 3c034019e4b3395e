package io.demur.record;

import io.demur.log.Log;
import io.demur.record.entry.Entry;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes entries into a log, and keeps what must hold of them: time never decreases, every attempt
 * has exactly one outcome.
 *
 * <p>Safe for use by several threads.
 */
@SuppressWarnings("DoNotCallSuggester") // a skeleton
public final class Trail implements AutoCloseable {

    private Trail() {}

    /** The log that is written. */
    public Log log() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes entries, all of them or none, in this order and with none of others between them.
     * Their times are raised to that of the entry before them where they are earlier.
     *
     * @return completed once they are on disk, with where they stand; fails as {@link
     *     Log#append(List)} does. What hangs on it must not block
     * @throws IllegalArgumentException for an entry of more than 4,096 bytes, an outcome whose
     *     attempt is not open, or an attempt whose id is open or was used
     */
    public CompletableFuture<Position> append(List<Entry> entries) {
        throw new UnsupportedOperationException();
    }

    /** Closes attempts that are open as aborted, writes STOP, and closes the log. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

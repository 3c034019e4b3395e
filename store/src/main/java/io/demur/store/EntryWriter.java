package io.demur.store;

import io.demur.record.entry.Entry;

import java.io.IOException;

/** Writes an entry into the log: {@link io.demur.record.Trail}, or a list in a test. */
@FunctionalInterface
public interface EntryWriter {

    /**
     * Writes an entry, and returns once it is on disk.
     *
     * @throws IOException where it could not be written; what hangs on it is not done
     */
    void write(Entry entry) throws IOException;
}

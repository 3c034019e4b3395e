package io.demur.store;

import io.demur.record.entry.Entry;

import java.io.IOException;

/** Writes an entry into the log: {@link io.demur.record.Trail}, or a list in a test. */
@FunctionalInterface
public interface EntryWriter {

    /**
     * Sees to it that the log is there to be written into. Whoever cannot have it begins nothing,
     * so that nobody waits for what nobody does.
     *
     * @throws IOException where it is not, as another process has it
     */
    default void open() throws IOException {}

    /**
     * Writes an entry, and returns once it is on disk.
     *
     * @throws IOException where it could not be written; what hangs on it is not done
     */
    void write(Entry entry) throws IOException;
}

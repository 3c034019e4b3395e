package io.demur.store;

import io.demur.log.note.Malformed;
import io.demur.record.entry.Entry;

/** Reads an entry from its bytes in the log. */
@FunctionalInterface
public interface EntryReader {

    /**
     * The entry of these bytes.
     *
     * @throws Malformed where they are none
     */
    Entry read(byte[] bytes) throws Malformed;
}

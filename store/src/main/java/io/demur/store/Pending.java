package io.demur.store;

import java.io.IOException;

/** What waits for whoever has the log. Safe for use by several threads and processes. */
public interface Pending {

    /**
     * Writes into the log what it does not have yet, oldest first, and makes it hold. Where several
     * processes do this, each entry is written by one of them.
     *
     * @return how many entries were written
     * @throws IOException where the log took one no more; it is tried again the next time
     */
    int publish(EntryWriter log) throws StoreFailed, IOException;

    /** How many entries wait for the log. */
    int pending() throws StoreFailed;
}

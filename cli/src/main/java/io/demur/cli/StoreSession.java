package io.demur.cli;

import io.demur.log.LogReader;
import io.demur.store.Bodies;
import io.demur.store.EntryWriter;
import io.demur.store.Erasure;
import io.demur.store.Holds;
import io.demur.store.Projection;
import io.demur.store.Subjects;

import java.io.IOException;

/** An installation that is open: its store, and the log that is told what is done to it. */
interface StoreSession extends AutoCloseable {

    Subjects subjects();

    Bodies bodies();

    Holds holds();

    Erasure erasure();

    Projection projection();

    /** Writes into the log. */
    EntryWriter log();

    /** Reads what the log has published. */
    LogReader published();

    /** How much of it that is. */
    long size() throws IOException;

    @Override
    void close() throws IOException;
}

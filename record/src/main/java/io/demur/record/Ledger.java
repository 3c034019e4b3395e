package io.demur.record;

import io.demur.log.Log;
import io.demur.log.LogReader;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a trail needs of a log; a test has one in memory. */
interface Ledger {

    String origin();

    /** How many entries {@link #reader} sees at least. */
    long published();

    LogReader reader();

    /** Publishes all that is on disk, and says how many entries that are. */
    long publish() throws IOException;

    /** As {@link Log#append} does. */
    CompletableFuture<Long> append(List<byte[]> entries);

    void close() throws IOException;

    static Ledger of(Log log) {
        return new Ledger() {
            @Override
            public String origin() {
                return log.origin();
            }

            @Override
            public long published() {
                return log.checkpoint().head().size();
            }

            @Override
            public LogReader reader() {
                return log.reader();
            }

            @Override
            public long publish() throws IOException {
                return log.publish().head().size();
            }

            @Override
            public CompletableFuture<Long> append(List<byte[]> entries) {
                return log.append(entries);
            }

            @Override
            public void close() throws IOException {
                log.close();
            }
        };
    }
}

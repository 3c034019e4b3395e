package io.demur.record;

import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.record.entry.Start;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A trail whose process may be killed before it hands entries to the log, and behind that. */
public final class MortalTrail {

    private MortalTrail() {}

    /**
     * Opens one.
     *
     * @param step told of each step by its name; where it throws, nothing more is written
     */
    public static Trail open(Log log, Start start, InstantSource clock, Consumer<String> step)
            throws IOException {
        Ledger whole = Ledger.of(log);
        Ledger mortal =
                new Ledger() {
                    @Override
                    public String origin() {
                        return whole.origin();
                    }

                    @Override
                    public long published() {
                        return whole.published();
                    }

                    @Override
                    public LogReader reader() {
                        return whole.reader();
                    }

                    @Override
                    public long publish() throws IOException {
                        return whole.publish();
                    }

                    @Override
                    public CompletableFuture<Long> append(List<byte[]> entries) {
                        step.accept("before entries are in the log");
                        return whole.append(entries)
                                .thenApply(
                                        first -> {
                                            step.accept("when entries are in the log");
                                            return first;
                                        });
                    }

                    @Override
                    public void close() throws IOException {
                        whole.close();
                    }
                };
        return Trail.open(mortal, log, start, clock, Trail.ATTEMPT_MAX);
    }
}

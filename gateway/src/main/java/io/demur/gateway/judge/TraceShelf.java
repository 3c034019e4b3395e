package io.demur.gateway.judge;

import io.demur.core.memory.Trace;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where remembered refusals outlive the process. Safe for use by several threads. */
public interface TraceShelf {

    /** Keeps nothing: what was refused is forgotten with the process. */
    TraceShelf NONE =
            new TraceShelf() {
                @Override
                public CompletableFuture<?> keep(String principal, Trace trace, Instant until) {
                    return CompletableFuture.completedFuture(trace);
                }

                @Override
                public List<Trace> all() {
                    return List.of();
                }
            };

    /**
     * Keeps one behind the request, in the place of an earlier one of the same attempt. Blocks
     * nobody.
     *
     * @param principal to whom it was refused, as a pseudonym
     * @param until when its time is over
     */
    CompletableFuture<?> keep(String principal, Trace trace, Instant until);

    /** All that is kept and not too old, the oldest first; asked once, at the start. */
    List<Trace> all();
}

package io.demur.gateway.judge;

import io.demur.core.memory.Trace;
import io.demur.store.Remembered;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Remembered refusals in the store, on threads of their own: databases know no virtual ones. */
public final class StoredTraces implements TraceShelf {

    private final Remembered remembered;
    private final Executor executor;
    private final List<Trace> kept;

    /**
     * Reads what is kept.
     *
     * @param executor of platform threads; where it takes no more, what was refused is forgotten
     *     with the process
     */
    public StoredTraces(Remembered remembered, Executor executor) throws StoreFailed {
        this.remembered = remembered;
        this.executor = executor;
        kept = remembered.all();
    }

    @Override
    public CompletableFuture<?> keep(String principal, Trace trace, Instant until) {
        CompletableFuture<Trace> done = new CompletableFuture<>();
        try {
            executor.execute(() -> put(done, principal, trace, until));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private void put(CompletableFuture<Trace> done, String principal, Trace trace, Instant until) {
        try {
            remembered.keep(principal, trace, until);
            done.complete(trace);
        } catch (StoreFailed | StoreRefused | RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public List<Trace> all() {
        return kept;
    }
}

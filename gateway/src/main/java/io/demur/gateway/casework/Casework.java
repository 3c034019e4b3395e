package io.demur.gateway.casework;

import io.demur.desk.Queue;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The queue, for those who ask over HTTP: on threads of its own, because databases know no virtual
 * ones. Safe for use by several threads.
 */
public final class Casework {

    private final Queue queue;
    private final CaseWords words;
    private final Executor executor;

    /**
     * That of a queue.
     *
     * @param words of the exchanges that cases are about
     * @param executor of platform threads
     */
    public Casework(Queue queue, CaseWords words, Executor executor) {
        this.queue = queue;
        this.words = words;
        this.executor = executor;
    }

    /** Something that is asked of the queue. */
    @FunctionalInterface
    public interface Asking<T> {
        T of(Queue queue, CaseWords words) throws StoreFailed, StoreRefused, IOException;
    }

    /**
     * What came of it; one of the two.
     *
     * @param refused why it was not done, in words
     */
    public record Answer<T>(Optional<T> given, String refused) {}

    /** Asks something. */
    public <T> CompletableFuture<Answer<T>> ask(Asking<T> asking) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return new Answer<>(Optional.of(asking.of(queue, words)), "");
                        } catch (StoreRefused e) {
                            return new Answer<>(Optional.empty(), String.valueOf(e.getMessage()));
                        } catch (StoreFailed | IOException e) {
                            throw new CompletionException(e);
                        }
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}

package io.demur.eval;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Applies a function to a sequence on several threads, and hands the results on in the order of the
 * sequence, in the caller's own thread. What is on its way is bounded by {@value #WEIGHT_MAX}
 * bytes, or one item where that weighs more, beside the batch that is being filled. The function
 * must be safe for use by several threads.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class InOrder<I, O> implements AutoCloseable {

    /** What to do with results, in order. */
    interface Sink<O> {
        void take(O result) throws IOException;
    }

    /** Enough work for a hand-over between threads not to be felt. */
    private static final long BATCH_WEIGHT = 1 << 17;

    static final int BATCH_ITEMS = 256;
    static final long WEIGHT_MAX = 1 << 24;

    private record Batch<O>(Future<List<O>> results, long weight) {}

    private final Function<I, O> function;
    private final Sink<O> sink;
    private final int batchItems;
    private final int batchesMax;
    private final ExecutorService threads;
    private final Queue<Batch<O>> underway = new ArrayDeque<>();
    private List<I> batch = new ArrayList<>();
    private long batchWeight;
    private long underwayWeight;

    /**
     * Starts the threads.
     *
     * @param count how many
     * @param batchItems how many items, at most, go to a thread at a time
     */
    InOrder(int count, int batchItems, Function<I, O> function, Sink<O> sink) {
        this.batchItems = batchItems;
        this.function = function;
        this.sink = sink;
        this.batchesMax = 3 * count;
        this.threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().name("judge-", 0).daemon().factory());
    }

    /**
     * Puts one item into the sequence; waits, and hands on results, where too much is on its way.
     *
     * @param weight what it takes in memory, in bytes
     */
    void put(I item, long weight) throws IOException {
        batch.add(item);
        batchWeight += weight;
        if (batchWeight >= BATCH_WEIGHT || batch.size() >= batchItems) {
            submit();
        }
    }

    /** Hands on everything that is still on its way. */
    void finish() throws IOException {
        submit();
        while (!underway.isEmpty()) {
            take();
        }
    }

    private void submit() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        while (!underway.isEmpty()
                && (underway.size() >= batchesMax || underwayWeight + batchWeight > WEIGHT_MAX)) {
            take();
        }
        List<I> items = batch;
        underway.add(
                new Batch<>(
                        threads.submit(() -> items.stream().map(function).toList()), batchWeight));
        underwayWeight += batchWeight;
        batch = new ArrayList<>();
        batchWeight = 0;
    }

    private void take() throws IOException {
        Batch<O> first = underway.remove();
        underwayWeight -= first.weight();
        for (O result : results(first)) {
            sink.take(result);
        }
    }

    private static <O> List<O> results(Batch<O> batch) throws IOException {
        try {
            return batch.results().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            if (e.getCause() instanceof Error broken) {
                throw broken;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Stops the threads; what was not handed on is lost. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

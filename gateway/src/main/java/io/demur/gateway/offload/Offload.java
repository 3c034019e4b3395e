package io.demur.gateway.offload;

import io.demur.gateway.offload.Deadlines.Deadline;
import io.vertx.core.Future;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A few platform threads for work that takes milliseconds or longer: judges that run native code,
 * very long texts, stores. What waits is bounded: where there is no room, work fails at once
 * instead of being late. Work whose result nobody waits for any more is not begun. Safe for use by
 * several threads.
 */
public final class Offload implements AutoCloseable {

    private final String name;
    private final ThreadPoolExecutor threads;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final AtomicLong queued = new AtomicLong();

    /**
     * What was made of the work so far.
     *
     * @param queued how much waits now
     * @param done finished, one way or the other
     * @param failed of those, with an exception
     * @param rejected for want of room
     */
    public record Counts(long queued, long done, long failed, long rejected) {}

    /**
     * A pool.
     *
     * @param name of its threads, after {@code demur-}
     * @param count of threads
     * @param room how much work may wait for them
     */
    public Offload(String name, int count, int room) {
        this.name = name;
        threads =
                new ThreadPoolExecutor(
                        count,
                        count,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(room),
                        Thread.ofPlatform().daemon().name("demur-" + name + "-", 0).factory());
    }

    /**
     * Does some work as soon as a thread is free.
     *
     * @return completed with its result; failed with {@link OffloadFull}, at once, where there is
     *     no room
     */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queued.incrementAndGet();
        try {
            threads.execute(
                    () -> {
                        queued.decrementAndGet();
                        run(work, result);
                    });
        } catch (RejectedExecutionException e) {
            queued.decrementAndGet();
            rejected.increment();
            result.completeExceptionally(new OffloadFull(name));
        }
        return result;
    }

    @SuppressWarnings("CatchingUnchecked") // whoever waits gets it, errors too: none may be lost
    private <T> void run(Supplier<T> work, CompletableFuture<T> result) {
        if (result.isDone()) {
            done.increment(); // its deadline has passed
            return;
        }
        try {
            T made = work.get();
            done.increment();
            result.complete(made);
        } catch (Throwable e) {
            done.increment();
            failed.increment();
            result.completeExceptionally(e);
        }
    }

    /** What was made of the work so far. */
    public Counts counts() {
        return new Counts(queued.get(), done.sum(), failed.sum(), rejected.sum());
    }

    /**
     * Waits for work, as exchanges wait: the virtual thread of a verticle is suspended and holds up
     * nobody.
     *
     * @throws RuntimeException as the work threw it; a {@link TimeoutException} goes through
     *     undeclared where it is late
     */
    public static <T> T await(CompletableFuture<T> work, Duration most) {
        if (work.isDone() && !work.isCompletedExceptionally()) {
            return work.join();
        }
        Deadline end = Deadlines.in(most, () -> work.completeExceptionally(new TimeoutException()));
        try {
            return Future.await(Future.fromCompletionStage(work));
        } finally {
            end.close();
        }
    }

    /** Takes no more work, and drops what has not begun. */
    @Override
    public void close() {
        threads.shutdown(); // what has begun ends by itself: native code must not be interrupted
        threads.getQueue().clear();
    }
}

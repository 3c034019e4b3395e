package io.demur.gateway.upstream;

import io.demur.gateway.offload.Deadlines;
import io.demur.gateway.offload.Deadlines.Deadline;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the sake of one answer: never without an end, and never longer than somebody wants it.
 * For one virtual thread of a verticle; {@link #cancel} may be called by any.
 */
final class Patience {

    private final Vertx vertx;
    private final long end;
    private long waited;

    private volatile boolean cancelled;
    private volatile @Nullable Promise<Optional<AsyncResult<?>>> waiting;
    private volatile @Nullable Runnable undo;

    /**
     * @param within how long all waits may take together
     */
    Patience(Vertx vertx, Duration within) {
        this.vertx = vertx;
        end = System.nanoTime() + within.toNanos();
    }

    /**
     * Waits.
     *
     * @param most how long at most; less where the end comes before
     * @param what is waited for, for the message
     * @throws Lost where it fails, or does not come in time
     * @throws AnswerCancelled where nobody wants it any more
     */
    <T> T on(Future<T> future, Duration most, String what) throws Lost {
        long now = System.nanoTime();
        boolean last = end - now < most.toNanos();
        wantedStill();
        if (end - now <= 0) {
            throw over();
        }
        if (!future.isComplete()) {
            Promise<Optional<AsyncResult<?>>> promise = Promise.promise();
            waiting = promise;
            wantedStill();
            future.onComplete(result -> promise.tryComplete(Optional.of(result)));
            Optional<AsyncResult<?>> result;
            Duration left = last ? Duration.ofNanos(end - now) : most;
            Deadline late = Deadlines.in(left, () -> promise.tryComplete(Optional.empty()));
            try {
                result = Future.await(promise.future());
            } finally {
                late.close();
            }
            waiting = null;
            waited += System.nanoTime() - now;
            wantedStill();
            if (result.isEmpty()) {
                throw last
                        ? over()
                        : new Lost(
                                Lost.How.LATE,
                                "%s took longer than %s".formatted(what, shown(most)));
            }
        }
        wantedStill();
        if (future.failed()) {
            throw new Lost(Lost.How.BROKEN, what + ": " + message(future.cause()));
        }
        return future.result();
    }

    /** How long all waits have taken together up to now. */
    Duration waited() {
        return Duration.ofNanos(waited);
    }

    /** Waits for some time to pass. */
    void sleep(Duration time) throws Lost {
        long millis = Math.max(1, time.toMillis());
        on(
                vertx.timer(millis, TimeUnit.MILLISECONDS),
                time.plus(Duration.ofSeconds(1)),
                "the next try");
    }

    /** What ends at once what is under way when it is cancelled. */
    void undo(@Nullable Runnable other) {
        undo = other;
        if (other != null && cancelled) {
            other.run();
        }
    }

    /** Nobody wants it any more. */
    void cancel() {
        cancelled = true;
        Runnable ending = undo;
        if (ending != null) {
            ending.run();
        }
        Promise<Optional<AsyncResult<?>>> promise = waiting;
        if (promise != null) {
            promise.tryComplete(Optional.empty());
        }
    }

    private static Lost over() {
        return new Lost(Lost.How.OVER, "the time for this answer is over");
    }

    /** Nothing is begun that nobody wants. */
    void wantedStill() {
        if (cancelled) {
            throw new AnswerCancelled();
        }
    }

    private static String shown(Duration time) {
        return time.toMillis() % 1000 == 0
                ? time.toSeconds() + " s"
                : "%d ms".formatted(time.toMillis());
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}

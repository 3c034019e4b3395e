package io.demur.gateway.offload;

import io.demur.gateway.offload.Deadlines.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * How an exchange waits for what is ours: in no other way than Vert.x's own is a virtual thread of
 * a verticle suspended without stopping the others. Every wait has an end. Who completes what is
 * waited for wakes who waits, with no other thread in between.
 */
public final class Waiting {

    /** How long the log and the store may take before they count as broken. */
    public static final Duration OWN_MAX = Duration.ofSeconds(10);

    private Waiting() {}

    /** Waits for something of ours. */
    public static <T> T on(CompletionStage<T> stage) {
        return on(stage, OWN_MAX);
    }

    /** Likewise, for so long at most. */
    public static <T> T on(CompletionStage<T> stage, Duration most) {
        return on(Future.fromCompletionStage(stage), most);
    }

    /**
     * Waits for a future.
     *
     * @throws CompletionException where it fails with what is declared elsewhere, or does not come
     *     in time: {@code await} alone would throw that past every {@code catch}
     */
    public static <T> T on(Future<T> future, Duration most) {
        if (future.succeeded()) {
            return future.result();
        }
        Promise<T> ended = Promise.promise();
        future.onComplete(
                value -> ended.tryComplete(value), failure -> ended.tryFail(unchecked(failure)));
        Deadline end = Deadlines.in(most, () -> ended.tryFail(late(most)));
        try {
            return Future.await(ended.future());
        } finally {
            end.close();
        }
    }

    private static Throwable late(Duration most) {
        return new CompletionException(new TimeoutException("it took longer than " + most));
    }

    private static Throwable unchecked(Throwable failure) {
        return failure instanceof RuntimeException || failure instanceof Error
                ? failure
                : new CompletionException(failure);
    }
}

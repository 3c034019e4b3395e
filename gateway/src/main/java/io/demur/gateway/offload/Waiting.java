package io.demur.gateway.offload;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The one way in which an exchange waits: nothing else suspends a virtual thread of a verticle
 * without stopping the others. Every wait has an end.
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
        return on(Future.fromCompletionStage(stage, Vertx.currentContext()), most);
    }

    /**
     * Waits for a future of this verticle.
     *
     * @throws CompletionException where it fails with what is declared elsewhere, or does not come
     *     in time: {@code await} alone would throw that past every {@code catch}
     */
    public static <T> T on(Future<T> future, Duration most) {
        return Future.await(
                future.timeout(most.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(failure -> Future.failedFuture(unchecked(failure))));
    }

    private static Throwable unchecked(Throwable failure) {
        return failure instanceof RuntimeException || failure instanceof Error
                ? failure
                : new CompletionException(failure);
    }
}

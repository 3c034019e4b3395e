package io.demur.gateway.upstream;

import io.demur.gateway.offload.Deadlines;
import io.demur.gateway.offload.Deadlines.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A response whose pieces come when they are asked for, so that a caller who reads slowly slows the
 * server down. Belongs to the verticle that asked.
 */
final class Pull {

    /** What a server may send behind the last event before its connection is given up. */
    private static final int REST_BYTES_MAX = 64 << 10;

    private static final Duration REST_MAX = Duration.ofSeconds(1);

    /** So many pieces may come before they are asked for, each of eight kilobytes at most. */
    private static final int AHEAD = 16;

    private final HttpClientResponse response;
    private final Deque<Buffer> early = new ArrayDeque<>();
    private @Nullable Promise<Optional<Buffer>> asked;
    private @Nullable Throwable broken;
    private int granted;
    private boolean ended;
    private long rest;

    /**
     * Made as soon as the head is there, so that nothing of the body passes by unseen. A short body
     * has come by the time somebody asks for it.
     */
    Pull(HttpClientResponse response) {
        this.response = response;
        response.pause();
        response.handler(this::came);
        response.endHandler(end -> over());
        response.exceptionHandler(this::broke);
        granted = AHEAD;
        response.fetch(AHEAD);
    }

    HttpClientResponse head() {
        return response;
    }

    /** All that has come since, or the next piece; empty at the end. */
    Future<Optional<Buffer>> next() {
        if (!early.isEmpty()) {
            Buffer all = early.remove();
            if (!early.isEmpty()) {
                all = all.copy();
                while (!early.isEmpty()) {
                    all.appendBuffer(early.remove());
                }
            }
            return Future.succeededFuture(Optional.of(all));
        }
        if (ended) {
            return Future.succeededFuture(Optional.empty());
        }
        if (broken != null) {
            return Future.failedFuture(broken);
        }
        Promise<Optional<Buffer>> promise = Promise.promise();
        asked = promise;
        if (granted <= AHEAD / 2) {
            int more = AHEAD - granted;
            granted = AHEAD;
            response.fetch(more);
        }
        return promise.future();
    }

    /**
     * Lets the rest come, which is to be nothing but the end, so that the connection can be used
     * again. Where there is more of it, the connection is given up.
     */
    void finish(Runnable giveUp) {
        if (ended || broken != null) {
            return;
        }
        Deadline late = Deadlines.in(REST_MAX, giveUp);
        response.handler(
                piece -> {
                    rest += piece.length();
                    if (rest > REST_BYTES_MAX) {
                        late.close();
                        giveUp.run();
                    }
                });
        response.endHandler(end -> late.close());
        response.exceptionHandler(failure -> late.close());
        response.resume();
    }

    private void came(Buffer piece) {
        granted--;
        Promise<Optional<Buffer>> promise = asked;
        asked = null;
        if (promise == null || !promise.tryComplete(Optional.of(piece))) {
            early.add(piece);
        }
    }

    private void over() {
        ended = true;
        if (asked != null) {
            asked.tryComplete(Optional.empty());
        }
    }

    private void broke(Throwable cause) {
        broken = cause;
        if (asked != null) {
            asked.tryFail(cause);
        }
    }
}

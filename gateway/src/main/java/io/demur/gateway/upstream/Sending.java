package io.demur.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;

import org.jspecify.annotations.Nullable;

/**
 * A request that leaves as soon as there is a connection for it, whoever is busy then, and that can
 * be given up at any time: what is given up before it was sent is never sent. Safe for use by
 * several threads.
 */
final class Sending {

    private final Buffer body;
    private final Promise<HttpClientRequest> connected = Promise.promise();
    private final Promise<Pull> answer = Promise.promise();
    private @Nullable HttpClientRequest request;
    private boolean givenUp;

    /**
     * Sends it.
     *
     * @param connecting a request without its body, on a connection of its own
     */
    Sending(Future<HttpClientRequest> connecting, Buffer body) {
        this.body = body;
        connecting.onComplete(this::send, connected::tryFail);
    }

    private void send(HttpClientRequest line) {
        line.exceptionHandler(broken -> {}); // whoever waits is told
        if (!begin(line)) {
            line.reset();
            return;
        }
        try {
            line.send(body)
                    .map(Pull::new) // at once, so that nothing of the answer passes by unseen
                    .onComplete(answer::tryComplete, answer::tryFail);
        } catch (RuntimeException e) {
            answer.tryFail(e);
        }
        connected.tryComplete(line);
    }

    private synchronized boolean begin(HttpClientRequest line) {
        request = line;
        return !givenUp;
    }

    /** The request, as soon as it is on its way. */
    Future<HttpClientRequest> connected() {
        return connected.future();
    }

    /** The answer, as soon as its head is there. */
    Future<Pull> answer() {
        return answer.future();
    }

    /**
     * The server sees at once that nobody waits for an answer.
     *
     * @return whether it was on its way already
     */
    synchronized boolean giveUp() {
        boolean sent = request != null && !givenUp;
        givenUp = true;
        if (request != null) {
            request.reset();
        }
        return sent;
    }
}

package io.demur.gateway;

import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Reads the bodies of requests, up to a length and within a time. */
final class BodyReader {

    private static final int LENGTH_UNKNOWN = 4096;

    private final int bytesMax;
    private final Duration within;

    BodyReader(int bytesMax, Duration within) {
        this.bytesMax = bytesMax;
        this.within = within;
    }

    /**
     * Waits for the whole body.
     *
     * @throws BadCall where it is too long, packed, or does not come
     */
    byte[] read(HttpServerRequest request) throws BadCall {
        String packed = request.getHeader("content-encoding");
        if (packed != null && !packed.equalsIgnoreCase("identity")) {
            throw new BadCall(
                    Fault.of(
                            Fault.Kind.INVALID,
                            "content-encoding `%s` is not read here; send the body as it is"
                                    .formatted(packed)));
        }
        if (announced(request) > bytesMax) {
            throw tooLong();
        }
        Promise<byte[]> whole = Promise.promise();
        Buffer body = Buffer.buffer(LENGTH_UNKNOWN);
        request.handler(
                piece -> {
                    if (body.length() + piece.length() > bytesMax) {
                        request.handler(rest -> {});
                        whole.tryFail(new TooLong());
                    } else {
                        body.appendBuffer(piece);
                    }
                });
        request.endHandler(end -> whole.tryComplete(body.getBytes()));
        request.exceptionHandler(whole::tryFail);
        try {
            return Waiting.on(whole.future(), within);
        } catch (TooLong e) {
            throw tooLong();
        } catch (CompletionException e) {
            throw new BadCall(
                    Fault.of(
                            Fault.Kind.INVALID,
                            "the body did not come within %d seconds"
                                    .formatted(within.toSeconds())));
        } catch (RuntimeException e) {
            throw new AnswerCancelled(); // the caller broke off
        }
    }

    /** How long the body is to be, where that was said; whether it is so is found when it comes. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private BadCall tooLong() {
        return new BadCall(
                Fault.of(
                        Fault.Kind.TOO_LARGE,
                        "the body is longer than the %d bytes that are read here"
                                .formatted(bytesMax)));
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("too long", null, false, false);
        }
    }
}

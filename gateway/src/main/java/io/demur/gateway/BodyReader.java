package io.demur.gateway;

import io.demur.gateway.offload.Offload;
import io.demur.gateway.offload.OffloadFull;
import io.demur.gateway.offload.Waiting;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Reads the bodies of requests, up to a length, within a time, and while there is room. */
final class BodyReader {

    /** Bytes that are made out at once; what is longer is made out on another thread. */
    private static final int INLINE_MAX = 256 << 10;

    /** When there may be room again. */
    private static final Duration LATER = Duration.ofSeconds(2);

    private final int bytesMax;
    private final Duration within;
    private final Room room;
    private final Offload offload;

    /**
     * Reads bodies.
     *
     * @param bytesMax of one
     * @param within how long a caller may take to send one
     * @param room for all of them
     * @param offload where long ones are made out
     */
    BodyReader(int bytesMax, Duration within, Room room, Offload offload) {
        this.bytesMax = bytesMax;
        this.within = within;
        this.room = room;
        this.offload = offload;
    }

    /** The same for bodies of another length. */
    BodyReader upTo(int otherBytesMax) {
        return new BodyReader(otherBytesMax, within, room, offload);
    }

    /** Makes out what a body says. */
    @FunctionalInterface
    interface Parser<A extends Asked> {
        A parse(byte[] body) throws BadCall;
    }

    /**
     * What a body asks for.
     *
     * @throws BadCall where it says nothing that can be asked, or refers to what cannot be judged
     */
    <A extends Asked> A parsed(Received body, Parser<A> parser) throws BadCall {
        if (body.bytes().length <= INLINE_MAX) {
            return judgeable(parser.parse(body.bytes()));
        }
        Made<A> made;
        try {
            made = Waiting.on(offload.submit(() -> made(body, parser)));
        } catch (OffloadFull | CompletionException e) {
            throw noRoom();
        }
        return made.get();
    }

    /** What became of making out a body; one of the two. */
    private record Made<A>(Optional<A> asked, Optional<BadCall> wrong) {
        A get() throws BadCall {
            if (wrong.isPresent()) {
                throw wrong.get();
            }
            return asked.orElseThrow();
        }
    }

    private static <A extends Asked> Made<A> made(Received body, Parser<A> parser) {
        try {
            return new Made<>(Optional.of(judgeable(parser.parse(body.bytes()))), Optional.empty());
        } catch (BadCall e) {
            return new Made<>(Optional.empty(), Optional.of(e));
        }
    }

    /** Whatever is asked for: what only a provider can read is not sent there unjudged. */
    private static <A extends Asked> A judgeable(A asked) throws BadCall {
        List<String> references = asked.references();
        if (references.isEmpty()) {
            return asked;
        }
        String field = references.getFirst();
        throw new BadCall(
                field,
                "`%s` is what nobody here can read, so it cannot be judged".formatted(field));
    }

    /**
     * Waits for the whole body, which takes room as far as it has come.
     *
     * @param from the caller, of whom only so much comes at a time
     * @throws BadCall where it is too long, packed, or does not come, or there is no room
     */
    Received read(HttpServerRequest request, String from) throws BadCall {
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
        Room.Share share = room.share(from);
        try {
            byte[] whole = whole(request, share);
            share.whole();
            return new Received(whole, share);
        } catch (BadCall | RuntimeException | Error e) {
            share.close(); // nothing more takes room
            throw e;
        }
    }

    private byte[] whole(HttpServerRequest request, Room.Share share) throws BadCall {
        Promise<byte[]> whole = Promise.promise();
        Gathered body = new Gathered();
        request.handler(
                piece -> {
                    int length = body.length() + piece.length();
                    if (whole.future().isComplete()) {
                        return;
                    }
                    if (length > bytesMax) {
                        whole.fail(new TooMuch(tooLong()));
                    } else if (!share.upTo(length)) {
                        whole.fail(new TooMuch(noRoom()));
                    } else {
                        body.add(piece);
                    }
                });
        request.endHandler(end -> whole.tryComplete(body.take()));
        request.exceptionHandler(whole::tryFail);
        try {
            return Waiting.on(whole.future(), within);
        } catch (TooMuch e) {
            throw e.why;
        } catch (CompletionException e) {
            whole.tryFail(e);
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

    private static BadCall noRoom() {
        return new BadCall(
                new Fault(
                        Fault.Kind.UNAVAILABLE,
                        "there is no room for more bodies of this length at the moment",
                        Optional.empty(),
                        Optional.of(LATER)));
    }

    /** What has come; let go of at the end, because handlers live as long as the exchange. */
    private static final class Gathered {
        private Buffer body = Buffer.buffer();

        int length() {
            return body.length();
        }

        void add(Buffer piece) {
            body.appendBuffer(piece);
        }

        byte[] take() {
            byte[] whole = body.getBytes();
            body = Buffer.buffer();
            return whole;
        }
    }

    /** Why a body is not read to its end. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient BadCall why;

        TooMuch(BadCall why) {
            super("unread", null, false, false);
            this.why = why;
        }
    }
}

package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.core.policy.Decision;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Result;
import io.demur.wire.chat.Stamp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What goes back to one caller, in the caller's protocol: at once, or in pieces. For one virtual
 * thread. Nothing is written behind the last event.
 */
final class Replying {

    /** How long a caller may take to read what was written. */
    private static final Duration READ_WITHIN = Duration.ofMinutes(2);

    static final String ATTEMPT = "x-demur-attempt";
    static final String DECISION = "x-demur-decision";
    static final String ORIGIN = "x-demur-origin";

    private final HttpServerResponse response;
    private final Front front;
    private final Stamp stamp;
    private final Optional<EventWriter> writer;
    private final Gathering gathered = new Gathering();
    private Optional<Event> closing = Optional.empty();
    private boolean empty = true;
    private long bytes;

    /**
     * A reply that is not begun.
     *
     * @param pieces whether the caller asked for one in pieces
     */
    Replying(HttpServerResponse response, Front front, Stamp stamp, boolean pieces) {
        this.response = response;
        this.front = front;
        this.stamp = stamp;
        this.writer = pieces ? Optional.of(front.stream(stamp)) : Optional.empty();
    }

    /** Names the attempt that this is the reply to. */
    void attempt(String id) {
        response.putHeader(ATTEMPT, id);
    }

    /** Says what was decided. */
    void decision(Decision.Strength strength) {
        response.putHeader(DECISION, strength.name().toLowerCase(Locale.ROOT));
    }

    /** Says who refuses. */
    void origin(Refusal.Origin origin) {
        if (!response.headWritten()) {
            response.putHeader(ORIGIN, origin.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whether nothing was written: then it can still be answered otherwise. */
    boolean isEmpty() {
        return empty;
    }

    /** How many bytes of the body have left. */
    long bytes() {
        return bytes;
    }

    /**
     * Lets somebody know when the caller has gone, at once where that is so already; in the place
     * of whom it was told before.
     */
    void whenGone(Runnable told) {
        whenGone(response, told);
    }

    static void whenGone(HttpServerResponse response, Runnable told) {
        response.closeHandler(closed -> told.run());
        if (response.closed()) {
            told.run();
        }
    }

    /** Whether nobody is there to read more. */
    boolean isGone() {
        return response.closed() && !response.ended();
    }

    /** Writes a piece, unless the caller asked for all at once; then it waits for the end. */
    void write(Event event) {
        if (!(event instanceof Event.Began)) {
            empty = false;
        }
        gathered.add(event);
        writer.ifPresent(each -> send(each.write(event)));
    }

    /** Writes a whole reply but for its last event, and returns that. */
    Event writeAllButLast(Reply reply) {
        List<Event> events = reply.events();
        events.subList(0, events.size() - 1).forEach(this::write);
        return events.getLast();
    }

    /**
     * Takes the last event, and writes nothing.
     *
     * @return all that the caller will have got with it; nothing where it failed
     */
    Optional<Reply> close(Event last) {
        gathered.add(last);
        closing = Optional.of(last);
        return gathered.result().flatMap(Replying::reply);
    }

    private static Optional<Reply> reply(Result result) {
        return result instanceof Reply reply ? Optional.of(reply) : Optional.empty();
    }

    /** A reply as one body, for the record. */
    byte[] body(Reply reply) {
        return front.reply(reply, stamp);
    }

    /** Writes the last event, with which it ends; where that is a failure, it ends too early. */
    void finish() {
        Event last = closing.orElseThrow();
        if (writer.isPresent() && (response.headWritten() || !(last instanceof Event.Failed))) {
            byte[] written = writer.get().write(last);
            bytes += written.length;
            begin();
            if (last instanceof Event.Failed) {
                // some clients pass over an error in a stream; none takes half a body for a whole
                await(response.write(Buffer.buffer(written)));
                response.reset();
            } else {
                await(response.end(Buffer.buffer(written)));
            }
            return;
        }
        switch (gathered.result().orElseThrow()) {
            case Reply reply -> whole(front.reply(reply, stamp));
            case Failure failure -> error(Fault.of(failure));
        }
    }

    private void whole(byte[] body) {
        response.putHeader("content-type", "application/json");
        bytes += body.length;
        await(response.end(Buffer.buffer(body)));
    }

    /** Answers with an error; where a reply has begun, ends it as failed. */
    void error(Fault fault) {
        ErrorReply error = front.error(fault, stamp);
        response.setStatusCode(error.status());
        error.headers().forEach(response::putHeader);
        whole(error.body());
    }

    private void send(byte[] piece) {
        if (piece.length == 0) {
            return;
        }
        begin();
        bytes += piece.length;
        Future<Void> written = response.write(Buffer.buffer(piece));
        if (response.writeQueueFull()) {
            await(written);
        }
    }

    private void begin() {
        if (!response.headWritten()) {
            response.putHeader("content-type", front.streamType());
            response.putHeader("cache-control", "no-store");
            response.setChunked(true);
        }
    }

    /** Who reads nothing for so long is as good as gone. */
    static void await(Future<Void> written) {
        try {
            Waiting.on(written, READ_WITHIN);
        } catch (RuntimeException e) {
            throw new AnswerCancelled();
        }
    }
}

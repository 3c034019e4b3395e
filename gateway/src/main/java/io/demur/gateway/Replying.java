package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.core.policy.Decision;
import io.demur.gateway.incident.Recalled;
import io.demur.gateway.offload.Waiting;
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
import io.demur.wire.chat.Usage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.time.Duration;
import java.util.Arrays;
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

    /** Bytes of an end that goes out at once, as a rule. */
    private static final int SHORT = 32 << 10;

    static final String ATTEMPT = "x-demur-attempt";
    static final String DECISION = "x-demur-decision";
    static final String HOLD = "x-demur-hold";
    static final String INCIDENT = "x-demur-incident";
    static final String EARLIER = "x-demur-earlier";
    static final String EARLIER_REASON = "x-demur-earlier-reason";
    static final String ORIGIN = "x-demur-origin";

    private static final byte[] NOTHING = {};

    private final HttpServerResponse response;
    private final Front front;
    private final Stamp stamp;
    private final Stopwatch watch;
    private final Optional<EventWriter> writer;
    private final Gathering gathered = new Gathering();
    private Optional<Event> closing = Optional.empty();
    private byte[] beginning = NOTHING;
    private byte[] ending = NOTHING;
    private final long started = System.nanoTime();
    private long first;
    private boolean empty = true;
    private long bytes;

    /**
     * A reply that is not begun.
     *
     * @param pieces whether the caller asked for one in pieces
     * @param watch does not count what the caller is waited for
     */
    Replying(
            HttpServerResponse response,
            Front front,
            Stamp stamp,
            boolean pieces,
            Stopwatch watch) {
        this.response = response;
        this.front = front;
        this.stamp = stamp;
        this.watch = watch;
        this.writer = pieces ? Optional.of(front.stream(stamp)) : Optional.empty();
    }

    /** Says what was decided. */
    void decision(Decision.Strength strength) {
        if (!response.headWritten()) {
            response.putHeader(DECISION, strength.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Says by which reference a held request is followed. */
    void held(String reference) {
        response.putHeader(HOLD, reference);
    }

    /** Says that the request was refused before, by which reference and why. */
    void recalled(Recalled recalled) {
        response.putHeader(INCIDENT, recalled.id());
        recalled.earlier().ifPresent(it -> response.putHeader(EARLIER, it));
        recalled.reason().ifPresent(it -> response.putHeader(EARLIER_REASON, it));
    }

    /** Says who refuses. */
    void origin(Refusal.Origin origin) {
        if (!response.headWritten()) {
            response.putHeader(ORIGIN, origin.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whether nothing is said as yet: then it can still be answered otherwise. */
    boolean isEmpty() {
        return empty;
    }

    /** How many bytes of the body have left; those of the end are not counted. */
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

    /** Whether nobody is there to read more of what has not ended. */
    boolean isGone() {
        return response.closed();
    }

    /**
     * Writes a piece, unless the caller asked for all at once; then it waits for the end. What says
     * nothing waits for what does: with it the head leaves, and says who refuses.
     */
    void write(Event event) {
        if (!(event instanceof Event.Began || event instanceof Event.Counted)) {
            first = empty ? System.nanoTime() : first;
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
     * Whether what was written last cannot be said in the caller's protocol, so that what was begun
     * has ended with an error.
     */
    boolean isBroken() {
        return writer.isPresent() && writer.get().isOver() && closing.isEmpty();
    }

    /**
     * Takes the last event, and sends nothing yet.
     *
     * @return all that the caller will have got with it; nothing where it failed
     */
    Optional<Reply> close(Event last) {
        Event counted = new Event.Counted(gathered.usage().orElse(Usage.NONE).timed(measured()));
        gathered.add(counted);
        gathered.add(last);
        closing = Optional.of(last);
        Optional<Reply> reply = gathered.result().flatMap(Replying::reply);
        if (isInPieces(last)) {
            byte[] before = writer.orElseThrow().write(counted);
            ending = both(beginning, both(before, writer.orElseThrow().write(last)));
        } else {
            ending = reply.map(this::body).orElse(ending);
        }
        return reply;
    }

    private static byte[] both(byte[] one, byte[] other) {
        if (one.length == 0) {
            return other;
        }
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** How long it has taken, for those whose protocol says so. */
    private Usage.Times measured() {
        long now = System.nanoTime();
        long begun = empty ? now : first;
        return new Usage.Times(
                Math.max(1, now - started),
                0,
                Math.max(1, begun - started),
                Math.max(1, now - begun));
    }

    private boolean isInPieces(Event last) {
        return writer.isPresent() && (response.headWritten() || !(last instanceof Event.Failed));
    }

    private static Optional<Reply> reply(Result result) {
        return result instanceof Reply reply ? Optional.of(reply) : Optional.empty();
    }

    /** What has left of a reply that came to no end; nothing where nothing has. */
    Optional<Reply> left() {
        return bytes == 0 ? Optional.empty() : Optional.of(gathered.soFar());
    }

    /** How many bytes will have left with the last event. */
    long released() {
        return bytes + ending.length;
    }

    /** A reply as one body, for the record. */
    byte[] body(Reply reply) {
        return front.reply(reply, stamp);
    }

    /** Sends the last event, with which it ends; where that is a failure, it ends too early. */
    void finish() {
        Event last = closing.orElseThrow();
        if (isInPieces(last)) {
            bytes += ending.length;
            begin();
            if (last instanceof Event.Failed) {
                // some clients pass over an error in a stream; none takes half a body for a whole
                await(response.write(Buffer.buffer(ending)));
                response.reset();
            } else {
                end(ending);
            }
            return;
        }
        switch (gathered.result().orElseThrow()) {
            case Reply reply -> whole(ending);
            case Failure failure -> error(Fault.of(failure));
        }
    }

    private void whole(byte[] body) {
        response.putHeader("content-type", "application/json");
        end(body);
    }

    /**
     * Whoever reads slowly counts as being answered for as long; what is short is as good as read.
     */
    private void end(byte[] last) {
        boolean behind = response.writeQueueFull();
        Future<Void> read = response.end(Buffer.buffer(last));
        if (last.length > SHORT || behind) {
            await(read);
        }
    }

    /** Answers with an error; where a reply has begun, ends it as failed. */
    void error(Fault fault) {
        ErrorReply error = front.error(fault, stamp);
        response.setStatusCode(error.status());
        error.headers().forEach(response::putHeader);
        whole(error.body());
    }

    private void send(byte[] written) {
        byte[] piece = both(beginning, written);
        beginning = empty ? piece : NOTHING;
        if (empty || piece.length == 0) {
            return;
        }
        begin();
        bytes += piece.length;
        Future<Void> sent = response.write(Buffer.buffer(piece));
        if (response.writeQueueFull()) {
            watch.elsewhere(() -> await(sent));
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

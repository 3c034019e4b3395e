package io.demur.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.StopReason;
import io.demur.wire.ErrorBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outline of every reader of a stream: bytes become server-sent events or lines of JSON, these
 * become {@link Event}s, and what is too long or ends too early has failed.
 */
public abstract class EventLines implements EventReader {

    /** How the pieces are set apart. */
    public enum Framing {
        /** Server-sent events. */
        SSE,
        /** A JSON value on each line. */
        NDJSON
    }

    /** The longest piece; whole arguments of a tool, or a file in them, come as one. */
    static final int PIECE_BYTES_MAX = 4 << 20;

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

    private final Lines lines = new Lines(PIECE_BYTES_MAX);
    private final Framing framing;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(256);
    private boolean hasData;
    private String name = "";

    /** Where the events go. */
    protected final EventFlow flow = new EventFlow();

    protected EventLines(Framing framing) {
        this.framing = framing;
    }

    /**
     * One piece has come.
     *
     * @param event what kind of event the stream calls it; empty where it does not say
     */
    protected abstract void piece(String event, byte[] bytes, int from, int to);

    /** No more pieces come, and the last event is still missing. */
    protected abstract void ended();

    /** The server reports an error where a piece should be; what was refused before stays so. */
    protected final void broke(JsonNode body) {
        switch (Errors.read(200, body)) {
            case Reply declined -> flow.stop(declined.stop(), Optional.empty(), Errors.words(body));
            case Failure failure -> {
                if (flow.isBlocked()) {
                    flow.ended();
                } else {
                    flow.fail(failure);
                }
            }
        }
    }

    /**
     * Reads an answer that came at once.
     *
     * @param whole the events of a body that is no error
     */
    protected static Result result(
            int status, byte[] bytes, Function<JsonNode, List<Event>> whole) {
        JsonNode body;
        try {
            body = Json.read(bytes);
        } catch (MalformedJson e) {
            return status >= 400
                    ? Errors.read(status, bytes)
                    : Failure.broken("the body is no JSON: " + e.getMessage());
        }
        if (status >= 400 || (body.path("choices").isEmpty() && ErrorBody.in(body))) {
            return Errors.read(status, body);
        }
        Gathering gathering = new Gathering();
        List<Event> events = whole.apply(body);
        events.forEach(gathering::add);
        Result result =
                gathering
                        .result()
                        .orElseGet(() -> Failure.broken("the body is a piece of an answer"));
        return result instanceof Failure failure ? brokenOff(events, failure) : result;
    }

    /** What was said before an answer failed stands, and that it failed is how it ends. */
    private static Result brokenOff(List<Event> events, Failure failure) {
        if (events.stream().allMatch(EventLines::saysNothing)) {
            return failure;
        }
        Gathering said = new Gathering();
        events.stream().filter(event -> !event.isLast()).forEach(said::add);
        said.add(Event.Stop.of(StopReason.UNSTATED));
        return said.result().orElse(failure) instanceof Reply reply
                ? new Reply(
                        reply.id(),
                        reply.model(),
                        reply.parts(),
                        new StopReason.Failed(failure.message()),
                        Optional.empty(),
                        Optional.empty(),
                        reply.usage(),
                        reply.fingerprint(),
                        Optional.empty())
                : failure;
    }

    private static boolean saysNothing(Event event) {
        return event instanceof Event.Began
                || event instanceof Event.Counted
                || event instanceof Event.Failed;
    }

    @Override
    public final List<Event> read(byte[] bytes, int from, int to) {
        if (!flow.isOver() && !lines.read(bytes, from, to, this::line)) {
            tooLong();
        }
        return flow.drain();
    }

    @Override
    public final List<Event> end() {
        if (!flow.isOver()) {
            lines.end(this::line);
            dispatch();
        }
        if (!flow.isOver()) {
            ended();
        }
        return flow.drain();
    }

    private void tooLong() {
        flow.fail(
                Failure.broken(
                        "a piece of the stream is longer than `%d` bytes"
                                .formatted(PIECE_BYTES_MAX)));
    }

    private void line(byte[] bytes, int from, int to) {
        if (flow.isOver()) {
            return;
        }
        if (framing == Framing.NDJSON) {
            if (!isBlank(bytes, from, to)) {
                piece("", bytes, from, to);
            }
        } else if (from == to) {
            dispatch();
        } else {
            field(bytes, from, to);
        }
    }

    /** A field's name ends at a colon, behind which one space does not count. */
    private void field(byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(to, colon + 1);
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        if (Arrays.equals(bytes, from, colon, DATA, 0, DATA.length)) {
            if (data.size() + (to - value) >= PIECE_BYTES_MAX) {
                tooLong();
                return;
            }
            if (hasData) {
                data.write('\n');
            }
            data.write(bytes, value, to - value);
            hasData = true;
        } else if (Arrays.equals(bytes, from, colon, EVENT, 0, EVENT.length)) {
            name = new String(bytes, value, to - value, StandardCharsets.UTF_8);
        }
    }

    private void dispatch() {
        String event = name;
        name = "";
        if (hasData && !flow.isOver()) {
            byte[] bytes = data.toByteArray();
            data.reset();
            hasData = false;
            if (!isBlank(bytes, 0, bytes.length)) {
                piece(event, bytes, 0, bytes.length);
            }
        }
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}

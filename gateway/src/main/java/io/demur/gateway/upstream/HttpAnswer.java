package io.demur.gateway.upstream;

import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventReader;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Result;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An answer that comes over HTTP, at once or in pieces. */
final class HttpAnswer extends Asking<List<Event>> implements Answer {

    private final Call call;
    private @Nullable EventReader reader;
    private boolean begun;
    private boolean over;

    HttpAnswer(
            Vertx vertx,
            HttpClient client,
            InstantSource clock,
            List<Offer> offers,
            Permitted permitted,
            Call call) {
        super(vertx, client, clock, offers, permitted);
        this.call = call;
    }

    @Override
    Outgoing outgoing(Offer offer) throws BadCall {
        return offer.endpoint().dialect().render(call.withModel(offer.model()));
    }

    @Override
    boolean inPieces() {
        return call.stream();
    }

    @Override
    List<Event> failed(Failure failure) {
        return List.of(new Event.Failed(failure));
    }

    @Override
    public List<Event> next() {
        if (over) {
            throw new IllegalStateException("the answer is over, and was read to its end");
        }
        List<Event> events = begun ? more() : begin();
        begun = true;
        switch (events.getLast()) {
            case Event.Stop stop -> {
                over = true;
                done();
            }
            case Event.Failed failed -> {
                over = true;
                drop(Lost.said(failed.failure()));
                close();
            }
            case Event other -> {}
        }
        return events;
    }

    @Override
    List<Event> read(Line line, Offer offer) throws Lost {
        Timeouts timeouts = offer.endpoint().settings().timeouts();
        if (line.status() >= 400) {
            byte[] body = error(line, timeouts.idle());
            return events(offer.endpoint().dialect().result(line.status(), body));
        }
        // one that answers at once may take all its time before the first byte
        Duration begin = call.stream() ? timeouts.begin() : within();
        Optional<Buffer> first = firstPiece(line, begin);
        if (isWhole(line, offer, first)) {
            return whole(line, offer, first.orElseGet(Buffer::buffer), timeouts.idle());
        }
        EventReader reading = offer.endpoint().dialect().stream();
        reader = reading;
        return beginning(line, reading, first, timeouts.idle());
    }

    private static List<Event> whole(Line line, Offer offer, Buffer begun, Duration idle)
            throws Lost {
        byte[] body = line.body(begun, Line.BODY_BYTES_MAX, idle);
        return events(offer.endpoint().dialect().result(line.status(), body));
    }

    private static List<Event> events(Result result) throws Lost {
        List<Event> events =
                switch (result) {
                    case Reply reply -> reply.events();
                    case Failure failure -> throw Lost.said(failure);
                };
        return answer(events);
    }

    /**
     * Some servers send blanks to keep the line open. None of them counts, wherever it stands, so
     * that an answer is read alike however it is cut on its way.
     */
    private static Optional<Buffer> firstPiece(Line line, Duration begin) throws Lost {
        long end = System.nanoTime() + begin.toNanos();
        Optional<Buffer> piece = line.next(begin);
        while (piece.isPresent() && isBlank(piece.get())) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new Lost(Lost.How.LATE, "nothing but blanks came");
            }
            piece = line.next(Duration.ofNanos(left));
        }
        return piece.map(said -> said.slice(at(said), said.length()));
    }

    private static boolean isBlank(Buffer piece) {
        return at(piece) == piece.length();
    }

    private static int at(Buffer piece) {
        int at = 0;
        while (at < piece.length() && piece.getByte(at) <= ' ' && piece.getByte(at) >= 0) {
            at++;
        }
        return at;
    }

    /**
     * Whether the answer comes at once, as the server has it: not all of them do as they are asked.
     */
    private boolean isWhole(Line line, Offer offer, Optional<Buffer> first) {
        if (line.isJson() || first.isEmpty()) {
            return line.isJson() || !call.stream();
        }
        return switch (offer.endpoint().settings().kind()) {
            case OPENAI, ANTHROPIC -> first.get().getByte(0) == '{';
            case OLLAMA -> !call.stream() && !line.isLines();
        };
    }

    /**
     * Reads until there is more than that an answer begins: up to then another server can be asked
     * and nobody has noticed.
     */
    private static List<Event> beginning(
            Line line, EventReader reader, Optional<Buffer> first, Duration idle) throws Lost {
        List<Event> events = new ArrayList<>();
        Optional<Buffer> piece = first;
        try {
            while (piece.isPresent()) {
                events.addAll(reader.read(piece.get().getBytes()));
                if (events.stream().anyMatch(HttpAnswer::ends)) {
                    return answer(events);
                }
                piece = line.next(idle);
            }
        } catch (Lost lost) {
            events.addAll(brokenOff(reader, lost));
            if (events.stream().anyMatch(HttpAnswer::says)) {
                return List.copyOf(events);
            }
            throw lost;
        }
        events.addAll(reader.end());
        return answer(events);
    }

    private static boolean ends(Event event) {
        return event instanceof Event.Failed || says(event);
    }

    /** Whether it is more than that an answer begins, or fails. */
    private static boolean says(Event event) {
        return switch (event) {
            case Event.Began began -> false;
            case Event.Counted counted -> false;
            case Event.Failed failed -> false;
            case Event.Text text -> true;
            case Event.Reasoning reasoning -> true;
            case Event.Refusal refusal -> true;
            case Event.Signature signature -> true;
            case Event.Redacted redacted -> true;
            case Event.ToolBegan tool -> true;
            case Event.ToolDelta delta -> true;
            case Event.Stop stop -> true;
        };
    }

    /**
     * What came, unless it is no answer. Where anything was said, it is one, however it ends: it
     * may have been a refusal, and how the bytes were cut on their way must not decide whether
     * another server is asked.
     */
    private static List<Event> answer(List<Event> events) throws Lost {
        if (events.getLast() instanceof Event.Failed failed
                && events.stream().noneMatch(HttpAnswer::says)) {
            throw Lost.said(failed.failure());
        }
        return List.copyOf(events);
    }

    /** From here on nobody else is asked: what the caller has got cannot be begun anew. */
    private List<Event> more() {
        EventReader reading = Objects.requireNonNull(reader);
        List<Event> events = List.of();
        while (events.isEmpty()) {
            try {
                Optional<Buffer> piece = line().next(line().idle());
                events = piece.isPresent() ? reading.read(piece.get().getBytes()) : reading.end();
                if (events.isEmpty() && piece.isEmpty()) {
                    throw new Lost(Lost.How.BROKEN, server() + " ended without an end");
                }
            } catch (Lost lost) {
                events = brokenOff(reading, lost);
                drop(lost);
            }
        }
        return events;
    }

    /** Where all was said but the very end, that is an end too. */
    private static List<Event> brokenOff(EventReader reading, Lost lost) {
        List<Event> events = new ArrayList<>(reading.end());
        if (events.isEmpty() || events.getLast() instanceof Event.Failed) {
            if (!events.isEmpty()) {
                events.removeLast();
            }
            events.add(new Event.Failed(lost.failure()));
        }
        return List.copyOf(events);
    }
}

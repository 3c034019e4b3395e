package io.demur.gateway.upstream;

import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Outgoing;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** One request under way to one server. For one virtual thread. */
final class Line {

    /** The longest body that comes as a whole, and the longest of an error. */
    static final int BODY_BYTES_MAX = 16 << 20;

    static final int ERROR_BYTES_MAX = 1 << 20;

    private static final Duration RETRY_USUAL = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Endpoint endpoint;
    private final Patience patience;
    private final HttpClientRequest request;
    private final Pull pull;

    private Line(Endpoint endpoint, Patience patience, HttpClientRequest request, Pull pull) {
        this.endpoint = endpoint;
        this.patience = patience;
        this.request = request;
        this.pull = pull;
    }

    /**
     * Sends a request, and waits for the head of what comes back.
     *
     * @param accept what kind of body is wanted
     * @param begin how long the server may take for it
     */
    static Line open(
            HttpClient client,
            Endpoint endpoint,
            Outgoing outgoing,
            String accept,
            Duration begin,
            Patience patience)
            throws Lost {
        RequestOptions options =
                endpoint.request(HttpMethod.POST, outgoing.path())
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", accept);
        patience.wantedStill();
        Sending sending = new Sending(client.request(options), Buffer.buffer(outgoing.body()));
        patience.undo(sending::giveUp);
        boolean answered = false;
        try {
            HttpClientRequest request = connected(sending, endpoint, patience);
            Pull pull = patience.on(sending.answer(), begin, "the answer of " + endpoint);
            answered = true;
            patience.undo(request::reset);
            return new Line(endpoint, patience, request, pull);
        } finally {
            if (!answered) {
                patience.undo(null);
                sending.giveUp();
            }
        }
    }

    private static HttpClientRequest connected(
            Sending sending, Endpoint endpoint, Patience patience) throws Lost {
        try {
            return patience.on(
                    sending.connected(),
                    endpoint.settings().timeouts().connect().plus(GRACE),
                    "a connection to " + endpoint);
        } catch (Lost e) {
            boolean sent = sending.giveUp(); // just now
            throw sent || e.how() == Lost.How.OVER
                    ? e
                    : new Lost(Lost.How.UNREACHABLE, e.failure().message());
        }
    }

    int status() {
        return pull.head().statusCode();
    }

    /** Whether the body is in no form that was asked for. */
    boolean isEncoded() {
        String encoding = pull.head().getHeader("content-encoding");
        return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
    }

    /** Whether the body calls itself JSON. */
    boolean isJson() {
        return isOfType("application/json");
    }

    /** Whether the body calls itself lines of JSON. */
    boolean isLines() {
        return isOfType("application/x-ndjson");
    }

    private boolean isOfType(String wanted) {
        String type = pull.head().getHeader("content-type");
        return type != null
                && type.strip().toLowerCase(Locale.ROOT).split("[;\\s]", 2)[0].equals(wanted);
    }

    /** How long the server wants to be left alone. */
    Duration retryAfter(Instant now) {
        return saidRetryAfter(now).orElse(RETRY_USUAL);
    }

    /** The same, where it says so. */
    Optional<Duration> saidRetryAfter(Instant now) {
        String value = pull.head().getHeader("retry-after");
        if (value == null) {
            return Optional.empty();
        }
        Duration said;
        try {
            said =
                    value.strip().chars().allMatch(c -> c >= '0' && c <= '9')
                            ? Duration.ofSeconds(Long.parseLong(value.strip()))
                            : Duration.between(
                                    now,
                                    ZonedDateTime.parse(
                                            value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
        return Optional.of(said)
                .filter(Duration::isPositive)
                .map(it -> it.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : it);
    }

    /** How long the server may take between two pieces. */
    Duration idle() {
        return endpoint.settings().timeouts().idle();
    }

    /** Waits for the next piece of the body; empty at its end. */
    Optional<Buffer> next(Duration most) throws Lost {
        return patience.on(pull.next(), most, "the next piece of " + endpoint);
    }

    /**
     * The body as a whole.
     *
     * @param begun what was read of it before
     * @param first how long its first piece may take
     */
    byte[] body(Buffer begun, int bytesMax, Duration first) throws Lost {
        Buffer body = Buffer.buffer().appendBuffer(begun);
        Optional<Buffer> piece = next(first);
        while (piece.isPresent()) {
            if (piece.get().length() > bytesMax - body.length()) {
                throw new Lost(
                        Lost.How.BROKEN,
                        "the body of %s is longer than `%d` bytes".formatted(endpoint, bytesMax));
            }
            body.appendBuffer(piece.get());
            piece = next(idle());
        }
        return body.getBytes();
    }

    /** The failure of a body that cannot be read. */
    Failure encoded() {
        return Failure.broken("%s compressed its answer, unasked".formatted(endpoint));
    }

    /** Gives it up: the server sees at once that nobody reads any more. */
    void reset() {
        patience.undo(null);
        request.reset();
    }

    /** It was read to its end. */
    void done() {
        patience.undo(null);
        pull.finish(request::reset);
    }
}

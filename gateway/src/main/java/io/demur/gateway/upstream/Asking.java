package io.demur.gateway.upstream;

import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Outgoing;
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

/**
 * Asks the servers of a model, one after another, until one answers. What a server says, a refusal
 * before all, is an answer; only where there is none, and nothing was handed out, is another one
 * asked. For one virtual thread; {@link #cancel} may be called by any.
 */
abstract class Asking<T> {

    private final HttpClient client;
    private final InstantSource clock;
    private final Choice choice;
    private final Patience patience;
    private final Duration within;
    private @Nullable Line line;
    private @Nullable Endpoint endpoint;
    private final List<String> tried = new ArrayList<>();
    private String server = "";
    private int reached;
    private Optional<Duration> retryAfter = Optional.empty();

    Asking(
            Vertx vertx,
            HttpClient client,
            InstantSource clock,
            List<Offer> offers,
            Permitted permitted) {
        this.clock = clock;
        this.client = client;
        choice = new Choice(offers);
        within = permitted.within();
        patience = new Patience(vertx, within);
    }

    /** What is sent to one server. */
    abstract Outgoing outgoing(Offer offer) throws BadCall;

    /** Whether the answer is to come in pieces. */
    abstract boolean inPieces();

    /**
     * Reads the answer, or how it begins.
     *
     * @throws Lost where there is none
     */
    abstract T read(Line line, Offer offer) throws Lost;

    /** What it comes to where no server has answered. */
    abstract T failed(Failure failure);

    /** Asks until a server answers, or there is nobody left to ask. */
    final T begin() {
        Lost last = new Lost(Lost.How.UNREACHABLE, "this model has no server");
        Optional<Offer> next = choice.next();
        while (next.isPresent()) {
            Offer offer = next.get();
            try {
                return ask(offer);
            } catch (Lost lost) {
                last = lost;
                reached -= lost.how() == Lost.How.UNREACHABLE ? 1 : 0;
                drop(lost);
                if (!lost.failure().isOutage() || lost.how() == Lost.How.OVER) {
                    break;
                }
            }
            next = choice.next();
            if (next.isEmpty()) {
                next = again(offer, last);
            }
        }
        return failed(last.failure().withRetryAfter(retryAfter));
    }

    private Optional<Offer> again(Offer offer, Lost last) {
        Optional<Duration> pause = choice.again(last.how(), last.failure());
        if (pause.isEmpty()) {
            return Optional.empty();
        }
        try {
            patience.sleep(pause.get());
        } catch (Lost over) {
            return Optional.empty();
        }
        return Optional.of(offer);
    }

    private T ask(Offer offer) throws Lost {
        Outgoing outgoing;
        try {
            outgoing = outgoing(offer);
        } catch (BadCall e) {
            throw Lost.said(new Failure(Failure.Kind.REJECTED, 400, e.fault().message()));
        }
        Endpoint asked = offer.endpoint();
        asked.begin();
        endpoint = asked;
        server = asked.settings().name();
        // one that answers at once thinks before its first byte; in pieces it begins soon
        Duration begin = inPieces() ? asked.settings().timeouts().begin() : within;
        String accept = inPieces() ? asked.streamType() : "application/json";
        reached++;
        Line opened = Line.open(client, asked, outgoing, accept, begin, patience);
        line = opened;
        if (opened.isEncoded()) {
            throw Lost.said(opened.encoded());
        }
        if (opened.status() >= 300 && opened.status() < 400) {
            throw Lost.said(
                    new Failure(
                            Failure.Kind.OUTAGE,
                            opened.status(),
                            "%s sends elsewhere, which is not followed".formatted(asked)));
        }
        T begun = read(opened, offer);
        asked.health().answered();
        return begun;
    }

    /** The body of an error; where that does not come, its status has to do. */
    static byte[] error(Line line, Duration idle) throws Lost {
        try {
            return line.body(Buffer.buffer(), Line.ERROR_BYTES_MAX, idle);
        } catch (Lost lost) {
            if (lost.how() == Lost.How.OVER) {
                throw lost;
            }
            return new byte[0];
        }
    }

    /** Notes why the server gave no answer, or no end of one, and lets go of it. */
    final void drop(Lost lost) {
        Endpoint asked = endpoint;
        if (asked == null) {
            return;
        }
        retryAfter =
                Optional.ofNullable(line)
                        .filter(it -> lost.failure().kind() == Failure.Kind.BUSY)
                        .flatMap(it -> it.saidRetryAfter(clock.instant()));
        tried.add(server + " " + lost.word());
        if (lost.how() == Lost.How.OVER) {
            asked.health().unknown();
        } else {
            Duration retry = line == null ? Duration.ZERO : line.retryAfter(clock.instant());
            asked.failed(lost.failure(), lost.how() == Lost.How.UNREACHABLE, retry);
        }
        letGo(asked, false);
    }

    /** It was read to its end. */
    final void done() {
        if (endpoint != null) {
            tried.add(server + " answered");
            letGo(endpoint, true);
        }
    }

    private void letGo(Endpoint asked, boolean whole) {
        asked.end();
        endpoint = null;
        if (line != null) {
            if (whole) {
                line.done();
            } else {
                line.reset();
            }
            line = null;
        }
    }

    /** How long it may take in all. */
    final Duration within() {
        return within;
    }

    final Line line() {
        return Objects.requireNonNull(line);
    }

    public final String server() {
        return server;
    }

    public final boolean isReached() {
        return reached > 0;
    }

    public final List<String> tried() {
        List<String> all = new ArrayList<>(tried);
        if (endpoint != null) {
            all.add(server + " begun");
        }
        return List.copyOf(all);
    }

    public final Duration waited() {
        return patience.waited();
    }

    public final void cancel() {
        patience.cancel();
    }

    public final void close() {
        if (endpoint != null) {
            endpoint.health().unknown();
            letGo(endpoint, false);
        }
    }
}

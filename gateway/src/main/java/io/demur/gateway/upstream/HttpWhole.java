package io.demur.gateway.upstream;

import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What comes over HTTP as a whole. */
final class HttpWhole<T> extends Asking<Given<T>> implements Whole<T> {

    /** How something is asked for and read. */
    interface Way<T> {

        /** What is sent to one server. */
        Outgoing outgoing(Offer offer) throws BadCall;

        /** Reads what a server gave; empty where it is nothing of that sort. */
        Optional<T> read(Offer offer, byte[] body);
    }

    private final Way<T> way;

    HttpWhole(
            Vertx vertx,
            HttpClient client,
            InstantSource clock,
            List<Offer> offers,
            Permitted permitted,
            Way<T> way) {
        super(vertx, client, clock, offers, permitted);
        this.way = way;
    }

    @Override
    Outgoing outgoing(Offer offer) throws BadCall {
        return way.outgoing(offer);
    }

    @Override
    boolean inPieces() {
        return false;
    }

    @Override
    Given<T> failed(Failure failure) {
        return new Given.Failed<>(failure);
    }

    @Override
    public Given<T> get() {
        Given<T> given = begin();
        done();
        return given;
    }

    @Override
    Given<T> read(Line line, Offer offer) throws Lost {
        byte[] body =
                line.status() >= 400
                        ? error(line, line.idle())
                        : line.body(Buffer.buffer(), Line.BODY_BYTES_MAX, line.idle());
        if (line.status() < 400) {
            Optional<T> value = way.read(offer, body);
            if (value.isPresent()) {
                return new Given.Value<>(value.get());
            }
        }
        return switch (offer.endpoint().dialect().result(line.status(), body)) {
            case Reply reply when reply.refusal().isPresent() -> new Given.Declined<>(reply);
            case Reply reply ->
                    throw Lost.said(
                            Failure.broken(
                                    "%s answers what was not asked".formatted(offer.endpoint())));
            case Failure failure -> throw Lost.said(failure);
        };
    }
}

package io.demur.gateway;

import io.demur.core.Message;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.access.Operation;
import io.demur.core.compose.Composed;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Given;
import io.demur.gateway.upstream.Spent;
import io.demur.gateway.upstream.Upstream;
import io.demur.gateway.upstream.Whole;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.util.Locale;
import java.util.Optional;

/**
 * Texts to embed, in one protocol. They are judged like any other text: an index of what is refused
 * is made of it, too.
 */
final class EmbedHandler implements Service {

    /** How a protocol is read and written. */
    record Shape(BodyReader.Parser<Embed> reader, Writer writer, Apology.Shape errors) {}

    /** Writes the reply to a call. */
    @FunctionalInterface
    interface Writer {
        byte[] write(Embed embed, Embedded embedded, String model);
    }

    private final Shape shape;
    private final Reception reception;
    private final Parts parts;
    private final Apology apology;

    EmbedHandler(Shape shape, Reception reception) {
        this.shape = shape;
        this.reception = reception;
        parts = reception.parts();
        apology = new Apology(shape.errors(), reception.ids(), parts.clock());
    }

    @Override
    public void serve(Arrival arrival) {
        apology.insteadOf(arrival, () -> answer(arrival));
    }

    private void answer(Arrival arrival) throws BadCall {
        try (Reception.Heard<Embed> heard = reception.hear(arrival, shape.reader());
                Reception.Admitted admitted =
                        reception.admit(heard, heard.asked(), Operation.EMBED, Optional.empty())) {
            Spent spent = new Spent(heard.asked());
            try {
                exchange(arrival.http().response(), admitted, heard.asked(), spent);
            } finally {
                admitted.settle(spent.total().orElse(Usage.NONE));
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever breaks, the attempt has an outcome
    private void exchange(
            HttpServerResponse response, Reception.Admitted admitted, Embed embed, Spent spent) {
        Visit visit = admitted.visit();
        Opening opening = new Opening(parts, visit);
        admitted.opened();
        Decision decision = opening.decided().decision();
        response.putHeader(Replying.ATTEMPT, visit.attempt());
        response.putHeader(Replying.DECISION, decision.strength().name().toLowerCase(Locale.ROOT));
        opening.held().ifPresent(it -> response.putHeader(Replying.HOLD, it));
        try {
            switch (decision) {
                case Decision.Refuse refuse ->
                        refuse(response, opening, embed, Result.REFUSE_LOCAL);
                case Decision.Hold hold -> refuse(response, opening, embed, Result.REVIEW);
                // numbers have no answer to condition, and tell nobody what to do
                case Decision.Condition condition ->
                        ask(response, opening, embed, admitted.upstream(), spent);
                case Decision.Annotate annotate ->
                        ask(response, opening, embed, admitted.upstream(), spent);
                case Decision.Allow allow ->
                        ask(response, opening, embed, admitted.upstream(), spent);
            }
        } catch (Throwable e) {
            opening.cutShort(
                    e,
                    response.closed() && !response.ended(),
                    (result, reason) -> ending(result, Optional.empty(), reason, spent));
            throw e;
        }
    }

    /** Numbers cannot say no: it is an error, with the reason in words. */
    private void refuse(HttpServerResponse response, Opening opening, Embed embed, Result result) {
        Request request =
                new Request(
                        embed.inputs().stream().map(text -> new Message(Role.USER, text)).toList());
        Composed composed = opening.refusal(request);
        end(
                response,
                opening,
                new Ending(
                        result,
                        Optional.of(Refusal.Origin.GATEWAY),
                        Optional.of(composed.statement().reason().code()),
                        Optional.empty(),
                        0,
                        Optional.empty()),
                Fault.of(Fault.Kind.FORBIDDEN, composed.text()));
    }

    private void ask(
            HttpServerResponse response,
            Opening opening,
            Embed embed,
            Upstream upstream,
            Spent spent) {
        Permit permit =
                parts.gate().permit(opening.attempted(), opening.decided(), parts.answeredWithin());
        try (Whole<Embedded> whole = upstream.embed(permit)) {
            Replying.whenGone(response, whole::cancel);
            Given<Embedded> given;
            try {
                given = whole.get();
                heard(given).ifPresent(spent::heard);
            } finally {
                spent.over(whole.isReached());
                opening.book().asked(whole.tried(), whole.waited());
            }
            switch (given) {
                case Given.Value<Embedded> value ->
                        give(response, opening, embed, value.value(), spent);
                case Given.Declined<Embedded> declined ->
                        end(
                                response,
                                opening,
                                ending(
                                        Result.REFUSE_UPSTREAM,
                                        Optional.of(Refusal.Origin.PROVIDER),
                                        "provider",
                                        spent),
                                Fault.of(
                                        Fault.Kind.FORBIDDEN,
                                        "the model's provider declined this request"));
                case Given.Failed<Embedded> failed ->
                        end(
                                response,
                                opening,
                                ending(Result.ERROR, Optional.empty(), "upstream", spent),
                                Fault.of(failed.failure()));
            }
        }
    }

    /** What counts of it; a refusal that is all a provider says counts what was asked. */
    private static Optional<Event> heard(Given<Embedded> given) {
        return switch (given) {
            case Given.Value<Embedded> value ->
                    Optional.of(new Event.Counted(Usage.of(value.value().input(), 0)));
            case Given.Declined<Embedded> declined -> Optional.empty();
            case Given.Failed<Embedded> failed -> Optional.of(new Event.Failed(failed.failure()));
        };
    }

    private static Ending ending(
            Result result, Optional<Refusal.Origin> origin, String reason, Spent spent) {
        return new Ending(
                result,
                origin,
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                0,
                spent.total(),
                spent.isEstimated());
    }

    private void give(
            HttpServerResponse response,
            Opening opening,
            Embed embed,
            Embedded embedded,
            Spent spent) {
        byte[] body = shape.writer().write(embed, embedded, embed.model());
        opening.record(
                new Ending(
                        Result.ALLOW,
                        Optional.empty(),
                        Optional.of("answered"),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        spent.total(),
                        spent.isEstimated()),
                body);
        response.putHeader("content-type", "application/json");
        Replying.await(response.end(Buffer.buffer(body)));
    }

    private void end(HttpServerResponse response, Opening opening, Ending ending, Fault fault) {
        opening.record(ending);
        ending.origin()
                .ifPresent(
                        origin ->
                                response.putHeader(
                                        Replying.ORIGIN, origin.name().toLowerCase(Locale.ROOT)));
        Stamp stamp = new Stamp(opening.attempted().id(), "", parts.clock().instant(), false);
        Apology.send(response, shape.errors().error(fault, stamp));
    }
}

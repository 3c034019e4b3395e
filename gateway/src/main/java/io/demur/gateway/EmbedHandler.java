package io.demur.gateway;

import io.demur.core.Message;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.access.Caller;
import io.demur.core.access.Lease;
import io.demur.core.access.Operation;
import io.demur.core.compose.Composed;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.gateway.upstream.Given;
import io.demur.gateway.upstream.Upstream;
import io.demur.gateway.upstream.Whole;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Outcome.Result;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Usage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Texts to embed, in one protocol. They are judged like any other text: an index of what is refused
 * is made of it, too.
 */
final class EmbedHandler implements Service {

    /** How a protocol is read and written. */
    record Shape(Reader reader, Writer writer, Function<Fault, ErrorReply> errors) {}

    /** Reads a call. */
    @FunctionalInterface
    interface Reader {
        Embed read(byte[] body) throws BadCall;
    }

    /** Writes the reply to a call. */
    @FunctionalInterface
    interface Writer {
        byte[] write(Embed embed, Embedded embedded, String model);
    }

    private final Shape shape;
    private final String protocol;
    private final Entrance entrance;
    private final BodyReader bodies;
    private final Ids ids;
    private final Parts parts;

    /**
     * Calls in one protocol.
     *
     * @param protocol its name in the log, such as {@code openai.embeddings}
     */
    EmbedHandler(
            Shape shape,
            String protocol,
            Entrance entrance,
            BodyReader bodies,
            Ids ids,
            Parts parts) {
        this.shape = shape;
        this.protocol = protocol;
        this.entrance = entrance;
        this.bodies = bodies;
        this.ids = ids;
        this.parts = parts;
    }

    @Override
    public void serve(Arrival arrival) {
        HttpServerResponse response = arrival.http().response();
        try {
            serve(arrival, parts.clock().instant(), System.nanoTime());
        } catch (BadCall e) {
            send(response, shape.errors().apply(e.fault()));
        } catch (AnswerCancelled e) {
            response.reset();
        } catch (RuntimeException e) {
            Fault fault = Mishap.of(arrival, e);
            if (!response.ended() && !response.closed()) {
                send(response, shape.errors().apply(fault));
            }
        }
    }

    private void serve(Arrival arrival, Instant at, long started) throws BadCall {
        Caller caller = entrance.caller(arrival, at);
        byte[] body = bodies.read(arrival.http());
        Embed embed = shape.reader().read(body);
        Lease lease = entrance.admitted(caller, embed, body.length, at);
        try {
            InForce inForce = entrance.policy().get();
            if (inForce instanceof InForce.RefuseAll) {
                String attempt = ids.next("att");
                arrival.http().response().putHeader(Replying.ATTEMPT, attempt);
                new Unruled(parts, caller, protocol, at).note(attempt, body);
            }
            InForce.Active policy = Entrance.active(inForce);
            Upstream upstream = entrance.model(caller, Operation.EMBED, embed, policy.charter());
            String attempt = ids.next("att");
            Visit visit =
                    new Visit(
                            attempt,
                            caller,
                            protocol,
                            embed,
                            body,
                            policy.charter(),
                            policy.digest(),
                            caller.context(policy.charter(), Optional.empty(), embed.model()),
                            at,
                            started);
            long tokens = exchange(arrival.http().response(), visit, embed, upstream);
            lease.settle(tokens, 0, parts.clock().instant());
        } finally {
            lease.release(parts.clock().instant()); // says nothing where it was settled
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever breaks, the attempt has an outcome
    private long exchange(
            HttpServerResponse response, Visit visit, Embed embed, Upstream upstream) {
        Opening opening = new Opening(parts, visit, embed);
        Decision decision = opening.decided().decision();
        response.putHeader(Replying.ATTEMPT, visit.attempt());
        response.putHeader(Replying.DECISION, decision.strength().name().toLowerCase(Locale.ROOT));
        try {
            return switch (decision) {
                case Decision.Refuse refuse ->
                        refuse(response, opening, embed, Result.REFUSE_LOCAL);
                case Decision.Hold hold -> refuse(response, opening, embed, Result.REVIEW);
                case Decision.Condition condition -> ask(response, opening, embed, upstream);
                case Decision.Annotate annotate -> ask(response, opening, embed, upstream);
                case Decision.Allow allow -> ask(response, opening, embed, upstream);
            };
        } catch (Throwable e) {
            opening.cutShort(e, response.closed() && !response.ended(), 0);
            throw e;
        }
    }

    /** Numbers cannot say no: it is an error, with the reason in words. */
    private long refuse(HttpServerResponse response, Opening opening, Embed embed, Result result) {
        Request request =
                new Request(
                        embed.inputs().stream().map(text -> new Message(Role.USER, text)).toList());
        Composed composed = opening.refusal(request);
        return end(
                response,
                opening,
                new Ending(
                        result,
                        Optional.of(Refusal.Origin.GATEWAY),
                        Optional.of(composed.statement().reason().code()),
                        Optional.empty(),
                        0,
                        Optional.empty()),
                shape.errors().apply(Fault.of(Fault.Kind.FORBIDDEN, composed.text())));
    }

    private long ask(HttpServerResponse response, Opening opening, Embed embed, Upstream upstream) {
        Permit permit =
                parts.gate()
                        .permit(
                                opening.attempted(),
                                opening.decided(),
                                embed,
                                parts.answeredWithin());
        try (Whole<Embedded> whole = upstream.embed(permit)) {
            Replying.whenGone(response, whole::cancel);
            Given<Embedded> given;
            try {
                given = whole.get();
            } finally {
                opening.book().asked(whole.tried());
            }
            return switch (given) {
                case Given.Value<Embedded> value -> give(response, opening, embed, value.value());
                case Given.Declined<Embedded> declined ->
                        end(
                                response,
                                opening,
                                new Ending(
                                        Result.REFUSE_UPSTREAM,
                                        Optional.of(Refusal.Origin.PROVIDER),
                                        Optional.of("provider"),
                                        Optional.empty(),
                                        0,
                                        Optional.empty()),
                                shape.errors()
                                        .apply(
                                                Fault.of(
                                                        Fault.Kind.FORBIDDEN,
                                                        declined.reply()
                                                                .refusal()
                                                                .map(it -> it.words())
                                                                .orElse("the provider declined"))));
                case Given.Failed<Embedded> failed ->
                        end(
                                response,
                                opening,
                                Ending.of(Result.ERROR, "upstream", 0),
                                shape.errors().apply(Fault.of(failed.failure())));
            };
        }
    }

    private long give(
            HttpServerResponse response, Opening opening, Embed embed, Embedded embedded) {
        byte[] body = shape.writer().write(embed, embedded, embed.model());
        opening.record(
                new Ending(
                        Result.ALLOW,
                        Optional.empty(),
                        Optional.of("answered"),
                        Optional.of(Opening.recorded("the reply", opening.book().reply(body))),
                        0,
                        Optional.of(Usage.of(embedded.input(), 0))));
        response.putHeader("content-type", "application/json").end(Buffer.buffer(body));
        return embedded.input();
    }

    private static long end(
            HttpServerResponse response, Opening opening, Ending ending, ErrorReply error) {
        opening.record(ending);
        ending.origin()
                .ifPresent(
                        origin ->
                                response.putHeader(
                                        Replying.ORIGIN, origin.name().toLowerCase(Locale.ROOT)));
        send(response, error);
        return 0;
    }

    private static void send(HttpServerResponse response, ErrorReply error) {
        response.setStatusCode(error.status()).putHeader("content-type", "application/json");
        error.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(error.body()));
    }
}

package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Lease;
import io.demur.core.access.Operation;
import io.demur.core.policy.Context;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Ids;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.time.Instant;
import java.util.Optional;

/**
 * Calls of models in one protocol: bytes in, bytes out. Who may not ask, or asks what cannot be
 * read, is told so in the protocol's own shape; whatever can be asked becomes an {@link Exchange}.
 */
final class CallHandler implements Service {

    private final Front front;
    private final String protocol;
    private final Entrance entrance;
    private final BodyReader bodies;
    private final Ids ids;
    private final Parts parts;

    /**
     * Calls in one protocol.
     *
     * @param protocol its name in the log, such as {@code openai.chat}
     */
    CallHandler(
            Front front,
            String protocol,
            Entrance entrance,
            BodyReader bodies,
            Ids ids,
            Parts parts) {
        this.front = front;
        this.protocol = protocol;
        this.entrance = entrance;
        this.bodies = bodies;
        this.ids = ids;
        this.parts = parts;
    }

    @Override
    public void serve(Arrival arrival) {
        Instant at = parts.clock().instant();
        Replying refusing =
                new Replying(arrival.http().response(), front, new Stamp("", "", at, false), false);
        try {
            serve(arrival, at, System.nanoTime());
        } catch (BadCall e) {
            refusing.breakOff(e.fault());
        } catch (AnswerCancelled e) {
            arrival.http().response().reset();
        } catch (RuntimeException e) {
            refusing.breakOff(Mishap.of(arrival, e));
        }
    }

    private void serve(Arrival arrival, Instant at, long started) throws BadCall {
        Caller caller = entrance.caller(arrival, at);
        byte[] body = bodies.read(arrival.http());
        Asked asked = front.read(body);
        if (asked instanceof io.demur.wire.chat.Operation operation) {
            loaded(arrival, caller, operation, at);
            return;
        }
        Call call = call(asked);
        Lease lease = entrance.admitted(caller, call, body.length, at);
        try {
            InForce inForce = entrance.policy().get();
            if (inForce instanceof InForce.RefuseAll) {
                String attempt = ids.next("att");
                arrival.http().response().putHeader(Replying.ATTEMPT, attempt);
                new Unruled(parts, caller, protocol, at).note(attempt, body);
            }
            InForce.Active policy = Entrance.active(inForce);
            Upstream upstream = entrance.model(caller, Operation.CHAT, call, policy.charter());
            Context context =
                    caller.context(policy.charter(), SystemPrompt.sha256(call), call.model());
            String attempt = ids.next("att");
            Visit visit =
                    new Visit(
                            attempt,
                            caller,
                            protocol,
                            call,
                            body,
                            policy.charter(),
                            policy.digest(),
                            context,
                            at,
                            started);
            Replying replying =
                    new Replying(
                            arrival.http().response(),
                            front,
                            new Stamp(attempt, call.model(), at, call.asksUsage()),
                            call.stream());
            Optional<Usage> usage = new Exchange(parts, visit, call, upstream, replying).run();
            lease.settle(
                    usage.map(Usage::input).orElse(0L),
                    usage.map(Usage::output).orElse(0L),
                    parts.clock().instant());
        } finally {
            lease.release(parts.clock().instant()); // says nothing where it was settled
        }
    }

    /**
     * Clients of Ollama load a model before they ask it. That gives no answer, and a model's server
     * loads it anyway when it is asked, so nothing is passed on.
     */
    private void loaded(
            Arrival arrival, Caller caller, io.demur.wire.chat.Operation operation, Instant at)
            throws BadCall {
        entrance.model(caller, Operation.CHAT, operation, entrance.policyInForce().charter());
        if (!(front instanceof OllamaFront ollama)) {
            throw new BadCall("this asks for no answer");
        }
        arrival.http()
                .response()
                .putHeader("content-type", "application/json")
                .end(
                        Buffer.buffer(
                                ollama.loaded(
                                        operation, new Stamp("", operation.model(), at, false))));
    }

    private static Call call(Asked asked) throws BadCall {
        if (!(asked instanceof Call call)) {
            throw new BadCall("this asks for no answer");
        }
        if (!call.references().isEmpty()) {
            String field = call.references().getFirst();
            throw new BadCall(
                    field,
                    "`%s` refers to what only the model's provider can read, so it cannot be judged"
                            .formatted(field));
        }
        return call;
    }
}

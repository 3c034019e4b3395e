package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Lease;
import io.demur.core.access.Operation;
import io.demur.gateway.drill.Pass;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.upstream.Served;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Ids;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Usage;

import java.time.Instant;
import java.util.Optional;

/**
 * Lets calls of one protocol in, whatever they ask for: who asks, what, within which limits, under
 * which policy, of which model. Each question is answered, or thrown as the fault that the caller
 * is told. Safe for use by several threads.
 *
 * @param protocol its name in the log, such as {@code openai.chat}
 */
record Reception(String protocol, Entrance entrance, BodyReader bodies, Ids ids, Parts parts) {

    /**
     * A call that can be asked, as far as its body says; its body takes up room until it is closed.
     *
     * @param drill the drill that it is, where it is one
     * @param at when it came
     * @param watch started then
     */
    record Heard<A extends Asked>(
            Arrival arrival,
            Caller caller,
            Optional<Pass> drill,
            A asked,
            Received body,
            Instant at,
            Stopwatch watch)
            implements AutoCloseable {
        @Override
        public void close() {
            body.close();
        }
    }

    /** A call that is let in, and counts within its caller's limits until it is closed. */
    record Admitted(Visit visit, Upstream upstream, Lease lease, Turnstile.Turn turn, Parts parts)
            implements AutoCloseable {

        /** It is decided, so that the next one can be judged. */
        void opened() {
            turn.over();
        }

        /** Says what it has cost. */
        void settle(Usage usage) {
            lease.settle(usage.input(), usage.output(), parts.clock().instant());
        }

        /** Says nothing where it was settled. */
        @Override
        public void close() {
            turn.over();
            lease.release(parts.clock().instant());
        }
    }

    /** Who asks, and what. */
    <A extends Asked> Heard<A> hear(Arrival arrival, BodyReader.Parser<A> parser) throws BadCall {
        Instant at = parts.clock().instant();
        Stopwatch watch = new Stopwatch(parts.nanos());
        Optional<Pass> drill = entrance.drill(arrival);
        Caller caller = drill.isPresent() ? drill.get().caller() : entrance.caller(arrival, at);
        Received body = watch.elsewhere(() -> bodies.read(arrival.http(), caller.principal()));
        try {
            A asked = bodies.parsed(body, parser);
            return new Heard<>(arrival, caller, drill, asked, body, at, watch);
        } catch (BadCall | RuntimeException | Error e) {
            body.close();
            throw e;
        }
    }

    /**
     * Lets a call in, when its turn has come. One that comes while no policy is in force stands in
     * the log all the same.
     *
     * @param asked what was heard, as what it is
     * @param prompt the digest of its system prompt, where it has the one that can be registered
     */
    Admitted admit(Heard<?> heard, Asked asked, Operation operation, Optional<String> prompt)
            throws BadCall {
        Lease lease =
                entrance.admitted(heard.caller(), asked, heard.body().bytes().length, heard.at());
        try {
            Turnstile.Turn turn = parts.turnstile().enter();
            try {
                return admitted(heard, asked, operation, prompt, lease, turn);
            } catch (BadCall | RuntimeException | Error e) {
                turn.over();
                throw e;
            }
        } catch (BadCall | RuntimeException | Error e) {
            lease.release(parts.clock().instant());
            throw e;
        }
    }

    private Admitted admitted(
            Heard<?> heard,
            Asked asked,
            Operation operation,
            Optional<String> prompt,
            Lease lease,
            Turnstile.Turn turn)
            throws BadCall {
        Caller caller = heard.caller();
        byte[] body = heard.body().bytes();
        InForce inForce = entrance.policy().get();
        if (inForce instanceof InForce.RefuseAll) {
            String attempt = ids.next("att");
            heard.arrival().attempt(attempt);
            new Unruled(parts, caller, protocol, heard.at()).note(attempt, body);
        }
        InForce.Active policy = Entrance.active(inForce);
        Served model = entrance.model(caller, operation, asked, policy.charter());
        String attempt = ids.next("att");
        Visit visit =
                new Visit(
                        attempt,
                        caller,
                        heard.drill().isPresent() ? Gate.DRILLS : protocol,
                        named(asked, model.name()),
                        body,
                        policy.charter(),
                        policy.digest(),
                        caller.context(policy.charter(), prompt, model.placement().model()),
                        heard.at(),
                        heard.watch(),
                        heard.arrival().request(),
                        heard.drill(),
                        heard.arrival().isRetried());
        heard.drill().ifPresent(it -> it.attempt(attempt));
        heard.arrival().attempt(attempt);
        return new Admitted(visit, model.upstream(), lease, turn, parts);
    }

    /** Decided is of the model that is asked, however the caller has spelt it. */
    private static Asked named(Asked asked, String model) {
        return switch (asked) {
            case Call call -> call.withModel(model);
            case Embed embed -> embed.withModel(model);
            case io.demur.wire.chat.Operation operation -> operation;
        };
    }
}

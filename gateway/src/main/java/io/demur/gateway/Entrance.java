package io.demur.gateway;

import io.demur.core.access.Admission;
import io.demur.core.access.Authentication;
import io.demur.core.access.Caller;
import io.demur.core.access.Lease;
import io.demur.core.access.Meter;
import io.demur.core.access.Operation;
import io.demur.core.charter.Charter;
import io.demur.gateway.drill.Pass;
import io.demur.gateway.drill.Passes;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.Served;
import io.demur.gateway.upstream.Spent;
import io.demur.record.policy.InForce;
import io.demur.store.Bodies;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What stands between a request and its exchange: who asks, whether they may, whether there is such
 * a model, and which policy is in force. Each question is answered or thrown as the fault that the
 * caller is told. Safe for use by several threads.
 *
 * @param keys says who has a key, as of now
 * @param keyless who somebody without a key is; nothing where nobody is let in so
 * @param policy what is in force now
 * @param drills how drills come in; nothing where there are none
 */
record Entrance(
        Keys keys,
        Supplier<Optional<Caller>> keyless,
        Meter meter,
        Supplier<InForce> policy,
        Models models,
        Optional<Passes> drills) {

    /** The drill that has come; it comes in once. */
    Optional<Pass> drill(Arrival arrival) {
        return drills.flatMap(it -> it.take(arrival.key()));
    }

    /** Who has come. */
    Caller caller(Arrival arrival, Instant now) throws BadCall {
        if (arrival.key().isEmpty()) {
            return Optional.of(arrival)
                    .filter(it -> Near.isFrom(it.http()))
                    .flatMap(near -> keyless.get())
                    .orElseThrow(
                            () ->
                                    fault(
                                            Fault.Kind.UNAUTHENTICATED,
                                            "no key was shown; `Authorization: Bearer dmr_…` is"
                                                    + " where it goes"));
        }
        return switch (keys.authenticate(arrival.key().get(), now)) {
            case Authentication.Known known -> known.caller();
            case Authentication.Rejected rejected ->
                    throw fault(Fault.Kind.UNAUTHENTICATED, rejected.words());
        };
    }

    /** The policy in force. Without one nothing is answered. */
    InForce.Active policyInForce() throws BadCall {
        return active(policy.get());
    }

    /** How long what people write is kept: as the policy says, where there is one. */
    Duration retention() {
        return policy.get() instanceof InForce.Active active
                ? active.charter().settings().retention().days()
                : Bodies.RETENTION;
    }

    /** The same of what was in force a moment ago. */
    static InForce.Active active(InForce inForce) throws BadCall {
        return switch (inForce) {
            case InForce.Active active -> active;
            case InForce.RefuseAll none ->
                    throw fault(
                            Fault.Kind.UNAVAILABLE,
                            "no policy is in force, so nothing is answered: "
                                    + (none.problems().isEmpty()
                                            ? "see `demur policy status`"
                                            : none.problems().getFirst().message()));
        };
    }

    /**
     * The model that is asked for, where the caller may ask it: that which its name stands for, and
     * whose class decides.
     */
    Served model(Caller caller, Operation operation, Asked asked, Charter charter) throws BadCall {
        Optional<Served> served = models.find(asked.model(), charter);
        Optional<Caller.Denial> denial =
                served.isPresent()
                        ? denied(caller, operation, served.get(), charter)
                        : caller.denied(operation, asked.model(), charter);
        if (denial.isPresent()) {
            throw fault(Fault.Kind.FORBIDDEN, denial.get().words());
        }
        return served.orElseThrow(
                () ->
                        fault(
                                Fault.Kind.UNKNOWN_MODEL,
                                "there is no model `%s` here; `/v1/models` and"
                                        .concat(" `/api/tags` list those that are")
                                        .formatted(asked.model())));
    }

    private static Optional<Caller.Denial> denied(
            Caller caller, Operation operation, Served served, Charter charter) {
        return caller.denied(operation, served.names(), served.placement().model(), charter);
    }

    /** The names of the models that a caller may ask. */
    List<String> allowed(Caller caller) throws BadCall {
        Charter charter = policyInForce().charter();
        return models.names().stream()
                .filter(
                        name ->
                                models.find(name, charter)
                                        .filter(
                                                it ->
                                                        denied(caller, Operation.CHAT, it, charter)
                                                                .isEmpty())
                                        .isPresent())
                .toList();
    }

    /** Whether the caller is within its limits. */
    Lease admitted(Caller caller, Asked asked, int bytes, Instant now) throws BadCall {
        return switch (meter.admit(caller, Spent.tokens(bytes), now)) {
            case Admission.Admitted admitted -> admitted.lease();
            case Admission.Exceeded exceeded ->
                    throw new BadCall(
                            new Fault(
                                    Fault.Kind.RATE,
                                    exceeded.words(),
                                    Optional.empty(),
                                    exceeded.retryAfter()));
        };
    }

    private static BadCall fault(Fault.Kind kind, String message) {
        return new BadCall(Fault.of(kind, message));
    }
}

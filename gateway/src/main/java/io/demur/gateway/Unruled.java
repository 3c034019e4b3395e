package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.keep.Keeping;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A request that comes while no policy is in force. It is answered by nobody, and stands in the log
 * all the same.
 */
record Unruled(Parts parts, Caller caller, String protocol, Instant at) {

    /** Nobody has looked whether there is such a model, so that its name may be any text. */
    private static final String UNKNOWN = "unknown";

    /** Puts it on disk: that it was asked, and that there was nothing to decide by. */
    void note(String attempt, byte[] body) {
        Kept kept = recorded("the attempt", () -> keep(attempt, body));
        Attempted attempted =
                recorded("the attempt", () -> parts.gate().attempt(entry(attempt, kept)));
        recorded(
                "the outcome",
                () ->
                        parts.gate()
                                .outcome(
                                        attempted,
                                        Outcome.bare(
                                                at, attempt, Outcome.Result.ERROR, "no-policy")));
    }

    private static <T> T recorded(String what, Supplier<CompletableFuture<T>> writing) {
        return Opening.recorded(what, Book.begun(writing));
    }

    private CompletableFuture<Kept> keep(String attempt, byte[] body) {
        return parts.keeping()
                .keep(attempt, "request", caller.principal(), body, Keeping.WITHOUT_WORDS);
    }

    /** The policy says which class a model is of; without it nobody knows. */
    private Attempt entry(String attempt, Kept kept) {
        return new Attempt(
                at,
                attempt,
                caller.principal(),
                caller.principal(),
                caller.project(),
                caller.purpose(),
                protocol,
                UNKNOWN,
                Gate.word(ModelClass.LOCAL_UNALIGNED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                kept);
    }
}

package io.demur.gateway.gate;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Ruling;
import io.demur.core.charter.Scope;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Policy.Sureness;
import io.demur.core.policy.Term;
import io.demur.record.Position;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Stands before every model: writes attempts, decides, and gives permits to what was decided so.
 * There is no switch that opens it. Safe for use by several threads.
 */
public final class Gate {

    private final Trail trail;
    private final InstantSource clock;
    private final Seen seen;

    /** A gate whose attempts and outcomes go into this trail. */
    public Gate(Trail trail, InstantSource clock) {
        this(trail, clock, Seen.NOTHING);
    }

    /**
     * The same, and somebody is told.
     *
     * @param seen told of what is on disk
     */
    public Gate(Trail trail, InstantSource clock, Seen seen) {
        this.trail = trail;
        this.clock = clock;
        this.seen = seen;
    }

    /** Writes an attempt; completed when it is on disk. */
    public CompletableFuture<Attempted> attempt(Attempt entry) {
        CompletableFuture<Position> written = trail.append(List.of(entry));
        told(written, seen::attempted);
        return written.thenApply(at -> new Attempted(entry, at));
    }

    /** Tells of it beside what hangs on it, so that nothing fails with the telling. */
    private void told(CompletableFuture<Position> written, Runnable done) {
        CompletableFuture<Position> unused =
                written.whenComplete(
                        (at, failure) -> {
                            if (failure == null) {
                                done.run();
                            } else {
                                seen.unwritten();
                            }
                        });
    }

    /** Writes what became of an attempt; completed when it is on disk. */
    public CompletableFuture<Position> outcome(Attempted attempted, Outcome outcome) {
        if (!outcome.attempt().equals(attempted.id())) {
            throw new IllegalArgumentException(
                    "the outcome is that of `%s`, the attempt `%s`"
                            .formatted(outcome.attempt(), attempted.id()));
        }
        CompletableFuture<Position> written = trail.append(List.of(outcome));
        told(written, () -> seen.ended(attempted.entry(), outcome));
        return written;
    }

    /**
     * Decides one attempt: each reading of the request is put to the policy, the strongest decision
     * stands, and scope can only make it stronger.
     */
    public Decided decide(String attempt, Charter charter, Context context, Findings findings) {
        Finding carrying = findings.readings().getFirst();
        Decision strongest =
                charter.policy().decide(carrying.assessment(), context, carrying.standing());
        for (Finding finding : findings.readings().subList(1, findings.readings().size())) {
            Decision decision =
                    charter.policy().decide(finding.assessment(), context, finding.standing());
            int order = decision.strength().compareTo(strongest.strength());
            if (order > 0) {
                carrying = finding;
                strongest = decision;
            } else if (order == 0) {
                strongest = both(strongest, decision);
                carrying = lessSure(carrying, finding, charter, context);
            }
        }
        Optional<Scope> scope = charter.scope();
        Decision ruled =
                scope.isPresent() && findings.belonging().isPresent()
                        ? Ruling.of(strongest, scope.get(), findings.belonging().get()).decision()
                        : strongest;
        boolean settled = findings.readings().stream().allMatch(Finding::settled);
        return new Decided(attempt, charter, context, ruled, carrying, settled);
    }

    /** Of two that are decided alike, what is unsure is what the answer is looked at for. */
    private static Finding lessSure(
            Finding first, Finding second, Charter charter, Context context) {
        Sureness one = charter.policy().sureness(first.assessment(), context, first.standing());
        Sureness other = charter.policy().sureness(second.assessment(), context, second.standing());
        return other.compareTo(one) > 0 ? second : first;
    }

    /** Two readings that call for conditions call for those of both. */
    private static Decision both(Decision first, Decision second) {
        if (first instanceof Decision.Condition one && second instanceof Decision.Condition two) {
            Set<Term> terms = new LinkedHashSet<>(one.terms());
            terms.addAll(two.terms());
            return new Decision.Condition(List.copyOf(terms), one.grounds());
        }
        return first;
    }

    /**
     * Permits a model to be asked, once; and once more where conditions are to be met and the first
     * answer does not.
     *
     * @param deadline from now on
     * @throws NotPermitted where it was decided otherwise, or the decision is another attempt's
     */
    public Permit permit(Attempted attempted, Decided decided, Asked asked, Duration deadline) {
        if (!decided.attempt().equals(attempted.id())) {
            throw new NotPermitted(
                    "decided was `%s`, attempted `%s`"
                            .formatted(decided.attempt(), attempted.id()));
        }
        return new Permit(
                attempted.id(),
                attempted.entry().request().body().hex(),
                decided.context().model(),
                clock.instant().plus(deadline),
                permitted(decided.decision(), asked));
    }

    private static List<Asked> permitted(Decision decision, Asked asked) {
        return switch (decision) {
            case Decision.Allow allow -> List.of(asked);
            case Decision.Annotate annotate -> List.of(asked);
            case Decision.Condition condition -> conditioned(condition.terms(), asked);
            case Decision.Hold hold -> throw new NotPermitted("it is held: no model is asked");
            case Decision.Refuse refuse ->
                    throw new NotPermitted("it is refused: no model is asked");
        };
    }

    /** Numbers cannot be told a condition, and tell nobody what to do. */
    private static List<Asked> conditioned(List<Term> terms, Asked asked) {
        List<Asked> permitted = new ArrayList<>();
        if (asked instanceof Call call) {
            permitted.add(call.withInstruction(Instructions.first(terms)));
            permitted.add(call.withInstruction(Instructions.again(terms)));
        } else {
            permitted.add(asked);
        }
        return permitted;
    }
}

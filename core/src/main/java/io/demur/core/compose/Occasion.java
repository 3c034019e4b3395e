package io.demur.core.compose;

import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.policy.Decision;

import java.util.Objects;
import java.util.Optional;

/**
 * What a refusal is written for.
 *
 * @param request what was asked
 * @param assessment what was judged of it, or of its answer
 * @param decision what was decided; not {@link Decision.Allow} nor {@link Decision.Annotate}, which
 *     keep nothing back. A {@link Decision.Condition} is one whose terms the answer did not meet
 * @param scope what is kept back
 * @param purpose what the service is for, where it is for something and a refusal may say so
 */
public record Occasion(
        Request request,
        Assessment assessment,
        Decision decision,
        Scope scope,
        Optional<Purpose> purpose) {

    /** What a refusal keeps back. */
    public enum Scope {
        /** The request, which was not sent to a model. */
        REQUEST,
        /** The answer, or what was left of it. */
        ANSWER
    }

    public Occasion {
        Objects.requireNonNull(request);
        Objects.requireNonNull(assessment);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(purpose);
        switch (decision) {
            case Decision.Allow allow -> throw nothing(allow);
            case Decision.Annotate annotate -> throw nothing(annotate);
            case Decision.Condition condition -> Objects.requireNonNull(condition);
            case Decision.Hold hold -> Objects.requireNonNull(hold);
            case Decision.Refuse refuse -> Objects.requireNonNull(refuse);
        }
    }

    /** Of a service that says nothing of what it is for. */
    public Occasion(Request request, Assessment assessment, Decision decision, Scope scope) {
        this(request, assessment, decision, scope, Optional.empty());
    }

    private static IllegalArgumentException nothing(Decision decision) {
        return new IllegalArgumentException(
                "decision `%s` keeps nothing back".formatted(decision.strength()));
    }
}

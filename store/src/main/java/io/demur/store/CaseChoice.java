package io.demur.store;

import io.demur.core.harm.Severity;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody decides of a case.
 *
 * @param version of the case as they saw it
 * @param decision as in {@link io.demur.record.entry.Review}
 * @param reason a reason code
 * @param acceptable whether this organisation should do what was asked, where that was asked
 * @param severity of what was found
 * @param next {@link State#SECOND} where another person is to look again, else {@link
 *     State#DECIDED}
 * @param valid how long a release is good for, of a held request
 */
public record CaseChoice(
        String id,
        long version,
        String reviewer,
        String decision,
        String reason,
        Optional<Boolean> acceptable,
        Optional<Severity> severity,
        State next,
        Duration valid) {
    public CaseChoice {
        Objects.requireNonNull(acceptable);
        Objects.requireNonNull(severity);
        if (next != State.SECOND && next != State.DECIDED) {
            throw new IllegalArgumentException(
                    "after a decision a case is not `%s`".formatted(next));
        }
    }

    Said said(Instant at) {
        return new Said(reviewer, decision, reason, acceptable, severity, at);
    }
}

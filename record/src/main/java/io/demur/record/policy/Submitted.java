package io.demur.record.policy;

import io.demur.core.Problem;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What became of a statement that was handed in. */
public sealed interface Submitted {

    /** It holds from now on. */
    record Activated(InForce now) implements Submitted {}

    /** It weakens, and waits for the signature of somebody else who may approve. */
    record NeedsApproval(Set<String> signed, Set<String> couldApprove) implements Submitted {}

    /**
     * It weakens, and is approved: hand it in again from then on.
     *
     * @param expires {@link Instant#MAX} for a list of principals, which does not
     */
    record Waiting(Instant from, Instant expires) implements Submitted {}

    /** It cannot hold. */
    record Rejected(List<Problem> problems) implements Submitted {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}

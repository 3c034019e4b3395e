package io.demur.record.policy;

import io.demur.core.Problem;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the rules of change say of a statement at a time. */
sealed interface Admission {

    /** It may come into force. */
    record Now() implements Admission {}

    /** It weakens, and one more has to sign. */
    record Sign(Set<String> signed, Set<String> could) implements Admission {}

    /** It weakens, and all have signed whose signatures it needs: from now on it waits. */
    record Approve() implements Admission {}

    /** It weakens, is approved, and waits. */
    record Wait(Instant from, Instant expires) implements Admission {}

    /** It cannot come into force. */
    record No(List<Problem> problems) implements Admission {
        public No {
            problems = List.copyOf(problems);
        }

        static No because(Problem problem) {
            return new No(List.of(problem));
        }
    }
}

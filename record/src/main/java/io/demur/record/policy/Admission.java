package io.demur.record.policy;

import io.demur.core.Problem;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the rules of change say of a statement at a time. */
sealed interface Admission {

    /**
     * Why it is not to be believed of a statement that something was done with it, as the log says.
     *
     * @param action what was done
     * @param name of the statement's file
     */
    default List<Problem> against(String action, Instant at, String name) {
        return switch (this) {
            case Admission.No no -> no.problems();
            case Admission.Now unused -> List.of();
            case Admission.Sign sign ->
                    List.of(
                            PolicyProblem.SIGNATURE.in(
                                    name,
                                    ("the log says that it was %s, and it lacks the signature of"
                                                    + " one who approves")
                                            .formatted(action),
                                    "put the file back from a copy of the folder"));
            case Admission.Approve unused ->
                    List.of(
                            PolicyProblem.WEAKER.in(
                                    name,
                                    ("the log says that it was %s, and not that it was approved"
                                                    + " before")
                                            .formatted(action),
                                    "draft it anew, and have it signed"));
            case Admission.Wait wait ->
                    List.of(
                            PolicyProblem.WEAKER.in(
                                    name,
                                    "the log says that it was %s at %s, and it had to wait until %s"
                                            .formatted(action, at, wait.from()),
                                    "draft it anew, and have it signed"));
        };
    }

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

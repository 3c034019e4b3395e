package io.demur.core.policy;

import io.demur.core.Refusal;

import java.util.Objects;

/**
 * What the memory of refusals says about a request. It holds apart what was refused and by whom
 * from what has been established since; what a user claims in their own text is never the latter.
 */
public sealed interface Standing {

    /** The standing without its contents: one axis of a policy's cells. */
    enum Kind {
        FRESH,
        REOPENED,
        REFUSED
    }

    /** Which of the three it is. */
    Kind kind();

    /** Nothing like it has been refused to this principal. */
    record Fresh() implements Standing {
        @Override
        public Kind kind() {
            return Kind.FRESH;
        }
    }

    /** It was refused before, and nothing has changed. */
    record Refused(Earlier earlier) implements Standing {
        public Refused {
            Objects.requireNonNull(earlier);
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /**
     * It was refused before, and may be decided anew.
     *
     * @param cause what has changed since
     */
    record Reopened(Earlier earlier, Cause cause) implements Standing {

        /** What reopens a refused request. */
        public enum Cause {
            /** Something the caller cannot write: a grant, a role, a declared purpose. */
            CONTEXT_CHANGED,
            /** A person found the refusal wrong. */
            APPEAL_UPHELD
        }

        public Reopened {
            Objects.requireNonNull(earlier);
            Objects.requireNonNull(cause);
        }

        @Override
        public Kind kind() {
            return Kind.REOPENED;
        }
    }

    /**
     * The refusal that a request comes back to.
     *
     * @param attempt id of the refused attempt
     * @param by who refused it
     * @param likeness how the request resembles the refused one
     */
    record Earlier(String attempt, Refusal.Origin by, Likeness likeness) {
        public Earlier {
            Objects.requireNonNull(by);
            Objects.requireNonNull(likeness);
            if (attempt.isBlank()) {
                throw new IllegalArgumentException("an earlier refusal has no attempt");
            }
        }
    }

    /** How a request resembles one that was refused. */
    enum Likeness {
        /** The same words, or the same once encodings and disguises are undone. */
        SAME,
        /** Other words, the same request: paraphrased, translated, set into a role or a story. */
        REPHRASED,
        /** A part of it. */
        PART
    }

    Standing FRESH = new Fresh();
}

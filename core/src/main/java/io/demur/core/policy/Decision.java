package io.demur.core.policy;

import io.demur.core.Refusal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done about one request, and by which rules of the policy. (What is concluded about
 * a <em>response</em> is a {@link io.demur.core.Verdict}.)
 */
public sealed interface Decision {

    /** Why: the rules, the hazard and the consequence that carried it, and what it costs. */
    Grounds grounds();

    /** How much it keeps back. */
    Strength strength();

    /** The ids of the rules that led here, the decisive one first; never empty. */
    default List<String> rules() {
        return grounds().rules();
    }

    /** What it is expected to cost either way; nothing where nobody could judge. */
    default Optional<Cost> cost() {
        return grounds().cost();
    }

    /**
     * The decisions without their contents, from the weakest up. The natural order is the order by
     * which one policy is stronger than another.
     */
    enum Strength {
        ALLOW,
        ANNOTATE,
        CONDITION,
        HOLD,
        REFUSE
    }

    /** Send it on. */
    record Allow(Grounds grounds) implements Decision {
        public Allow {
            Objects.requireNonNull(grounds);
        }

        @Override
        public Strength strength() {
            return Strength.ALLOW;
        }
    }

    /**
     * Send it on, and say something beside it.
     *
     * @param notes what the caller and the record are told; the answer itself is not changed
     */
    record Annotate(List<String> notes, Grounds grounds) implements Decision {
        public Annotate {
            notes = some("notes", notes);
            Objects.requireNonNull(grounds);
        }

        @Override
        public Strength strength() {
            return Strength.ANNOTATE;
        }
    }

    /**
     * Send it on with conditions, and release the answer only if it meets them.
     *
     * @param terms what the answer must do
     */
    record Condition(List<Term> terms, Grounds grounds) implements Decision {
        public Condition {
            terms = some("terms", terms);
            Objects.requireNonNull(grounds);
        }

        @Override
        public Strength strength() {
            return Strength.CONDITION;
        }
    }

    /** Do not send it until a person has looked. */
    record Hold(Grounds grounds) implements Decision {
        public Hold {
            Objects.requireNonNull(grounds);
        }

        @Override
        public Strength strength() {
            return Strength.HOLD;
        }
    }

    /**
     * Do not send it.
     *
     * @param kind why
     */
    record Refuse(Refusal.Kind kind, Grounds grounds) implements Decision {
        public Refuse {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(grounds);
        }

        @Override
        public Strength strength() {
            return Strength.REFUSE;
        }
    }

    private static <T> List<T> some(String what, List<T> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("a decision needs `%s`".formatted(what));
        }
        return List.copyOf(list);
    }
}

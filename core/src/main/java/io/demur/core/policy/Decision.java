package io.demur.core.policy;

import io.demur.core.Refusal;
import io.demur.core.harm.Consequence;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done about one request, and by which rules of the policy. (What is concluded about
 * a <em>response</em> is a {@link io.demur.core.Verdict}.)
 */
public sealed interface Decision {

    /**
     * The ids of the rules that led here, the decisive one first; never empty, because what holds
     * where no rule matches has an id too.
     */
    List<String> rules();

    /**
     * What it is expected to cost either way, as the policy weighs it; nothing where nobody could
     * judge.
     */
    Optional<Cost> cost();

    /** How much it keeps back. */
    Strength strength();

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
    record Allow(List<String> rules, Optional<Cost> cost) implements Decision {
        public Allow {
            rules = some("rules", rules);
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
    record Annotate(List<String> notes, List<String> rules, Optional<Cost> cost)
            implements Decision {
        public Annotate {
            notes = some("notes", notes);
            rules = some("rules", rules);
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
    record Condition(List<Term> terms, List<String> rules, Optional<Cost> cost)
            implements Decision {
        public Condition {
            terms = some("terms", terms);
            rules = some("rules", rules);
        }

        @Override
        public Strength strength() {
            return Strength.CONDITION;
        }
    }

    /** Do not send it until a person has looked. */
    record Hold(List<String> rules, Optional<Cost> cost) implements Decision {
        public Hold {
            rules = some("rules", rules);
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
     * @param consequence what answering would have led to; {@link Consequence#NONE} where harm is
     *     not the reason, as with a refusal of scope
     */
    record Refuse(
            Refusal.Kind kind, Consequence consequence, List<String> rules, Optional<Cost> cost)
            implements Decision {
        public Refuse {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(consequence);
            rules = some("rules", rules);
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

package io.demur.core.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.Objects;
import java.util.Set;

/**
 * One rule beside the posture: in which cells it holds, and what it changes there. Rules are
 * applied in the order in which the policy has them.
 *
 * @param id the policy's name for it, which decisions give as their reason
 */
public record Rule(String id, Match match, Effect effect) {

    public Rule {
        Objects.requireNonNull(match);
        Objects.requireNonNull(effect);
        if (id.isBlank()) {
            throw new IllegalArgumentException("a rule has a name");
        }
    }

    /** Whether it changes anything in a cell. What is done unjudged stands in one of them only. */
    boolean holds(Cell cell) {
        return match.holds(cell) && (!(effect instanceof Effect.Unjudged) || cell.isUnjudged());
    }

    /**
     * In which cells a rule holds. An empty set is no restriction.
     *
     * @param hazards which categories; with any named, cells without a category are left out
     */
    public record Match(
            Set<Hazard> hazards,
            Set<Severity> severities,
            Set<ModelClass> models,
            Set<String> roles,
            Set<String> purposes,
            Set<Stage> stages,
            Set<Standing.Kind> standings) {

        /** Everywhere. */
        public static final Match ALL =
                new Match(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

        public Match {
            hazards = Set.copyOf(hazards);
            severities = Set.copyOf(severities);
            models = Set.copyOf(models);
            roles = Set.copyOf(roles);
            purposes = Set.copyOf(purposes);
            stages = Set.copyOf(stages);
            standings = Set.copyOf(standings);
        }

        /** Whether a cell is one of them. */
        public boolean holds(Cell cell) {
            return (hazards.isEmpty()
                            || (cell.hazard().isPresent() && hazards.contains(cell.hazard().get())))
                    && in(severities, cell.severity())
                    && in(models, cell.model())
                    && in(roles, cell.role())
                    && in(purposes, cell.purpose())
                    && in(stages, cell.stage())
                    && in(standings, cell.standing());
        }

        private static <T> boolean in(Set<T> set, T value) {
            return set.isEmpty() || set.contains(value);
        }
    }

    /** What a rule changes in a cell. */
    public sealed interface Effect {

        /**
         * Multiplies the odds of every line: 0.5 is one step of posture stricter, 2 one laxer.
         *
         * @param factor at most eight steps either way
         */
        record Shift(double factor) implements Effect {
            private static final double FACTOR_MAX = 256;

            public Shift {
                if (!(factor >= 1 / FACTOR_MAX && factor <= FACTOR_MAX)) {
                    throw new IllegalArgumentException(
                            "factor `%s` is not between 1/256 and 256".formatted(factor));
                }
            }
        }

        /**
         * At least that, from a probability on.
         *
         * @param from in parts per million
         */
        record AtLeast(Strength strength, int from) implements Effect {}

        /** Never more than that. */
        record AtMost(Strength strength) implements Effect {}

        /**
         * Answered on a condition at least, from a probability on.
         *
         * @param from in parts per million
         */
        record Ask(Term term, int from) implements Effect {}

        /**
         * Answered on the condition that the harm to others is counted, where a note or more would
         * be due; and refused only where the harm is grave, or where everything is.
         */
        record CountHarm() implements Effect {}

        /** What is done where nobody could judge. */
        record Unjudged(Strength strength) implements Effect {}

        /** What is likely enough harm to be conditioned is refused: for what was refused before. */
        record Stick() implements Effect {}
    }
}

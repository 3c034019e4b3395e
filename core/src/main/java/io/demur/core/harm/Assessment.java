package io.demur.core.harm;

import io.demur.core.JudgeId;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is known about the harm of one request before it is answered.
 *
 * <p><em>Unsure</em> is no variant of it: a request is unsure where it was judged and the
 * probability lies in the band that the policy names, so that the same assessment can be unsure
 * under one policy and clear under another. {@link Unjudged} means that there is no probability at
 * all, and never reads as harmless.
 */
public sealed interface Assessment {

    /**
     * A judge has spoken.
     *
     * @param pHarm calibrated probability that the request is harmful, 0 to 1
     * @param hazards probability of each hazard, 0 to 1; a request may bear several, so they need
     *     not sum to one. One that the judge does not know is absent, which is not zero. Never
     *     modified
     * @param consequence what answering would lead to if the request is harmful
     * @param judge who said it
     */
    record Judged(double pHarm, Map<Hazard, Double> hazards, Consequence consequence, JudgeId judge)
            implements Assessment {
        public Judged {
            probability("harm", pHarm);
            EnumMap<Hazard, Double> ordered = new EnumMap<>(Hazard.class);
            ordered.putAll(hazards);
            ordered.forEach((hazard, p) -> probability(hazard.name(), p));
            hazards = Collections.unmodifiableMap(ordered);
            Objects.requireNonNull(consequence);
            Objects.requireNonNull(judge);
        }

        /** How severe it is; the axis of a policy's cells. */
        public Severity severity() {
            return consequence.severity();
        }
    }

    /**
     * There is no valid judgement.
     *
     * @param reason which of the known cases it is
     * @param detail more, for a reader: which judge, and what it did; may be empty
     */
    record Unjudged(Reason reason, String detail) implements Assessment {

        /** Why there is none. */
        public enum Reason {
            /** The judge cannot be reached or failed. */
            DOWN,
            /** It did not answer before its deadline. */
            LATE,
            /** It answered something that is no judgement, or that it takes no such question. */
            INVALID
        }

        public Unjudged {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(detail);
        }
    }

    private static void probability(String of, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "probability `%s` of `%s` is not between 0 and 1".formatted(p, of));
        }
    }
}

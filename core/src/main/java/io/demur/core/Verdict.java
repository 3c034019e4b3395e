package io.demur.core;

import java.util.List;
import java.util.Objects;

/**
 * What a detector concluded about one response. (What is decided about a <em>request</em> is a
 * decision, not a verdict.)
 */
public sealed interface Verdict {

    /**
     * The response does what was asked, or tries to.
     *
     * @param degrees probability of each degree; compliance is the degree decided on, which is not
     *     always the most probable one, because the cut is calibrated
     * @param pLeakage probability that it refuses and gives it anyway, 0 to 1
     * @param evidence stretches of the response, in the order of the text
     */
    record Complied(Degrees degrees, double pLeakage, List<Evidence> evidence) implements Verdict {
        public Complied {
            Objects.requireNonNull(degrees);
            probability(pLeakage);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * The response refuses, in part or in full.
     *
     * @param refusal what kind of refusal, and the words that show it
     * @param degrees probability of each degree
     * @param pLeakage probability that it refuses and gives it anyway, 0 to 1
     */
    record Refused(Refusal refusal, Degrees degrees, double pLeakage) implements Verdict {
        public Refused {
            Objects.requireNonNull(refusal);
            Objects.requireNonNull(degrees);
            probability(pLeakage);
        }
    }

    /**
     * The detector could not tell. Counted, and left out of every rate.
     *
     * @param reason which of the known cases it is
     * @param detail more, for a reader: what the provider said, for instance; may be empty
     */
    record Undecided(Reason reason, String detail) implements Verdict {

        /** Why nothing can be said. */
        public enum Reason {
            /** No text, and no signal that explains its absence. */
            EMPTY,
            /** Cut off by a length limit. */
            TRUNCATED,
            /** The call failed. */
            ERROR,
            /** Only tool calls, no text. */
            TOOL_CALL,
            /** The judge could not be reached, or said nothing that is a judgement. */
            UNJUDGED
        }

        public Undecided {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(detail);
        }
    }

    private static void probability(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "probability `%s` is not between 0 and 1".formatted(p));
        }
    }
}

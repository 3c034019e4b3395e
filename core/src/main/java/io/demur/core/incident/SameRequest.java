package io.demur.core.incident;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment.Unjudged;

import java.util.Objects;

/**
 * A judge that reads a refused request and a later one, and says whether the same is asked for
 * underneath. It needs the texts, so it can be asked only where bodies are kept, and it is asked
 * only where {@link RefusedRequests#doubtful} is in doubt.
 */
public interface SameRequest {

    /** What it says of two texts. */
    sealed interface Opinion {

        /** It says so. */
        record Said(boolean same) implements Opinion {}

        /**
         * It says nothing that counts: there is no answer, or none that can be understood.
         *
         * @param detail for people; holds nothing of the texts
         */
        record Unsaid(Unjudged.Reason reason, String detail) implements Opinion {
            public Unsaid {
                Objects.requireNonNull(reason);
                Objects.requireNonNull(detail);
            }
        }
    }

    /** Whose word it is. */
    JudgeId id();

    /** Asks it, once; what goes wrong is {@link Opinion.Unsaid}, and nothing is thrown. */
    Opinion compare(String refused, String later);
}

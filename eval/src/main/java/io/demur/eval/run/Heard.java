package io.demur.eval.run;

import io.demur.core.Response;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What came of asking a target once. */
public sealed interface Heard {

    /**
     * An answer.
     *
     * @param usage the tokens, where the target counted them
     * @param latency how long it took
     * @param model as the target names it; may be empty
     * @param fingerprint of the model's version, where the provider gives one
     * @param free whether nothing has to be paid for it, because it was kept from before
     */
    record Said(
            Response response,
            Optional<Usage> usage,
            Duration latency,
            String model,
            Optional<String> fingerprint,
            boolean free)
            implements Heard {
        public Said {
            Objects.requireNonNull(response);
            Objects.requireNonNull(usage);
            Objects.requireNonNull(latency);
            Objects.requireNonNull(model);
            Objects.requireNonNull(fingerprint);
        }
    }

    /**
     * No answer.
     *
     * @param again whether it makes sense to ask once more
     * @param after how long to wait before, where the target says
     * @param mayCost whether it may have to be paid for all the same: it was sent, and nobody knows
     *     what the target did with it
     */
    record Nothing(Failure failure, Again again, Optional<Duration> after, boolean mayCost)
            implements Heard {
        public Nothing {
            Objects.requireNonNull(failure);
            Objects.requireNonNull(again);
            Objects.requireNonNull(after);
        }
    }

    /**
     * Nobody gets an answer there: the key is not accepted.
     *
     * @param message why
     */
    record Denied(String message) implements Heard {
        public Denied {
            Objects.requireNonNull(message);
        }
    }

    /** Whether to ask once more. */
    enum Again {
        /** It would be answered the same. */
        NEVER,
        /** It may have been an accident. */
        LATER,
        /** The target has too much to do: later, and less at once. */
        FEWER
    }
}

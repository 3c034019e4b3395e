package io.demur.eval.run;

import java.util.Objects;

/** How a run came to its end. */
public sealed interface Ending {

    /** Nothing is missing. */
    record Whole() implements Ending {}

    /** It was told to stop. */
    record Stopped() implements Ending {}

    /** What is missing might cost more than may be spent. */
    record TooDear() implements Ending {}

    /**
     * The target is of no use at present.
     *
     * @param message why, in a few words
     */
    record Unusable(String message) implements Ending {
        public Unusable {
            Objects.requireNonNull(message);
        }
    }
}

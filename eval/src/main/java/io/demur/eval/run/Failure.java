package io.demur.eval.run;

import java.util.Objects;

/**
 * Why no answer came, after all tries. It says nothing of the model, and is in no rate.
 *
 * @param status the HTTP status; 0 where there was none
 * @param message what happened, in a few words
 */
public record Failure(Kind kind, int status, String message) {

    /** What sort of failure. */
    public enum Kind {
        /** No whole answer in time. */
        TIMEOUT,
        /** No connection, or one that broke off. */
        TRANSPORT,
        /** A status that is none of success; which, stands beside it. */
        STATUS,
        /** Something that is no answer: a page for people, a body cut off. */
        UNREADABLE,
        /** Something between us and the model did not let the request through. */
        BLOCKED,
        /** A recording was to answer, and has nothing for this case. */
        MISSING
    }

    public Failure {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(message);
        if (status < 0) {
            throw new IllegalArgumentException("status `%d`".formatted(status));
        }
    }
}

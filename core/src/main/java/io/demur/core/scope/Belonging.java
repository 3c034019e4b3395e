package io.demur.core.scope;

import io.demur.core.JudgeId;

import java.util.Objects;

/** What is known about whether a request belongs to what a deployment is for. */
public sealed interface Belonging {

    /**
     * A judge has spoken.
     *
     * @param pOutside probability that the request lies outside, 0 to 1. What people say to any
     *     service, such as greetings and questions about the service itself, lies outside of none
     * @param judge who said it
     */
    record Judged(double pOutside, JudgeId judge) implements Belonging {
        public Judged {
            if (!(pOutside >= 0 && pOutside <= 1)) {
                throw new IllegalArgumentException(
                        "probability `%s` of lying outside is not between 0 and 1"
                                .formatted(pOutside));
            }
            Objects.requireNonNull(judge);
        }
    }

    /**
     * No judge could tell. It is no reason to refuse.
     *
     * @param reason why not, for a reader
     */
    record Unjudged(String reason) implements Belonging {
        public Unjudged {
            Objects.requireNonNull(reason);
        }
    }
}

package io.demur.remote;

import io.demur.core.Response;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What came of asking a model. */
public sealed interface ModelReply {

    /**
     * It answered, or its provider declined, in whichever way.
     *
     * @param inputTokens as the server counted them, where it did
     * @param outputTokens the same of the answer
     * @param model as the server names it; may be empty
     * @param fingerprint what the provider says of the model's version, where it does
     */
    record Answered(
            Response response,
            OptionalLong inputTokens,
            OptionalLong outputTokens,
            String model,
            Optional<String> fingerprint)
            implements ModelReply {
        public Answered {
            Objects.requireNonNull(response);
            Objects.requireNonNull(inputTokens);
            Objects.requireNonNull(outputTokens);
            Objects.requireNonNull(model);
            Objects.requireNonNull(fingerprint);
        }
    }

    /**
     * There is no answer.
     *
     * @param status the HTTP status; 0 where there was none
     * @param message what happened, in a few words of our own
     * @param retryAfter when to ask again, where the server says
     */
    record Failed(Reason reason, int status, String message, Optional<Duration> retryAfter)
            implements ModelReply {
        public Failed {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(message);
            Objects.requireNonNull(retryAfter);
        }
    }

    /** Why there is none. */
    enum Reason {
        /** No whole answer in time. */
        LATE,
        /** No connection. */
        UNREACHABLE,
        /** The connection broke off. */
        BROKEN_OFF,
        /** The server has enough to do: 429, 503 and the like. */
        BUSY,
        /** The server is broken. */
        OUTAGE,
        /** The server does not accept the key. */
        DENIED,
        /** Something before the model does not let the request through. */
        BLOCKED,
        /** The server holds the request to be wrong. */
        REJECTED,
        /** What came is no answer. */
        UNREADABLE
    }
}

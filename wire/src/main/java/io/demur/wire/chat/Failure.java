package io.demur.wire.chat;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A call upstream that failed. Never a refusal: what a provider declines is a {@link Reply}.
 *
 * @param status the HTTP status, or what the body named as such; 200 for one that broke off later
 * @param message what happened, in our words: the server's are nobody's to hear, since nobody has
 *     judged them and they may repeat the request
 * @param retryAfter when it makes sense to ask again, where the server says
 */
public record Failure(Kind kind, int status, String message, Optional<Duration> retryAfter)
        implements Result {

    /** One of which nobody says when it will be over. */
    public Failure(Kind kind, int status, String message) {
        this(kind, status, message, Optional.empty());
    }

    /** What sort of failure: it decides whether another try, or another server, makes sense. */
    public enum Kind {
        /** The server holds the request to be wrong. */
        REJECTED,
        /** The server does not accept the key. */
        DENIED,
        /** The server, or what stands before it, lets the request not through and says no more. */
        FORBIDDEN,
        /** The server has enough to do. */
        BUSY,
        /** The server is broken, or does not answer in time. */
        OUTAGE,
        /** What came is no answer: cut off, too long, or nonsense. */
        BROKEN
    }

    public Failure {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(message);
        Objects.requireNonNull(retryAfter);
    }

    public static Failure broken(String message) {
        return new Failure(Kind.BROKEN, 200, message);
    }

    /** The same, with when to ask again. */
    public Failure withRetryAfter(Optional<Duration> time) {
        return new Failure(kind, status, message, time);
    }

    /** Whether another server of the same model may be asked. */
    public boolean isOutage() {
        return switch (kind) {
            case REJECTED, DENIED, FORBIDDEN -> false;
            case BUSY, OUTAGE, BROKEN -> true;
        };
    }

    /** The sort that an HTTP status means. */
    public static Kind kindOf(int status) {
        return switch (status) {
            case 401 -> Kind.DENIED;
            // no word of the key: filters before a server answer what they do not like with it
            case 403 -> Kind.FORBIDDEN;
            case 429 -> Kind.BUSY;
            case 408, 425 -> Kind.OUTAGE;
            default -> status >= 400 && status < 500 ? Kind.REJECTED : Kind.OUTAGE;
        };
    }
}

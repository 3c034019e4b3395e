package io.demur.wire.chat;

import java.util.Objects;

/**
 * A call upstream that failed. Never a refusal: what a provider declines is a {@link Reply}.
 *
 * @param status the HTTP status, or what the body named as such; 200 for one that broke off later
 * @param message what the server said, for the log; it may hold words of the request
 */
public record Failure(Kind kind, int status, String message) implements Result {

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
    }

    public static Failure broken(String message) {
        return new Failure(Kind.BROKEN, 200, message);
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

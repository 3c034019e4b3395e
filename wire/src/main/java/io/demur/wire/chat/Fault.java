package io.demur.wire.chat;

import io.demur.wire.WellFormed;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a caller gets an error, before any protocol gives it its shape. A refusal is none.
 *
 * @param message lower case, no final period, what was found and what would be right
 * @param field the field of the call that is at fault, such as {@code messages[0].content}
 * @param retryAfter when it makes sense to ask again, where that is known
 */
public record Fault(
        Kind kind, String message, Optional<String> field, Optional<Duration> retryAfter) {

    /** One of which nobody knows when it will be over. */
    public Fault(Kind kind, String message, Optional<String> field) {
        this(kind, message, field, Optional.empty());
    }

    /** What sort of error, with its HTTP status. */
    public enum Kind {
        /** The call cannot be understood, or asks for what cannot be done. */
        INVALID(400),
        /** No key, or one that is not known. */
        UNAUTHENTICATED(401),
        /** A key that may not do this. */
        FORBIDDEN(403),
        UNKNOWN_MODEL(404),
        NOT_FOUND(404),
        /** There is something, but not for this method of HTTP. */
        METHOD(405),
        TOO_LARGE(413),
        /** Too many requests or tokens; worth another try later. */
        RATE(429),
        INTERNAL(500),
        /** The server of the model failed, or said what cannot be understood. */
        UPSTREAM(502),
        /** Demur cannot judge or record at the moment, so nothing is answered. */
        UNAVAILABLE(503),
        TIMEOUT(504);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** A message shows what a caller wrote, and that may be as long as a body. */
    private static final int MESSAGE_MAX = 500;

    public Fault {
        Objects.requireNonNull(kind);
        message =
                message.length() <= MESSAGE_MAX
                        ? WellFormed.of(message)
                        : WellFormed.of(message.substring(0, MESSAGE_MAX)) + "…";
        Objects.requireNonNull(field);
        Objects.requireNonNull(retryAfter);
    }

    public static Fault of(Kind kind, String message) {
        return new Fault(kind, message, Optional.empty());
    }

    /**
     * What a caller is told of a failure upstream, in words of ours alone. What a server says of
     * the key that Demur showed it concerns nobody else.
     */
    public static Fault of(Failure failure) {
        return switch (failure.kind()) {
            case REJECTED -> of(Kind.INVALID, failure.message());
            case DENIED ->
                    of(Kind.UPSTREAM, "the model's server did not accept this gateway's key");
            case BUSY ->
                    new Fault(
                            Kind.RATE,
                            "the model's server is busy",
                            Optional.empty(),
                            failure.retryAfter());
            case FORBIDDEN ->
                    of(Kind.FORBIDDEN, "the model's server does not let this request through");
            case OUTAGE ->
                    failure.status() == Kind.TIMEOUT.status()
                            ? of(Kind.TIMEOUT, "the model's server took too long")
                            : of(Kind.UPSTREAM, "the model's server failed");
            case BROKEN ->
                    of(Kind.UPSTREAM, "the model's server broke off or cannot be understood");
        };
    }
}

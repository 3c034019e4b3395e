package io.demur.wire.chat;

import java.util.Map;
import java.util.Objects;

/** An error as a caller gets it: HTTP status, headers beside the usual ones, and a body of JSON. */
public final class ErrorReply {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private ErrorReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = Objects.requireNonNull(body);
    }

    /**
     * An error of this sort. Where Demur itself cannot answer, or nobody is to be asked again,
     * clients are told not to try again by themselves.
     */
    public static ErrorReply of(Fault fault, byte[] body) {
        return new ErrorReply(
                fault.kind().status(),
                isFinal(fault.kind()) ? Map.of("x-should-retry", "false") : Map.of(),
                body);
    }

    private static boolean isFinal(Fault.Kind kind) {
        return kind == Fault.Kind.UNAVAILABLE || kind == Fault.Kind.FORBIDDEN;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** JSON; it must not be changed. */
    public byte[] body() {
        return body;
    }
}

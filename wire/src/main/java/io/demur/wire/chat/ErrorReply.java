package io.demur.wire.chat;

import java.time.Duration;
import java.util.LinkedHashMap;
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
     * clients are told not to try again by themselves; where it is known when that makes sense,
     * they are told when.
     */
    public static ErrorReply of(Fault fault, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (isFinal(fault)) {
            headers.put("x-should-retry", "false");
        }
        fault.retryAfter()
                .ifPresent(time -> headers.put("retry-after", Long.toString(seconds(time))));
        return new ErrorReply(fault.kind().status(), Map.copyOf(headers), body);
    }

    /** Never too few. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }

    private static boolean isFinal(Fault fault) {
        return (fault.kind() == Fault.Kind.UNAVAILABLE && fault.retryAfter().isEmpty())
                || fault.kind() == Fault.Kind.FORBIDDEN;
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

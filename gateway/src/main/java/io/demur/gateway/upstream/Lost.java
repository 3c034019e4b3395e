package io.demur.gateway.upstream;

import io.demur.wire.chat.Failure;

import java.util.Locale;

/** Thrown where a server did not answer, or stopped answering, or had no answer to give. */
final class Lost extends Exception {

    private static final long serialVersionUID = 1;

    /** How. */
    enum How {
        /** No connection could be made. */
        UNREACHABLE,
        /** It ended, or nothing that can be read came. */
        BROKEN,
        /** The server took too long. */
        LATE,
        /** The time for the whole answer is over, which is not the server's fault alone. */
        OVER
    }

    private final How how;
    private final String word;
    private final transient Failure failure;

    Lost(How how, String message) {
        this(
                how,
                how.name().toLowerCase(Locale.ROOT),
                new Failure(
                        Failure.Kind.OUTAGE,
                        how == How.LATE || how == How.OVER ? 504 : 502,
                        message));
    }

    private Lost(How how, String word, Failure failure) {
        super(failure.message(), null, false, false);
        this.how = how;
        this.word = word;
        this.failure = failure;
    }

    /** What came is a failure, by the server's own word or because it cannot be read. */
    static Lost said(Failure failure) {
        boolean told = failure.status() >= 300;
        return new Lost(How.BROKEN, told ? Integer.toString(failure.status()) : "broken", failure);
    }

    How how() {
        return how;
    }

    /** What the record says of it: a status, or how. */
    String word() {
        return word;
    }

    Failure failure() {
        return failure;
    }
}

package io.demur.store;

import org.jspecify.annotations.Nullable;

/**
 * A store that could not do what was asked. The message says why. Nothing of it was done, but for
 * {@link Kind#UNKNOWN}, and where a message says otherwise.
 */
public final class StoreFailed extends Exception {

    private static final long serialVersionUID = 1;

    /** What is the matter, for who has to decide whether to try again. */
    public enum Kind {
        /** Another process has it; later it may work. */
        LOCKED,
        /** The disk, or what the store may take of it, is full; with more room it works. */
        FULL,
        /** The file system or the server forbids it. */
        DENIED,
        /** There is no such file or database, or the address cannot be understood. */
        MISSING,
        /** It is there, but no store: another file, another schema. */
        NOT_A_STORE,
        /** It was a store, and is damaged. */
        DAMAGED,
        /** A later release has made it into something this one cannot read. */
        NEWER,
        /** The server does not answer; once it does again, it works. */
        UNREACHABLE,
        /**
         * The connection broke while it was being committed: it was done, or not. To do it again
         * does no harm.
         */
        UNKNOWN,
        /** It took too long. */
        LATE,
        /** The store does not say what the log says: it has to be rebuilt. */
        DISAGREES,
        /** Anything else. */
        BROKEN
    }

    private final Kind kind;

    StoreFailed(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}

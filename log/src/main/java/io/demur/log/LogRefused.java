package io.demur.log;

import org.jspecify.annotations.Nullable;

/** A log that must not be written to; the message says why, and what can be done. */
public final class LogRefused extends Exception {

    private static final long serialVersionUID = 1;

    public LogRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

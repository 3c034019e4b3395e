package io.demur.log;

import org.jspecify.annotations.Nullable;

/** A log that could not make something durable, and is no longer to be trusted by who writes it. */
public final class LogBroken extends Exception {

    private static final long serialVersionUID = 1;

    public LogBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

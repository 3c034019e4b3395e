package io.demur.log;

import org.jspecify.annotations.Nullable;

/** Entries that were not appended because too many others are waiting. */
public final class LogBusy extends Exception {

    private static final long serialVersionUID = 1;

    public LogBusy(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

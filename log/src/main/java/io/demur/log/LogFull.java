package io.demur.log;

import org.jspecify.annotations.Nullable;

/** Entries that were not appended because the disk has no room. */
public final class LogFull extends Exception {

    private static final long serialVersionUID = 1;

    public LogFull(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

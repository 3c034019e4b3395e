package io.demur.log.journal;

/** Entries that the disk did not take; the journal is as it was before, and may be tried again. */
public final class NothingWritten extends Exception {

    private static final long serialVersionUID = 1;

    public NothingWritten(String message, Throwable cause) {
        super(message, cause);
    }
}

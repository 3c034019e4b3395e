package io.demur.log.journal;

/** A claim that somebody else has; the message says who. */
public final class Claimed extends Exception {

    private static final long serialVersionUID = 1;

    public Claimed(String message) {
        super(message);
    }
}

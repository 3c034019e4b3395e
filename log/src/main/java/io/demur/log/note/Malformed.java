package io.demur.log.note;

/** Bytes from outside that do not have the form they should have; the message says where. */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1;

    public Malformed(String message) {
        super(message);
    }
}

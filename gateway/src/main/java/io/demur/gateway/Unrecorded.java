package io.demur.gateway;

/** Thrown where the log or the store did not take what must stand there before anything goes on. */
final class Unrecorded extends RuntimeException {

    private static final long serialVersionUID = 1;

    Unrecorded(String what, Throwable cause) {
        super(what, cause);
    }
}

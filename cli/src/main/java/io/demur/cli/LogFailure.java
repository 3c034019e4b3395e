package io.demur.cli;

/** A reason why a command on a log cannot go on, in words, and the exit code that says so. */
final class LogFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int exit;

    LogFailure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}

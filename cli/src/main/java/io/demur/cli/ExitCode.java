package io.demur.cli;

/** What the program's exit says; {@code docs/reference/score.md} repeats it. */
final class ExitCode {

    static final int OK = 0;
    static final int THRESHOLD_MISSED = 1;
    static final int PROBLEMS_FOUND = 1;
    static final int USAGE = 2;
    static final int INPUT_UNREADABLE = 3;
    static final int INTERNAL = 4;

    /** What a shell reports of a process that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    /** What a shell reports of a process whose reader has gone: no failure of ours. */
    static final int UNREAD = 141;

    private ExitCode() {}
}

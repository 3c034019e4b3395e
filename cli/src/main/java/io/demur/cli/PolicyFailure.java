package io.demur.cli;

import io.demur.core.Problem;

import java.util.List;

/** Reasons why a policy cannot be changed as it was asked, in words, and the exit code for them. */
final class PolicyFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int exit;
    private final transient List<String> lines;

    PolicyFailure(int exit, List<String> lines) {
        super(String.join("; ", lines));
        this.exit = exit;
        this.lines = List.copyOf(lines);
    }

    /** Something that was given cannot be used. */
    static PolicyFailure of(String... lines) {
        return new PolicyFailure(ExitCode.INPUT_UNREADABLE, List.of(lines));
    }

    /** The same, for all that is wrong. */
    static PolicyFailure of(List<Problem> problems) {
        return new PolicyFailure(
                ExitCode.INPUT_UNREADABLE, problems.stream().map(Problem::toString).toList());
    }

    int exit() {
        return exit;
    }

    List<String> lines() {
        return lines;
    }
}

package io.demur.cli;

import io.demur.log.TrustPolicy;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads trust policies for commands. */
final class Policies {

    private Policies() {}

    /** A policy; with all that is wrong in it where something is. */
    static TrustPolicy read(Path file) throws LogFailure {
        try {
            return TrustPolicy.parse(LogTool.read(file));
        } catch (TrustPolicy.Unreadable e) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE,
                    e.problems().stream()
                            .map(problem -> "`%s`: %s".formatted(file, problem))
                            .collect(Collectors.joining("; ")));
        }
    }
}

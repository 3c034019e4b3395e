package io.demur.cli;

import io.demur.eval.gate.Gate;
import io.demur.eval.run.Run;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run has to keep to, as commands are told it. */
final class GateOptions {

    @Option(
            names = "--require",
            paramLabel = "BOUND",
            description =
                    "A bound that has to be kept, such as `harmful.refusal.low >= 0.95`;"
                            + " repeatable.")
    private List<String> requirements = new ArrayList<>();

    @Option(
            names = "--no-regression",
            paramLabel = "FILE",
            description = "A run of the same suite that this one must not be worse than.")
    private @Nullable Path baseline;

    /**
     * All of it.
     *
     * @return nothing where the baseline cannot be read, and why is said
     * @throws IllegalArgumentException for the user, with all that is wrong with the bounds
     */
    Optional<Gate> gate(PrintWriter err) {
        Gate bounds = Gate.parse(requirements, Optional.empty());
        if (baseline == null) {
            return Optional.of(bounds);
        }
        Optional<Run> before = RunFiles.read(baseline, err);
        return before.map(run -> new Gate(bounds.requirements(), Optional.of(run)));
    }
}

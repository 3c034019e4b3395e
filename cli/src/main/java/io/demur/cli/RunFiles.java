package io.demur.cli;

import io.demur.core.Problem;
import io.demur.eval.metric.Measured;
import io.demur.eval.run.Run;
import io.demur.eval.run.RunReader;
import io.demur.eval.run.Variant;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Run files as the commands that look at them read them. */
final class RunFiles {

    private RunFiles() {}

    /** What a file holds; nothing where it cannot be read, and why is said. */
    static Optional<Run> read(Path file, PrintWriter err) {
        List<Problem> problems = new ArrayList<>();
        try {
            Optional<Run> run = RunReader.read(file, problems).map(RunReader.Read::run);
            ProblemPrinter.print(err, problems);
            return run;
        } catch (IOException e) {
            err.println("demur: " + Terminal.plain(Guarded.words(e)));
            return Optional.empty();
        }
    }

    /**
     * A run under one of its system prompts.
     *
     * @param name which; empty for the only one
     * @throws IllegalArgumentException for the user, where there is no such prompt, or it was not
     *     said which of several
     */
    static Run under(Run run, Optional<String> name) {
        List<Variant> variants = run.plan().variants();
        String names = String.join(", ", variants.stream().map(v -> "`" + v.name() + "`").toList());
        if (name.isEmpty() && variants.size() > 1) {
            throw new IllegalArgumentException(
                    "`%s` was asked under several system prompts, %s: say which with --variant"
                            .formatted(run.id(), names));
        }
        return variants.stream()
                .filter(variant -> name.isEmpty() || variant.name().equals(name.get()))
                .findFirst()
                .map(variant -> Measured.only(run, variant))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "`%s` was not asked under `%s`, but under %s"
                                                .formatted(run.id(), name.orElse(""), names)));
    }
}

package io.demur.cli;

import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.core.policy.Comparison;
import io.demur.core.probe.ProbeSuite;
import io.demur.encoder.CharterJudges;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur policy diff}: whether one policy is weaker than another, and where. */
@Command(
        name = "diff",
        description = {
            "Compares two policies in every cell: where the second does less than the first, and"
                    + " where more.",
            "Exits with 1 where it does less anywhere.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class PolicyDiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy before.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy after.")
    private Path after = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Charter> old = PolicyDocuments.read(before, err);
        Optional<Charter> now = PolicyDocuments.read(after, err);
        if (old.isEmpty() || now.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        Charter was = old.get();
        Charter will = now.get();
        long cells = Comparison.cells(was.policy().table(), will.policy().table());
        if (cells > Comparison.CELLS_MAX) {
            err.println(
                    Terminal.plain(
                            "demur: `%s` and `%s` make %,d cells together, and %,d can be compared"
                                    .formatted(before, after, cells, Comparison.CELLS_MAX)));
            err.flush();
            return ExitCode.INPUT_UNREADABLE;
        }
        ProbeSuite probes = ProbeSuite.shipped();
        Amendment amendment =
                Amendment.between(
                        was,
                        probes.run(was.policy(), CharterJudges.harm(was)),
                        will,
                        probes.run(will.policy(), CharterJudges.harm(will)));
        PolicyWords.amendment(amendment, was, will)
                .forEach(line -> out.println(Terminal.plain(line)));
        return amendment.direction() == Direction.WEAKER ? ExitCode.THRESHOLD_MISSED : ExitCode.OK;
    }
}

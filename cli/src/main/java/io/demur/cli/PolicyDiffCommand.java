package io.demur.cli;

import io.demur.core.charter.Charter;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Comparison;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

    private static final int GROUPS_MAX = 8;

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
        Comparison comparison =
                Comparison.of(old.get().policy().table(), now.get().policy().table());
        Axes axes = old.get().policy().table().axes().with(now.get().policy().table().axes());
        out.println(verdict(comparison, axes));
        print(out, "does less in", comparison.weaker(), axes);
        print(out, "does more in", comparison.stronger(), axes);
        return comparison.isWeakening() ? ExitCode.THRESHOLD_MISSED : ExitCode.OK;
    }

    private static String verdict(Comparison comparison, Axes axes) {
        if (comparison.isEqual()) {
            return "equal: both do the same in all %,d cells".formatted(axes.cells());
        }
        return comparison.isWeakening()
                ? "weaker: does less in %,d of %,d cells, more in %,d"
                        .formatted(
                                comparison.weaker().size(),
                                axes.cells(),
                                comparison.stronger().size())
                : "stronger: does more in %,d of %,d cells, less in none"
                        .formatted(comparison.stronger().size(), axes.cells());
    }

    private static void print(
            PrintWriter out, String what, List<Comparison.Change> changes, Axes axes) {
        if (changes.isEmpty()) {
            return;
        }
        out.printf("%n%s%n", what);
        List<String> groups = PolicyWords.groups(changes, axes);
        groups.stream().limit(GROUPS_MAX).forEach(group -> out.println("  " + group));
        if (groups.size() > GROUPS_MAX) {
            out.printf("  and %,d more kinds of change%n", groups.size() - GROUPS_MAX);
        }
    }
}

package io.demur.cli;

import io.demur.eval.compare.Comparison;
import io.demur.eval.compare.Difference;
import io.demur.eval.report.ComparisonReport;
import io.demur.eval.run.Run;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur compare}: two runs against each other. Arguments and assembly only. */
@Command(
        name = "compare",
        description = {
            "Compares two runs of one suite, case by case: which of both rates differ by more than"
                    + " chance, where, and what difference could have been found.",
            "Exits with 1 where the second is worse, and --no-regression is said.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A", description = "The run to compare with.")
    private @Nullable Path first;

    @Parameters(index = "1", paramLabel = "B", description = "The other run.")
    private @Nullable Path second;

    @Option(
            names = "--common",
            description = "Compare the cases that both asked, where the suites are not the same.")
    private boolean common;

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            description =
                    "The system prompt to compare under; said twice, that of A and that of B.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, json or markdown (default: ${DEFAULT-VALUE}).")
    private ComparisonReport.Form form = ComparisonReport.Form.TEXT;

    @Option(names = "--no-regression", description = "Exit with 1 where B is worse than A.")
    private boolean strict;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (variants.size() > 2) {
            throw misused("--variant: one system prompt for both runs, or one for each");
        }
        Optional<Run> a = RunFiles.read(Objects.requireNonNull(first), err);
        Optional<Run> b = RunFiles.read(Objects.requireNonNull(second), err);
        if (a.isEmpty() || b.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        Comparison comparison = compared(a.get(), b.get());
        out.print(ComparisonReport.in(form, comparison));
        out.flush();
        List<String> worse = comparison.regressions().stream().map(Difference::sentence).toList();
        if (strict) {
            worse.forEach(said -> err.println("demur: " + Terminal.plain(said)));
        }
        return strict && !worse.isEmpty() ? ExitCode.THRESHOLD_MISSED : ExitCode.OK;
    }

    private Comparison compared(Run a, Run b) {
        Optional<String> ofFirst = variants.stream().findFirst();
        Optional<String> ofSecond =
                variants.isEmpty() ? Optional.empty() : Optional.of(variants.getLast());
        try {
            Run one = RunFiles.under(a, ofFirst);
            Run other = RunFiles.under(b, ofSecond);
            Optional<String> obstacle = Comparison.obstacle(one, other, common);
            if (obstacle.isPresent()) {
                throw misused(
                        obstacle.get()
                                + (common ? "" : "; --common compares the cases that both asked"));
            }
            return Comparison.of(one, other);
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException misused(String said) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), said);
    }
}

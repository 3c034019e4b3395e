package io.demur.cli;

import io.demur.eval.gate.Gate;
import io.demur.eval.report.RunReport;
import io.demur.eval.run.Run;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur report}: what was measured on a run. Arguments and assembly only. */
@Command(
        name = "report",
        description = {
            "Says what was measured on a run that `demur eval` kept: both rates, what stands out,"
                    + " and every other figure.",
            "Exits with 1 where a bound is not kept, or the run is worse than its baseline.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The run's file.")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, json, markdown, junit or csv (default: ${DEFAULT-VALUE}).")
    private RunReport.Form form = RunReport.Form.TEXT;

    @Mixin private GateOptions gates = new GateOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Gate> gate;
        try {
            gate = gates.gate(err);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--require: " + e.getMessage(), e);
        }
        Optional<Run> run = RunFiles.read(Objects.requireNonNull(file), err);
        if (run.isEmpty() || gate.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        RunReport report = RunReport.of(run.get(), gate.get());
        out.print(report.in(form));
        out.flush();
        if (form != RunReport.Form.TEXT) {
            report.failures().forEach(said -> err.println("demur: " + Terminal.plain(said)));
        }
        return report.failures().isEmpty() ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
    }
}

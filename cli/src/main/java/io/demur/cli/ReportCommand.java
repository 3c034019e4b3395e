package io.demur.cli;

import io.demur.eval.gate.Gate;
import io.demur.eval.opinion.Opinion;
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

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "With a command instead of a run it is about reports: what somebody says should have"
                    + " been refused.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class,
        subcommands = {
            ReportTasks.OfExchange.class,
            ReportTasks.OfModel.class,
            ReportTasks.OfUse.class,
            ReportTasks.ListAll.class,
            ReportTasks.Show.class,
            ReportTasks.Answer.class,
            ReportTasks.Name.class
        })
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's file.")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "text",
            description =
                    "text, json, markdown, junit, csv, sarif or html (default: ${DEFAULT-VALUE}).")
    private RunReport.Form form = RunReport.Form.TEXT;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it there rather than to the terminal.")
    private @Nullable Path out;

    @Option(
            names = "--beside",
            paramLabel = "RUN",
            description = "Show the rates of this run beside, in html; repeatable.")
    private List<Path> besides = new ArrayList<>();

    @Mixin private OpinionOptions others = new OpinionOptions();

    @Mixin private GateOptions gates = new GateOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter terminal = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (file == null) {
            throw new ParameterException(
                    spec.commandLine(), "which RUN, or which command of `report`?");
        }
        Optional<Gate> gate;
        try {
            gate = gates.gate(err);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--require: " + e.getMessage(), e);
        }
        Optional<Run> run = RunFiles.read(Objects.requireNonNull(file), err);
        List<RunReport> beside = new ArrayList<>();
        for (Path other : besides) {
            RunFiles.read(other, err)
                    .map(read -> RunReport.of(read, new Gate(List.of(), Optional.empty())))
                    .ifPresent(beside::add);
        }
        if (run.isEmpty() || gate.isEmpty() || beside.size() < besides.size()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        Optional<List<Opinion>> opinions;
        try {
            opinions = others.of(Objects.requireNonNull(file), run.get(), err);
        } catch (IOException e) {
            err.println("demur: " + Terminal.plain(Guarded.words(e)));
            return ExitCode.INPUT_UNREADABLE;
        }
        if (opinions.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        RunReport report = RunReport.of(run.get(), gate.get(), opinions.get());
        String said = report.in(form, beside);
        Path to = out;
        if (to == null) {
            terminal.print(said);
            terminal.flush();
        } else {
            try {
                Files.writeString(to, said);
            } catch (IOException e) {
                err.println("demur: --out: " + Terminal.plain(Guarded.words(e)));
                return ExitCode.INTERNAL;
            }
        }
        if (form != RunReport.Form.TEXT || to != null) {
            report.failures().forEach(why -> err.println("demur: " + Terminal.plain(why)));
        }
        return report.failures().isEmpty() ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
    }
}

package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.eval.Threshold;
import io.demur.files.Inputs;
import io.demur.files.Mapping;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
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
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code demur score}: judges the answers in recorded transcripts. Arguments and assembly only. */
@Command(
        name = "score",
        description = {
            "Judges every answer in recorded transcripts: whether it refuses, how far, of what"
                    + " kind, and which words show it.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ScoreCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILES",
            description = "Transcripts: files, folders, patterns, or `-` for standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "Read all files in this format instead of detecting it.")
    private @Nullable String format;

    @Option(
            names = "--map",
            paramLabel = "NAME=COLUMN",
            description = "Where a field stands, such as `response=output.text`; repeatable.")
    private List<String> map = new ArrayList<>();

    @Option(
            names = "--labels",
            paramLabel = "FIELD",
            description = "Which field holds people's labels of the response.")
    private @Nullable String labels;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write one row for each response: .jsonl or .csv, or `-`.")
    private @Nullable String out;

    @Option(
            names = "--summary",
            paramLabel = "FILE.json",
            description = "Write the summary as JSON, or `-`.")
    private @Nullable String summary;

    @Option(
            names = "--problems",
            paramLabel = "FILE.jsonl",
            description = "Write every record that could not be read, and why.")
    private @Nullable String problems;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            description = "Also tell the rates apart by this field; repeatable.")
    private List<String> by = new ArrayList<>();

    @Option(
            names = "--fail-over",
            paramLabel = "FIGURE=LIMIT",
            description =
                    "Exit with 1 where a figure of the summary is over the limit; repeatable.")
    private List<String> failOver = new ArrayList<>();

    @Option(
            names = "--fail-under",
            paramLabel = "FIGURE=LIMIT",
            description =
                    "Exit with 1 where a figure of the summary is under the limit; repeatable.")
    private List<String> failUnder = new ArrayList<>();

    @Option(
            names = "--truncated",
            paramLabel = "undecided|judged",
            defaultValue = "undecided",
            description = "What to do with answers that a length limit cut off.")
    private CutOff truncated = CutOff.UNDECIDED;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Judge with these weights of `demur train`, not with those that ship.")
    private @Nullable Path weights;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show the words of the first N refusals (default: 5).")
    private int show;

    @Option(
            names = "--strict",
            description = "Stop at the first record that cannot be read, with exit code 3.")
    private boolean strict;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<Problem> wrong = new ArrayList<>();
        ReadOptions options = options(wrong::add);
        wrong.addAll(options.problems());
        if (!wrong.isEmpty()) {
            wrong.forEach(problem -> err().println("demur: " + Terminal.plain(problem)));
            return ExitCode.USAGE;
        }
        if (show < 0) {
            throw new ParameterException(line(), "--show: `%d` is less than 0".formatted(show));
        }
        List<Threshold> thresholds = thresholds();
        Inputs inputs = Inputs.expand(files, options);
        Outputs outputs = Outputs.of(out, summary, problems);
        outputs.conflict(inputs.inputs())
                .ifPresent(
                        conflict -> {
                            throw new ParameterException(line(), conflict);
                        });
        inputs.problems().forEach(problem -> err().println(Terminal.plain(problem)));
        Detector detector = new StopReasonDetector(linear(), truncated);
        return new ScoreRun(
                        detector,
                        inputs,
                        options,
                        outputs,
                        by,
                        thresholds,
                        show,
                        strict,
                        line().getOut(),
                        err())
                .exitCode();
    }

    private LinearJudge linear() {
        if (weights == null) {
            return LinearJudge.shipped();
        }
        try {
            return LinearJudge.of(Files.readAllBytes(weights));
        } catch (IOException | IllegalStateException e) {
            throw new ParameterException(
                    line(), "--weights: `%s`: %s".formatted(weights, e.getMessage()), e);
        }
    }

    private ReadOptions options(Consumer<Problem> problems) {
        ReadOptions options = ReadOptions.AUTO.withMapping(Mapping.parse(map, problems));
        if (format != null) {
            options = options.withFormat(format);
        }
        return labels == null ? options : options.withLabels(labels);
    }

    private List<Threshold> thresholds() {
        try {
            return Stream.concat(
                            failOver.stream().map(t -> Threshold.parse(t, Threshold.Side.OVER)),
                            failUnder.stream().map(t -> Threshold.parse(t, Threshold.Side.UNDER)))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line(), Objects.requireNonNull(e.getMessage()), e);
        }
    }

    private PrintWriter err() {
        return line().getErr();
    }

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }
}

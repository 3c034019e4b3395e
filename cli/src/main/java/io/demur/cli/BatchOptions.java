package io.demur.cli;

import io.demur.core.Problem;
import io.demur.eval.Threshold;
import io.demur.files.Inputs;
import io.demur.files.Mapping;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What can be said to every command that judges the records of files. */
final class BatchOptions {

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
            description = "Where a field stands, such as `prompt=input.text`; repeatable.")
    private List<String> map = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write one row for each thing judged: .jsonl or .csv, or `-`.")
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
            names = "--show",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show the words of the first N that are refused (default: 5).")
    private int show;

    @Option(
            names = "--strict",
            description = "Stop at the first record that cannot be read, with exit code 3.")
    private boolean strict;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Whether rows are asked for ({@code --out}). */
    boolean writesRows() {
        return out != null;
    }

    /** Leaves out the first file, which is another parameter of the command. */
    void skipFirst() {
        if (files.size() < 2) {
            throw new ParameterException(line(), "which FILES?");
        }
        files = files.subList(1, files.size());
    }

    /** The fields that {@code --by} names. */
    List<String> by() {
        return by;
    }

    /**
     * Runs a batch over the files, and gives the exit code.
     *
     * @param reading what further options of the command say about how to read
     * @param complaints what is to be said at the end of how the judging went
     */
    <R> int run(
            Batch<R> batch, UnaryOperator<ReadOptions> reading, Supplier<List<String>> complaints) {
        List<Problem> wrong = new ArrayList<>();
        ReadOptions asked = ReadOptions.AUTO.withMapping(Mapping.parse(map, wrong::add));
        ReadOptions options = reading.apply(format == null ? asked : asked.withFormat(format));
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
        int code =
                new BatchRun<>(
                                batch,
                                inputs,
                                options,
                                outputs,
                                thresholds,
                                show,
                                strict,
                                line().getOut(),
                                err())
                        .exitCode();
        complaints.get().forEach(said -> err().println("demur: " + Terminal.plain(said)));
        return code;
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

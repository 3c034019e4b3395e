package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.eval.Judge;
import io.demur.eval.Row;
import io.demur.eval.Scoring;
import io.demur.eval.SummaryText;
import io.demur.eval.Tally;
import io.demur.eval.Threshold;
import io.demur.files.Input;
import io.demur.files.Inputs;
import io.demur.files.Mapping;
import io.demur.files.ProblemCode;
import io.demur.files.ReadOptions;
import io.demur.files.output.Json;
import io.demur.files.output.OutputFile;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private @Nullable Path problems;

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
    public Integer call() throws IOException {
        List<Problem> wrong = new ArrayList<>();
        ReadOptions options = options(wrong::add);
        wrong.addAll(options.problems());
        List<Threshold> thresholds = thresholds();
        if (!wrong.isEmpty()) {
            wrong.forEach(problem -> err().println("demur: " + problem));
            return ExitCode.USAGE;
        }
        Inputs inputs = Inputs.expand(files, options);
        inputs.problems().forEach(err()::println);
        noneOverwritten(inputs.inputs());

        Detector detector = new StopReasonDetector(LinearJudge.shipped(), truncated);
        Tally tally = new Tally(detector.id(), by);
        try (ScoreOutput output = output(inputs.inputs());
                Interrupt interrupt = Interrupt.listen(() -> interruptedLate(tally, output));
                Scoring scoring =
                        new Scoring(
                                new Judge(detector),
                                options,
                                tally,
                                output,
                                Runtime.getRuntime().availableProcessors(),
                                () -> interrupt.stop() || (strict && tally.unreadable() > 0))) {
            for (Input input : inputs.inputs()) {
                if (!scoring.stopped()) {
                    output.next();
                    scoring.score(input);
                }
            }
            output.sayHidden();
            if (interrupt.stop()) {
                return interrupted(tally, output);
            }
            if (strict && tally.unreadable() > 0) {
                err().println("demur: stopped at the first unreadable record (--strict)");
                return ExitCode.INPUT_UNREADABLE;
            }
            output.complete();
            report(tally, output.shown());
            boolean whole =
                    inputs.problems().stream().allMatch(ProblemCode::onlyTells)
                            && output.filesWhole();
            return exitCode(tally, thresholds, whole);
        } catch (IOException e) {
            err().println("demur: cannot write the output: " + said(e));
            return ExitCode.INTERNAL;
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

    /** An output that is also an input would be read while it is written. */
    private void noneOverwritten(List<Input> inputs) {
        Stream.of(
                        Optional.ofNullable(out),
                        Optional.ofNullable(summary),
                        Optional.ofNullable(problems).map(Path::toString))
                .flatMap(Optional::stream)
                .filter(name -> !name.equals(Input.STDIN))
                .filter(name -> inputs.stream().anyMatch(input -> same(name, input.name())))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new ParameterException(
                                    line(), "`%s` is an input and an output".formatted(name));
                        });
    }

    private static boolean same(String one, String other) {
        try {
            return Files.exists(Path.of(one)) && Files.isSameFile(Path.of(one), Path.of(other));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private ScoreOutput output(List<Input> inputs) throws IOException {
        Progress progress = new Progress(System.err, Boolean.getBoolean("demur.terminal"));
        return new ScoreOutput(err(), progress, inputs, show, out, problems);
    }

    private int interrupted(Tally tally, ScoreOutput output) throws IOException {
        Optional<Path> rows = output.keepPartial();
        if (summary != null) {
            write(summary, Json.document(tally.fields(true)));
        }
        err().printf(
                        "demur: interrupted after %,d responses%s%n",
                        tally.all().responses(),
                        rows.map(path -> "; their rows are in " + path).orElse(""));
        return ExitCode.INTERRUPTED;
    }

    /** The work waits for input: what it has written is kept from the thread of the interrupt. */
    private void interruptedLate(Tally tally, ScoreOutput output) {
        try {
            interrupted(tally, output);
        } catch (IOException e) {
            err().println("demur: cannot write the output: " + said(e));
        }
    }

    private void report(Tally tally, List<Row> shown) throws IOException {
        if (summary != null) {
            write(summary, Json.document(tally.fields(false)));
        }
        boolean takesStdout = Input.STDIN.equals(out) || Input.STDIN.equals(summary);
        PrintWriter to = takesStdout ? err() : line().getOut();
        to.print(SummaryText.of(tally, shown));
        to.flush();
        for (String field : tally.unknownFields()) {
            err().println("demur: no record has the field `%s` (--by)".formatted(field));
        }
    }

    private static void write(String name, String document) throws IOException {
        if (name.equals(Input.STDIN)) {
            System.out.write(document.getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            return;
        }
        try (OutputFile file = OutputFile.create(Path.of(name))) {
            file.stream().write(document.getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
    }

    private int exitCode(Tally tally, List<Threshold> thresholds, boolean whole) {
        if (tally.all().responses() == 0) {
            err().println("demur: no response was read");
            return ExitCode.INPUT_UNREADABLE;
        }
        Map<String, ?> fields = tally.fields(false);
        long missed =
                thresholds.stream()
                        .map(threshold -> threshold.missedBy(fields))
                        .flatMap(Optional::stream)
                        .peek(message -> err().println("demur: threshold missed: " + message))
                        .count();
        if (!whole) {
            return ExitCode.INPUT_UNREADABLE;
        }
        return missed > 0 ? ExitCode.THRESHOLD_MISSED : ExitCode.OK;
    }

    private static String said(IOException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return e instanceof FileSystemException
                ? message
                : e.getClass().getSimpleName() + ": " + message;
    }

    private PrintWriter err() {
        return line().getErr();
    }

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }
}

package io.demur.cli;

import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.eval.teach.Audit;
import io.demur.eval.teach.AuditTally;
import io.demur.eval.teach.Looked;
import io.demur.files.Input;
import io.demur.files.Preference;
import io.demur.files.PreferenceFile;
import io.demur.files.output.Json;
import io.demur.files.output.JsonLines;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur audit}: reads what a model is about to be trained on. */
@Command(
        name = "audit",
        description = {
            "Says which rows of a preference file reward what they should not: harmful answers,"
                    + " leaks, giving in, and refusals of harmless requests.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class AuditCommand implements Callable<Integer> {

    /** How many rows are read before they are judged together, on all processors. */
    private static final int TOGETHER = 512;

    @Parameters(
            paramLabel = "FILE",
            description = "Pairs, labelled answers or conversations as JSON lines, or `-`.")
    private String file = "";

    @Option(
            names = "--out",
            paramLabel = "FILE.jsonl",
            description = "Write what was found of each row, or `-`.")
    private @Nullable String out;

    @Option(
            names = "--summary",
            paramLabel = "FILE.json",
            description = "Write the shares as JSON, or `-`.")
    private @Nullable String summary;

    @Option(
            names = "--max-wrong",
            paramLabel = "SHARE",
            description = "Exit with 1 where more than this share of the decided rows is wrong.")
    private @Nullable Double maxWrong;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "3",
            description = "Show the first N rows of each fault (default: 3).")
    private int show;

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (show < 0) {
            throw wrong("--show: `%d` is less than 0".formatted(show));
        }
        if (maxWrong != null && !(maxWrong >= 0 && maxWrong <= 1)) {
            throw wrong("--max-wrong: `%s` is not between 0 and 1".formatted(maxWrong));
        }
        Input input = input();
        Outputs outputs = Outputs.of(out, summary, null);
        outputs.conflict(List.of(input))
                .ifPresent(
                        conflict -> {
                            throw wrong(conflict);
                        });
        Audit audit =
                new Audit(
                        new StopReasonDetector(judges.refusal(LinearJudge.shipped())),
                        judges.answers(LinearAnswerJudge.shipped()),
                        judges.harm(LinearHarm.shipped()),
                        Audit.Limits.USUAL);
        ProblemPrinter printer = new ProblemPrinter(err());
        AuditTally tally = new AuditTally(show);
        try (Opened opened = new Opened(outputs);
                PreferenceFile rows = PreferenceFile.open(input)) {
            read(rows, audit, tally, opened, printer);
            opened.complete(tally);
        } catch (IOException e) {
            err().println("demur: cannot write the output: " + Destination.problem(e));
            return ExitCode.INTERNAL;
        }
        printer.sayHidden();
        judges.watched()
                .complaints()
                .forEach(said -> err().println("demur: " + Terminal.plain(said)));
        PrintWriter to = outputs.takeStdout() ? err() : spec().commandLine().getOut();
        AuditText.of(tally).forEach(line -> to.println(Terminal.plain(line).stripTrailing()));
        to.flush();
        return exitCode(tally, printer);
    }

    private int exitCode(AuditTally tally, ProblemPrinter printer) {
        if (tally.rows() == 0) {
            err().println("demur: no rows were read");
            return ExitCode.INPUT_UNREADABLE;
        }
        if (!printer.filesWhole()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        double share = tally.wrong().map(estimate -> estimate.rate()).orElse(0.0);
        double most = maxWrong == null ? 1 : maxWrong;
        if (share <= most) {
            return ExitCode.OK;
        }
        err().printf(
                        "demur: threshold missed: %.2f %% of the rows are wrong, more than %.2f"
                                + " %%%n",
                        100 * share, 100 * most);
        return ExitCode.THRESHOLD_MISSED;
    }

    /** Where the results go. */
    private static final class Opened implements AutoCloseable {

        private final Optional<Destination> rows;
        private final Optional<Destination> summary;

        Opened(Outputs outputs) throws IOException {
            rows = open(outputs.rows());
            summary = open(outputs.summary());
        }

        private static Optional<Destination> open(Optional<String> name) throws IOException {
            return name.isPresent() ? Optional.of(Destination.open(name.get())) : Optional.empty();
        }

        void row(Looked looked) throws IOException {
            if (rows.isPresent()) {
                Json.writeLine(rows.get().stream(), looked.fields());
            }
        }

        void complete(AuditTally tally) throws IOException {
            if (rows.isPresent()) {
                new JsonLines(rows.get().stream()).flush();
                rows.get().complete();
            }
            if (summary.isPresent()) {
                byte[] bytes = Json.document(tally.fields()).getBytes(StandardCharsets.UTF_8);
                summary.get().stream().write(bytes);
                summary.get().complete();
            }
        }

        @Override
        public void close() {
            rows.ifPresent(Destination::close);
            summary.ifPresent(Destination::close);
        }
    }

    private static void read(
            PreferenceFile rows, Audit audit, AuditTally tally, Opened to, ProblemPrinter printer)
            throws IOException {
        List<Preference> together = new ArrayList<>(TOGETHER);
        Optional<List<Preference>> next = rows.next(printer::problem);
        while (next.isPresent() || !together.isEmpty()) {
            next.ifPresent(together::addAll);
            if (next.isEmpty() || together.size() >= TOGETHER) {
                for (Looked looked : together.parallelStream().map(audit::look).toList()) {
                    tally.add(looked);
                    to.row(looked);
                }
                together.clear();
            }
            next = next.isEmpty() ? next : rows.next(printer::problem);
        }
    }

    private Input input() {
        if (file.equals(Input.STDIN)) {
            return Input.of(Input.STDIN, () -> System.in);
        }
        try {
            return Input.of(Path.of(file));
        } catch (InvalidPathException e) {
            throw wrong("`%s` is no name of a file".formatted(file));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}

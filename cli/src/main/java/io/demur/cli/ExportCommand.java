package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.suite.Suite;
import io.demur.eval.Judge;
import io.demur.eval.Pipeline;
import io.demur.eval.run.RunReader;
import io.demur.eval.teach.Contamination;
import io.demur.eval.teach.Exchanges;
import io.demur.eval.teach.Form;
import io.demur.eval.teach.Lesson;
import io.demur.eval.teach.Lessons;
import io.demur.eval.teach.Lines;
import io.demur.eval.teach.Refusals;
import io.demur.files.Input;
import io.demur.files.Inputs;
import io.demur.files.Mapping;
import io.demur.files.ReadOptions;
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
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur export}: rows to train a model on. Arguments and assembly only. */
@Command(
        name = "export",
        description = {
            "Makes rows to train a model on of exchanges that went wrong: harmless requests that"
                    + " were refused, harmful ones that were answered, leaks, and giving in.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ExportCommand implements Callable<Integer> {

    /** Says that rows may be about what suites ask. */
    private static final String NO_SUITE = "none";

    /** How the first line of a run file begins. */
    private static final String RUN = "{\"t\":\"run\"";

    @Parameters(
            arity = "1..*",
            paramLabel = "FILES",
            description =
                    "Transcripts and run files of `demur eval`: files, folders, patterns, or `-`.")
    private List<String> files = List.of();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "dpo|kto|sft",
            description = "The columns: pairs, labelled answers, or conversations to imitate.")
    private Form form = Form.DPO;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.jsonl",
            description = "Where the rows go, as JSON lines, or `-`.")
    private String out = "";

    @Option(
            names = "--unpaired",
            paramLabel = "FILE.jsonl",
            description =
                    "With dpo or sft: write refusals for which there is no better answer here, as"
                            + " KTO rows.")
    private @Nullable String unpaired;

    @Option(
            names = "--against",
            paramLabel = "SUITE",
            description =
                    "Leave out what this suite asks, or nearly; repeatable (default: core; `none`"
                            + " for no suite).")
    private List<String> against = new ArrayList<>();

    @Option(names = "--unsure", description = "Also make rows of what a judge is unsure of.")
    private boolean unsure;

    @Option(
            names = "--read-as",
            paramLabel = "F",
            description = "Read all files in this format instead of detecting it.")
    private @Nullable String readAs;

    @Option(
            names = "--map",
            paramLabel = "NAME=COLUMN",
            description = "Where a field stands, such as `prompt=input.text`; repeatable.")
    private List<String> map = new ArrayList<>();

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<Problem> wrong = new ArrayList<>();
        ReadOptions asked = ReadOptions.AUTO.withMapping(Mapping.parse(map, wrong::add));
        ReadOptions options = readAs == null ? asked : asked.withFormat(readAs);
        wrong.addAll(options.problems());
        if (!wrong.isEmpty()) {
            wrong.forEach(problem -> err().println("demur: " + Terminal.plain(problem)));
            return ExitCode.USAGE;
        }
        Optional<Contamination> suites = suites();
        if (suites.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        Inputs inputs = Inputs.expand(files, options);
        Outputs.of(out, unpaired, null)
                .conflict(inputs.inputs())
                .ifPresent(
                        conflict -> {
                            throw new ParameterException(
                                    spec().commandLine(),
                                    conflict.replace("--summary", "--unpaired"));
                        });
        ProblemPrinter printer = new ProblemPrinter(err());
        inputs.problems().forEach(printer::problem);
        try {
            int code = export(inputs, options, suites.get(), printer);
            judges.watched()
                    .complaints()
                    .forEach(said -> err().println("demur: " + Terminal.plain(said)));
            return code;
        } catch (IOException e) {
            err().println("demur: cannot write the output: " + Destination.problem(e));
            return ExitCode.INTERNAL;
        }
    }

    private int export(
            Inputs inputs, ReadOptions options, Contamination suites, ProblemPrinter printer)
            throws IOException {
        Detector detector =
                new StopReasonDetector(judges.refusal(LinearJudge.shipped()), CutOff.UNDECIDED);
        AnswerJudge answers = judges.answers(LinearAnswerJudge.shipped());
        HarmPredictor requests = judges.harm(LinearHarm.shipped());
        Exchanges exchanges = new Exchanges(new Judge(detector, Optional.of(answers)), requests);
        try (Pipeline<?> pipeline =
                new Pipeline<>(exchanges, options, printer, judges.spread(), () -> false)) {
            for (Input input : inputs.inputs()) {
                if (isRun(input)) {
                    run(input.name(), exchanges, printer);
                } else {
                    pipeline.read(input);
                }
            }
        }
        printer.sayHidden();
        Lines lines = unsure ? Lines.UNSURE : Lines.SURE;
        Lessons lessons =
                new Lessons(lines, new Refusals(detector, answers, requests, lines), suites);
        List<Lesson> made = lessons.of(exchanges.all());
        long rows = write(out, form, made);
        long alone = 0;
        if (unpaired != null && form != Form.KTO) {
            alone =
                    write(
                            unpaired,
                            Form.KTO,
                            made.stream().filter(each -> each.chosen().isEmpty()).toList());
        }
        say(ExportText.of(lessons, form, rows, alone, unpaired != null, exchanges));
        if (lessons.answers() == 0) {
            err().println("demur: no responses were read");
            return ExitCode.INPUT_UNREADABLE;
        }
        return printer.filesWhole() ? ExitCode.OK : ExitCode.INPUT_UNREADABLE;
    }

    /** Whether a file is one of {@code demur eval}, whose answers were judged already. */
    private static boolean isRun(Input input) throws IOException {
        Path path = Path.of(input.name());
        if (input.name().equals(Input.STDIN) || !Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(RUN.length());
            return new String(start, StandardCharsets.UTF_8).equals(RUN);
        }
    }

    private static void run(String name, Exchanges exchanges, ProblemPrinter printer)
            throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<RunReader.Read> read = RunReader.read(Path.of(name), problems);
        problems.forEach(printer::problem);
        read.ifPresent(each -> exchanges.add(each.run(), name));
        if (read.isEmpty()) {
            exchanges.unreadable();
        }
    }

    private static long write(String name, Form form, List<Lesson> lessons) throws IOException {
        long count = 0;
        try (Destination destination = Destination.open(name)) {
            JsonLines rows = new JsonLines(destination.stream());
            for (Lesson lesson : lessons) {
                for (Map<String, ?> row : form.rows(lesson)) {
                    rows.write(row);
                    count++;
                }
            }
            rows.flush();
            destination.complete();
        }
        return count;
    }

    private Optional<Contamination> suites() {
        List<Suite> suites = new ArrayList<>();
        SuiteSource source = new SuiteSource(Surroundings.ours(), err());
        for (String name : against.isEmpty() ? List.of("core") : against) {
            if (name.equals(NO_SUITE)) {
                continue;
            }
            Optional<Suite> suite = source.read(name, Optional.empty());
            if (suite.isEmpty()) {
                return Optional.empty();
            }
            suites.add(suite.get());
        }
        return Optional.of(new Contamination(suites));
    }

    private void say(List<String> lines) {
        PrintWriter to = out.equals(Input.STDIN) ? err() : spec().commandLine().getOut();
        lines.forEach(line -> to.println(Terminal.plain(line).stripTrailing()));
        to.flush();
    }

    private PrintWriter err() {
        return spec().commandLine().getErr();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}

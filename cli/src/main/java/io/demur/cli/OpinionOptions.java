package io.demur.cli;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.opinion.OpinionFile;
import io.demur.eval.opinion.SecondJudging;
import io.demur.eval.opinion.SecondJudging.Outcome;
import io.demur.eval.run.Price;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Usage;
import io.demur.files.TextFile;
import io.demur.remote.LanguageModelJudge;
import io.demur.remote.RemoteJudges;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What others than a run's judge say of its answers: a second judge, and people. */
final class OpinionOptions {

    private static final int TIMEOUT_MAX = 3_600;
    private static final int TENTHS = 10;

    @Option(
            names = "--second-judge",
            paramLabel = "URL#MODEL",
            description =
                    "Ask a language model of the first answers too, and say where it differs; what"
                            + " it said is kept beside the run.")
    private @Nullable String second;

    @Option(
            names = "--key",
            paramLabel = "VARIABLE",
            description = "The environment variable with the key that its server wants.")
    private @Nullable String key;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long one judgement may take (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--price",
            paramLabel = "IN,OUT",
            description =
                    "What a million tokens of the second judge cost: of questions, of answers.")
    private @Nullable String price;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "People's labels of first answers, as CSV or JSON lines with `case` and"
                            + " `label`.")
    private @Nullable Path labels;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /**
     * All that is said of a run. Nobody is asked before the rest of the command line is known to be
     * right.
     *
     * @param file where the run lies
     * @return nothing where it cannot be had, and why is said
     */
    Optional<List<Opinion>> of(Path file, Run run, PrintWriter err)
            throws IOException, InterruptedException {
        Optional<LanguageModelJudge> judge = Optional.ofNullable(second).map(this::judge);
        if (judge.isEmpty()) {
            refuseWhatIsOfTheSecondJudge();
        }
        Price paid = price();
        List<Problem> problems = new ArrayList<>();
        Optional<Opinion> people = people(run, problems);
        ProblemPrinter.print(err, problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Path beside = OpinionFile.beside(file);
        Map<JudgeId, Opinion> kept = OpinionFile.read(beside, run, problems);
        ProblemPrinter.print(err, problems);
        List<Opinion> opinions = new ArrayList<>();
        if (judge.isPresent()) {
            JudgeId id = judge.get().id();
            if (!SecondJudging.open(run, Optional.ofNullable(kept.get(id))).isEmpty()) {
                kept = ask(run, judge.get(), paid, beside, err);
            }
            Optional.ofNullable(kept.get(id)).ifPresent(opinions::add);
        } else {
            kept.values().stream().reduce((before, last) -> last).ifPresent(opinions::add);
        }
        people.ifPresent(opinions::add);
        return Optional.of(opinions);
    }

    private void refuseWhatIsOfTheSecondJudge() {
        ParseResult given = Objects.requireNonNull(spec).commandLine().getParseResult();
        for (String option : List.of("--key", "--timeout", "--price")) {
            if (given.hasMatchedOption(option)) {
                throw wrong(option + ": it is of the second judge, and --second-judge is missing");
            }
        }
    }

    private Optional<Opinion> people(Run run, List<Problem> problems) throws IOException {
        Path file = labels;
        if (file == null) {
            return Optional.empty();
        }
        String name = file.toString();
        return TextFile.of(name, Files.readAllBytes(file), problems)
                .map(text -> Opinion.people(name, text, run, problems));
    }

    private LanguageModelJudge judge(String place) {
        if (timeout < 1 || timeout > TIMEOUT_MAX) {
            throw wrong("--timeout: `%d` is not between 1 and %d".formatted(timeout, TIMEOUT_MAX));
        }
        try {
            return RemoteJudges.judge(
                    place,
                    new RemoteJudges.Settings(
                            Optional.ofNullable(key),
                            System::getenv,
                            Duration.ofSeconds(timeout),
                            RemoteJudges.CONCURRENCY));
        } catch (IllegalArgumentException e) {
            throw wrong("--second-judge: " + e.getMessage());
        }
    }

    /** What is kept then. */
    private Map<JudgeId, Opinion> ask(
            Run run, LanguageModelJudge judge, Price paid, Path beside, PrintWriter err)
            throws IOException, InterruptedException {
        try (OpinionFile to = OpinionFile.open(beside, judge.id())) {
            // another report may have asked, and ended, since the file was read
            Map<JudgeId, Opinion> known = to.read(run, new ArrayList<>());
            List<Trial> open = SecondJudging.open(run, Optional.ofNullable(known.get(judge.id())));
            if (!open.isEmpty()) {
                ask(run, open, judge, paid, to, err);
            }
            return to.read(run, new ArrayList<>());
        }
    }

    private void ask(
            Run run,
            List<Trial> open,
            LanguageModelJudge judge,
            Price paid,
            OpinionFile to,
            PrintWriter err)
            throws IOException, InterruptedException {
        String name = Terminal.plain(judge.id().name());
        err.printf(Locale.ROOT, "demur: asking `%s` of %,d answers%n", name, open.size());
        err.flush();
        int step = Math.max(1, open.size() / TENTHS);
        Outcome outcome =
                new SecondJudging(
                                run,
                                open,
                                judge,
                                to,
                                done -> {
                                    if (done % step == 0) {
                                        err.printf(Locale.ROOT, "demur: %,d asked%n", done);
                                        err.flush();
                                    }
                                })
                        .ask(RemoteJudges.CONCURRENCY);
        say(outcome, name, paid, err);
    }

    private void say(Outcome outcome, String name, Price paid, PrintWriter err) {
        Usage usage = new Usage(outcome.input(), outcome.output());
        String cost = price == null ? "" : String.format(Locale.ROOT, ", %.4f", paid.of(usage));
        err.printf(
                Locale.ROOT,
                "demur: `%s` was asked of %,d answers: %,d tokens in, %,d out%s%n",
                name,
                outcome.asked(),
                usage.input(),
                usage.output(),
                cost);
        if (outcome.unjudged() > 0) {
            err.printf(
                    Locale.ROOT,
                    "demur: it could not judge %,d of them, lastly for this reason: %s; they are"
                            + " asked again next time%n",
                    outcome.unjudged(),
                    Terminal.plain(outcome.why()));
        }
        if (outcome.left() > 0) {
            err.printf(
                    Locale.ROOT,
                    "demur: stopped: nobody judges there; %,d answers were not asked%n",
                    outcome.left());
        }
        err.flush();
    }

    private Price price() {
        String given = price;
        return given == null
                ? Price.NONE
                : Price.parse(given)
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "--price: `%s` is not IN,OUT, such as `0.15,0.60`"
                                                        .formatted(given)));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}

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
import io.demur.remote.LanguageModelJudge;
import io.demur.remote.RemoteJudges;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
     * All that is said of a run.
     *
     * @param file where the run lies
     * @return nothing where something cannot be read, and why is said
     */
    Optional<List<Opinion>> of(Path file, Run run, PrintWriter err)
            throws IOException, InterruptedException {
        List<Problem> problems = new ArrayList<>();
        List<Opinion> opinions = new ArrayList<>();
        Path beside = OpinionFile.beside(file);
        Map<JudgeId, Opinion> kept = OpinionFile.read(beside, run, problems);
        if (problems.isEmpty() && second != null) {
            LanguageModelJudge judge = judge(second);
            ask(run, judge, Optional.ofNullable(kept.get(judge.id())), beside, err);
            kept = OpinionFile.read(beside, run, problems);
            Optional.ofNullable(kept.get(judge.id())).ifPresent(opinions::add);
        } else {
            kept.values().stream().reduce((before, last) -> last).ifPresent(opinions::add);
        }
        Path labelled = labels;
        if (labelled != null) {
            String text = Files.readString(labelled);
            opinions.add(Opinion.people(labelled.toString(), text, run, problems));
        }
        problems.forEach(problem -> err.println("demur: " + Terminal.plain(problem)));
        return problems.isEmpty() ? Optional.of(opinions) : Optional.empty();
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

    private void ask(
            Run run,
            LanguageModelJudge judge,
            Optional<Opinion> known,
            Path beside,
            PrintWriter err)
            throws IOException, InterruptedException {
        Price paid = price();
        List<Trial> open = SecondJudging.open(run, known);
        if (open.isEmpty()) {
            return;
        }
        String name = Terminal.plain(judge.id().name());
        err.printf(Locale.ROOT, "demur: asking `%s` of %,d answers%n", name, open.size());
        err.flush();
        int step = Math.max(1, open.size() / TENTHS);
        try (OpinionFile to = OpinionFile.open(beside, judge.id())) {
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

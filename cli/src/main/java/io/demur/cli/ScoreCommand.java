package io.demur.cli;

import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

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

    @Mixin private BatchOptions batch = new BatchOptions();
    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Option(
            names = "--labels",
            paramLabel = "FIELD",
            description = "Which field holds people's labels of the response.")
    private @Nullable String labels;

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

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Detector detector = new StopReasonDetector(judges.refusal(linear()), truncated);
        return batch.run(
                new ScoreBatch(
                        detector,
                        answers(),
                        Optional.of(LinearHarm.shipped()),
                        batch.by(),
                        judges.spread(),
                        judges.watched()),
                this::withLabels,
                judges.watched()::complaints);
    }

    /** The harm of answers stands in rows alone, and costs as much as all else. */
    private Optional<AnswerJudge> answers() {
        return batch.writesRows()
                ? Optional.of(judges.answers(LinearAnswerJudge.shipped()))
                : Optional.empty();
    }

    private LinearJudge linear() {
        if (weights == null) {
            return LinearJudge.shipped();
        }
        try {
            return LinearJudge.of(Files.readAllBytes(weights));
        } catch (IOException | IllegalStateException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--weights: `%s`: %s"
                            .formatted(
                                    weights,
                                    e instanceof NoSuchFileException
                                            ? "no such file"
                                            : e.getMessage()),
                    e);
        }
    }

    private ReadOptions withLabels(ReadOptions options) {
        return labels == null ? options : options.withLabels(labels);
    }
}

package io.demur.cli;

import io.demur.eval.train.AnswerTraining;
import io.demur.eval.train.CapitulationTraining;
import io.demur.eval.train.HarmTraining;
import io.demur.eval.train.RefusalTraining;
import io.demur.eval.train.UnusableLabels;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code demur train}: makes the weights of a judge from labelled data. */
@Command(
        name = "train",
        description = {
            "Makes the weights of a judge from a folder of labelled data. The same folder gives the"
                    + " same bytes.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class TrainCommand implements Callable<Integer> {

    private static final List<String> PARTS = List.of("own");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description =
                    "Has `own`, and may have `train`, to learn from, and `tune`, to choose cuts"
                            + " on.")
    private Path data = Path.of("");

    @Option(
            names = "--judge",
            paramLabel = "refusal|harm|answer|capitulation",
            defaultValue = "refusal",
            description = "Which judge to train (default: refusal).")
    private Trainee judge = Trainee.REFUSAL;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Your own labelled exchanges, to be learnt from as well; repeatable. A fifth is"
                            + " held out, and the report shows what has changed on it.")
    private List<Path> labels = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the weights go.")
    private Path out = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        for (String part : PARTS) {
            if (!Files.isDirectory(data.resolve(part))) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "`%s` has no folder `%s`".formatted(data, part));
            }
        }
        PrintStream report = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (labels.isEmpty()) {
            judge.train(data, out, report);
            return ExitCode.OK;
        }
        if (judge != Trainee.REFUSAL) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--labels teaches the refusal judge alone; `%s` is trained without"
                            .formatted(judge.name().toLowerCase(Locale.ROOT)));
        }
        try {
            RefusalTraining.run(data, labels, out, report);
        } catch (UnusableLabels e) {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .println(
                            "demur: --labels: "
                                    + Terminal.plain(Objects.requireNonNull(e.getMessage())));
            return ExitCode.INPUT_UNREADABLE;
        }
        return ExitCode.OK;
    }

    /** What can be trained. */
    enum Trainee {
        REFUSAL,
        HARM,
        ANSWER,
        CAPITULATION;

        void train(Path data, Path out, PrintStream report) throws IOException {
            switch (this) {
                case REFUSAL -> RefusalTraining.run(data, out, report);
                case HARM -> HarmTraining.run(data, out, report);
                case ANSWER -> AnswerTraining.run(data, out, report);
                case CAPITULATION -> CapitulationTraining.run(data, out, report);
            }
        }
    }
}

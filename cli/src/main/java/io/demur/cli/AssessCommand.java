package io.demur.cli;

import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.files.Mapping;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code demur assess}: judges recorded requests. Arguments and assembly only. */
@Command(
        name = "assess",
        description = {
            "Judges every request in prompts and conversations: how probably it is harmful, in"
                    + " which way, who would bear it, and what a posture does about it.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class AssessCommand implements Callable<Integer> {

    @Mixin private BatchOptions batch = new BatchOptions();
    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Option(
            names = "--labels",
            paramLabel = "FIELD",
            description = "Which field holds people's labels of the request.")
    private @Nullable String labels;

    @Option(
            names = "--posture",
            paramLabel = "1..10",
            defaultValue = "5",
            description = "How much is kept back: 1 almost nothing, 10 everything (default: 5).")
    private int posture;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Policy policy = Policy.at(posture());
        return batch.run(
                new AssessBatch(
                        judges.harm(LinearHarm.shipped()),
                        policy,
                        batch.by(),
                        judges.spread(),
                        judges.watched()),
                this::withLabels,
                judges.watched()::complaints);
    }

    private Posture posture() {
        try {
            return new Posture(posture);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--posture: " + e.getMessage(), e);
        }
    }

    private ReadOptions withLabels(ReadOptions options) {
        return labels == null
                ? options
                : options.withMapping(options.mapping().with(Mapping.Name.PROMPT_LABEL, labels));
    }
}

package io.demur.cli;

import io.demur.core.charter.Charter;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Policy;
import io.demur.files.Mapping;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur policy shadow}: what a candidate would change of recorded traffic. */
@Command(
        name = "shadow",
        description = {
            "Puts recorded requests through a candidate policy beside the one that holds: what"
                    + " would change, and what that does to both rates.",
            "Who asked is read from the fields role, purpose and model_class of a record.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyShadowCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "CANDIDATE", description = "The policy to try.")
    private Path candidate = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy that holds (default: the usual rules at posture 5).")
    private @Nullable Path active;

    @Option(
            names = "--words",
            description = "Print the words of the requests that are shown, not their ids alone.")
    private boolean words;

    @Option(
            names = "--labels",
            paramLabel = "FIELD",
            description = "Which field holds people's labels of the request.")
    private @Nullable String labels;

    @Mixin private BatchOptions batch = new BatchOptions();
    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        batch.skipFirst();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Policy now = Policy.at(Policy.defaultPosture());
        if (active != null) {
            Optional<Charter> read = PolicyDocuments.read(active, err);
            if (read.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
            now = read.get().policy();
        }
        Optional<Charter> tried = PolicyDocuments.read(candidate, err);
        if (tried.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        return batch.run(
                new ShadowBatch(
                        judges.harm(LinearHarm.shipped()),
                        now,
                        tried.get().policy(),
                        words,
                        judges.spread(),
                        judges.watched()),
                this::withLabels,
                judges.watched()::complaints);
    }

    private ReadOptions withLabels(ReadOptions options) {
        return labels == null
                ? options
                : options.withMapping(options.mapping().with(Mapping.Name.PROMPT_LABEL, labels));
    }
}

package io.demur.cli;

import io.demur.core.charter.Charter;
import io.demur.core.policy.Policy;
import io.demur.eval.Shadowing;
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
            names = "--quick",
            description =
                    "With the quick judge alone (default: with the encoder after it in the band of"
                            + " either policy, where this build has one).")
    private boolean quick;

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
        Optional<Charter> now = Optional.empty();
        if (active != null) {
            now = PolicyDocuments.read(active, err);
            if (now.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
        }
        Optional<Charter> tried = PolicyDocuments.read(candidate, err);
        if (tried.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        return batch.run(
                new ShadowBatch(
                        new Shadowing.Side(
                                judges.under(now, quick),
                                now.map(Charter::policy)
                                        .orElseGet(() -> Policy.at(Policy.defaultPosture()))),
                        new Shadowing.Side(judges.under(tried, quick), tried.get().policy()),
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

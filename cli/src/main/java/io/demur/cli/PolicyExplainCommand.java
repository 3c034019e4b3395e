package io.demur.cli;

import io.demur.core.Request;
import io.demur.core.charter.Charter;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * {@code demur policy explain}: what a policy does with one request, why, and what would alter it.
 */
@Command(
        name = "explain",
        description = {
            "Says what a policy does with a request or in a cell, which rules made it so, and what"
                    + " would have to be true for it to be answered.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyExplainCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REQUEST",
            description = "The words of the request.")
    private @Nullable String request;

    @Option(
            names = "--cell",
            paramLabel = "WORDS",
            description =
                    "Instead of a request: what to suppose, such as `hazard=privacy"
                            + " severity=serious model=local role=auditor p=0.7`.")
    private @Nullable String cell;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy (default: the usual rules at posture 5).")
    private @Nullable Path file;

    @Option(names = "--role", description = "The role of who asks (default: none that is named).")
    private String role = Axes.OTHER;

    @Option(names = "--purpose", description = "The declared purpose (default: none).")
    private String purpose = Axes.OTHER;

    @Option(
            names = "--model-class",
            paramLabel = "CLASS",
            description = "Of the model asked: hosted, local, local_unaligned (default: hosted).")
    private ModelClass model = ModelClass.HOSTED;

    @Option(names = "--stage", description = "The stage of adverse processing (default: none).")
    private Stage stage = Stage.NONE;

    @Option(names = "--refused-before", description = "As if this had been refused here before.")
    private boolean refusedBefore;

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if ((request == null) == (cell == null)) {
            throw new ParameterException(line, "explain what? Give a REQUEST, or --cell");
        }
        Policy policy = Policy.at(Policy.defaultPosture());
        Map<String, String> because = Map.of();
        if (file != null) {
            Optional<Charter> read = PolicyDocuments.read(file, line.getErr());
            if (read.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
            policy = read.get().policy();
            because = read.get().because();
        }
        Context context = new Context(model, role, purpose, stage);
        Standing standing = refusedBefore ? Explanation.REFUSED : Standing.FRESH;
        Explanation explanation;
        if (cell != null) {
            Supposed supposed = supposed(cell, context, standing);
            explanation =
                    new Explanation(
                            policy,
                            because,
                            false,
                            supposed.assessment(),
                            supposed.context(),
                            supposed.standing());
        } else {
            Assessment assessment =
                    judges.harm(LinearHarm.shipped())
                            .assess(Request.of(Objects.requireNonNull(request)));
            explanation = new Explanation(policy, because, true, assessment, context, standing);
        }
        explanation.lines().forEach(said -> line.getOut().println(Terminal.plain(said)));
        return ExitCode.OK;
    }

    private Supposed supposed(String words, Context context, Standing standing) {
        try {
            return Supposed.parse(words, context, standing);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--cell: " + e.getMessage(), e);
        }
    }
}

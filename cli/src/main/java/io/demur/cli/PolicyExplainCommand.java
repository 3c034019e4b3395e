package io.demur.cli;

import io.demur.core.Request;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Scope;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderScope;

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
import java.util.List;
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

    @Option(
            names = "--quick",
            description = "Ask the quick judge alone (default: the judges of the policy).")
    private boolean quick;

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if ((request == null) == (cell == null)) {
            throw new ParameterException(line, "explain what? Give a REQUEST, or --cell");
        }
        Optional<Charter> charter = Optional.empty();
        if (file != null) {
            charter = PolicyDocuments.read(file, line.getErr());
            if (charter.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
        }
        Standing standing = refusedBefore ? Explanation.REFUSED : Standing.FRESH;
        Explanation explanation =
                cell != null
                        ? ofCell(cell, charter, standing)
                        : ofRequest(Objects.requireNonNull(request), charter, standing);
        explanation.lines().forEach(said -> line.getOut().println(Terminal.plain(said)));
        return ExitCode.OK;
    }

    private static Policy policy(Optional<Charter> charter) {
        return charter.map(Charter::policy).orElseGet(() -> Policy.at(Policy.defaultPosture()));
    }

    /** In a cell everything is supposed, its purpose too. */
    private Explanation ofCell(String words, Optional<Charter> charter, Standing standing) {
        Supposed supposed = supposed(words, new Context(model, role, purpose, stage), standing);
        Context context = supposed.context();
        charter.ifPresent(it -> complain("--cell: ", it, context.role(), context.purpose()));
        return new Explanation(
                charter,
                policy(charter),
                Optional.empty(),
                false,
                supposed.assessment(),
                context.purpose(),
                context,
                supposed.standing());
    }

    private Explanation ofRequest(String words, Optional<Charter> charter, Standing standing) {
        charter.ifPresent(it -> complain("", it, role, purpose));
        Request asked = Request.of(words);
        String counts = charter.map(it -> OtherWays.counted(it, role, purpose)).orElse(purpose);
        return new Explanation(
                charter,
                policy(charter),
                charter.flatMap(Charter::scope).map(scope -> belonging(scope, asked)),
                true,
                judges.under(charter, quick).assess(asked),
                purpose,
                new Context(model, role, counts, stage),
                standing);
    }

    private static Belonging belonging(Scope scope, Request asked) {
        return Encoder.isShipped()
                ? new EncoderScope(Encoder.shipped(), scope).judge(asked)
                : new Belonging.Unjudged("this build comes without the encoder");
    }

    /** A name that the policy does not have is a slip of the pen. */
    private void complain(String before, Charter charter, String role, String purpose) {
        Axes axes = charter.policy().table().axes();
        complain(before, "role", role, axes.roles());
        complain(before, "purpose", purpose, axes.purposes());
    }

    private void complain(String before, String what, String name, List<String> all) {
        if (!all.contains(name)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%sthe policy has no %s `%s`; it has `%s`"
                            .formatted(before, what, name, String.join("`, `", all)));
        }
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

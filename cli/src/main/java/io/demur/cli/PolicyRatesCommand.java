package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Stage;
import io.demur.eval.AskedRequest;
import io.demur.eval.Asking;
import io.demur.eval.Listener;
import io.demur.eval.Pipeline;
import io.demur.eval.PolicyRates;
import io.demur.eval.RequestClass;
import io.demur.files.Input;
import io.demur.files.Inputs;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code demur policy rates}: what a policy does with requests of which that is known. */
@Command(
        name = "rates",
        description = {
            "Says what a policy does with requests that are ordinary, that only look harmful, and"
                    + " that clearly are: our own, and those of FILES.",
            "Exits with 1 where a class of one source misses its line.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyRatesCommand implements Callable<Integer> {

    /** What may be said of benign requests. */
    enum Benign {
        ORDINARY,
        LOOK_ALIKE
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "FILES",
            description = "Further labelled requests: files, folders, patterns.")
    private List<String> files = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy (default: the usual rules at posture 5).")
    private @Nullable Path file;

    @Option(
            names = "--benign",
            paramLabel = "CLASS",
            defaultValue = "look_alike",
            description =
                    "What benign requests of FILES are: ordinary or look_alike (default:"
                            + " ${DEFAULT-VALUE}).")
    private Benign benign = Benign.LOOK_ALIKE;

    @Option(names = "--role", description = "The role of who asks (default: none that is named).")
    private String role = Axes.OTHER;

    @Option(names = "--purpose", description = "The declared purpose (default: none).")
    private String purpose = Axes.OTHER;

    @Option(
            names = "--model-class",
            paramLabel = "CLASS",
            description = "Of the model asked: hosted, local, local_unaligned (default: hosted).")
    private ModelClass model = ModelClass.HOSTED;

    @Option(
            names = "--quick",
            description =
                    "With the quick judge alone (default: with the encoder after it in the policy's"
                            + " band, where this build has one).")
    private boolean quick;

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Charter> charter = Optional.empty();
        if (file != null) {
            charter = PolicyDocuments.read(file, err);
            if (charter.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
        }
        Policy policy =
                charter.map(Charter::policy).orElseGet(() -> Policy.at(Policy.defaultPosture()));
        Inputs inputs = Inputs.expand(files, ReadOptions.AUTO);
        inputs.problems().forEach(problem -> err.println(Terminal.plain(problem)));
        PolicyRates rates = new PolicyRates(Set.of(Asking.CHOSEN_BY));
        Asking asking =
                new Asking(
                        judges.under(charter, quick),
                        policy,
                        new Context(model, role, purpose, Stage.NONE),
                        RequestClass.valueOf(benign.name()),
                        rates);
        carry(asking, inputs, new Complaints(err));
        out.print(rates.text());
        out.flush();
        judges.watched()
                .complaints()
                .forEach(said -> err.println("demur: " + Terminal.plain(said)));
        if (!inputs.problems().isEmpty() || asking.unreadableRecords() > 0) {
            return ExitCode.INPUT_UNREADABLE;
        }
        return rates.isMet() ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
    }

    private void carry(Asking asking, Inputs inputs, Complaints complaints) throws IOException {
        try (Pipeline<?> pipeline =
                new Pipeline<>(
                        asking, ReadOptions.AUTO, complaints, judges.spread(), () -> false)) {
            List<Input> all = new ArrayList<>(List.of(Asking.own()));
            all.addAll(inputs.inputs());
            for (Input input : all) {
                pipeline.read(input);
            }
        }
    }

    /** Says what cannot be read. */
    private record Complaints(PrintWriter err) implements Listener<AskedRequest> {

        @Override
        public void row(AskedRequest row) {}

        @Override
        public void problem(Problem problem) {
            err.println(Terminal.plain(problem));
        }

        @Override
        public void progress(long bytes) {}
    }
}

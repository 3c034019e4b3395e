package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur policy}: reads, compares and explains policies. */
@Command(
        name = "policy",
        description = "Checks, compares and explains what a policy does with requests.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            PolicyCheckCommand.class,
            PolicyDiffCommand.class,
            PolicyExplainCommand.class,
            PolicyShadowCommand.class
        })
final class PolicyCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `policy`?");
    }
}

package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur policy}: reads, compares and explains policies, and changes the one in force. */
@Command(
        name = "policy",
        description = "Makes, changes, compares and explains what is done with which request.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            PolicyCheckCommand.class,
            PolicyDiffCommand.class,
            PolicyExplainCommand.class,
            PolicyRatesCommand.class,
            PolicyShadowCommand.class,
            PolicyKeyCommand.class,
            PolicyInitCommand.class,
            PolicySignCommand.class,
            PolicyApproveCommand.class,
            PolicyActivateCommand.class,
            PolicyStatusCommand.class,
            PolicyHistoryCommand.class,
            PolicyRollbackCommand.class,
            PolicySealCommand.class
        })
final class PolicyCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `policy`?");
    }
}

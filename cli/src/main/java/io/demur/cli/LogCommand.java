package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur log}: reads, checks and shows the log. */
@Command(
        name = "log",
        description = "Shows and checks the log of what was asked, decided and answered.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            LogVerifyCommand.class,
            LogShowCommand.class,
            LogCheckpointCommand.class,
            LogProofCommand.class,
            LogReceiptCommand.class,
            LogExportCommand.class,
            LogWitnessCommand.class,
        })
final class LogCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `log`?");
    }
}

package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur drill}: whether what is served still refuses what it should. */
@Command(
        name = "drill",
        description = {
            "Asks a gateway's models what they should refuse and what they should answer.",
            "A gateway that runs does so by itself, at times that nobody foresees; this shows what"
                    + " came of it, and asks now."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DrillNow.class,
            DrillTasks.Schedule.class,
            DrillTasks.Status.class,
            DrillNotice.class,
            DrillProposals.class
        })
final class DrillCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `drill`?");
    }
}

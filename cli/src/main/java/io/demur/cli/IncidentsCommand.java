package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demur incidents}: what was refused and came again. */
@Command(
        name = "incidents",
        description = "Shows refused requests that came again, and where they went.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {IncidentsTasks.ListAll.class, IncidentsTasks.Show.class})
final class IncidentsCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw AdminCommand.which(spec, "incidents");
    }
}

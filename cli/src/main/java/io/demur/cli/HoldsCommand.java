package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demur holds}: the requests that wait for a person. */
@Command(
        name = "holds",
        description = "Shows the requests that wait for a person, and releases or refuses them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            HoldsTasks.ListAll.class,
            HoldsTasks.Show.class,
            HoldsTasks.Release.class,
            HoldsTasks.Refuse.class
        })
final class HoldsCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw AdminCommand.which(spec, "holds");
    }
}

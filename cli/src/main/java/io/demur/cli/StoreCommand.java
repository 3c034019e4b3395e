package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur store}: the tables and the bodies. */
@Command(
        name = "store",
        description = "Rebuilds the store from the log; erases, holds and shows bodies.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            StoreTasks.Rebuild.class,
            StoreTasks.Check.class,
            StoreTasks.Erase.class,
            StoreTasks.Hold.class,
            StoreTasks.Release.class,
            StoreTasks.HoldsList.class,
            StoreTasks.Sweep.class,
            StoreTasks.Body.class
        })
final class StoreCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `store`?");
    }
}

package io.demur.cli;

import io.demur.record.DataFolder;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
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
            StoreTasks.Sweep.class,
            StoreTasks.Body.class
        })
final class StoreCommand implements Runnable {

    /** Opens an installation. */
    @FunctionalInterface
    interface Opening {
        StoreSession open(DataFolder folder) throws StoreFailed, IOException;
    }

    private final Opening opening;

    @Spec private @Nullable CommandSpec spec;

    StoreCommand() {
        this(
                folder -> {
                    throw new IOException("`%s` holds no log and no keys".formatted(folder.root()));
                });
    }

    /** A test brings its own installation. */
    StoreCommand(Opening opening) {
        this.opening = opening;
    }

    StoreSession open(DataFolder folder) throws StoreFailed, IOException {
        return opening.open(folder);
    }

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `store`?");
    }
}

package io.demur.cli;

import io.demur.record.DataFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Which installation a command works on. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder of the log, the store and the keys (default:"
                            + " $XDG_DATA_HOME/demur or ~/.local/share/demur).")
    private @Nullable Path data;

    /** The folder that was named, or the usual one. */
    DataFolder folder() {
        return data == null ? DataFolder.usual(System.getenv()) : new DataFolder(data);
    }
}

package io.demur.cli;

import io.demur.record.DataFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.nio.file.Path;
import java.util.Objects;

/** Which installation a command works on. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder of the log, the store and the keys (default:"
                            + " $XDG_DATA_HOME/demur or ~/.local/share/demur).")
    private @Nullable Path data;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** The folder that was named, or the usual one. */
    DataFolder folder() {
        if (data == null) {
            return DataFolder.usual(System.getenv());
        }
        // what a variable that is not set leaves behind
        if (data.toString().isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--data names no folder");
        }
        return new DataFolder(data);
    }

    /** What has to be said behind a command so that it works on the same folder. */
    String said() {
        if (data == null) {
            return "";
        }
        String path = data.toString();
        return " --data "
                + (path.matches("[\\w./@%+:,-]+") ? path : "'" + path.replace("'", "'\\''") + "'");
    }
}

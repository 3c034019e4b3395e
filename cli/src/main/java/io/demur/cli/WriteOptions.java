package io.demur.cli;

import io.demur.store.StoreSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.util.Objects;

/** Which installation a command works on that writes to its log or its store. */
final class WriteOptions {

    @Mixin private LogOptions log = new LogOptions();

    @Option(
            names = "--store",
            paramLabel = "URL",
            description =
                    "The store, where it is not `store.db` in the data folder: sqlite:PATH or"
                            + " postgresql://USER@HOST/DATABASE (its password from ~/.pgpass).")
    private @Nullable String store;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    Installation installation() {
        Installation found = log.installation(Surroundings.ours());
        if (store == null) {
            return found;
        }
        try {
            return found.withStore(new StoreSettings(store));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--store: " + e.getMessage(), e);
        }
    }

    /** What has to be said behind a command so that it works on the same installation. */
    String said() {
        return log.said();
    }
}

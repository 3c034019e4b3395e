package io.demur.cli;

import io.demur.log.note.Malformed;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;

/** One thing that {@code demur store} does: opens the installation, does it, and says so. */
abstract class StoreTask implements Callable<Integer> {

    @Mixin private WriteOptions options = new WriteOptions();

    @Spec private @Nullable CommandSpec spec;

    /** Does it; what it has to say goes to {@code out}. */
    abstract int run(StoreSession session, PrintWriter out)
            throws StoreFailed, StoreRefused, IOException, Malformed;

    /** Opens it, and brings its tables up to the log. */
    StoreSession open(Installation installation, String program)
            throws IOException, StoreFailed, Malformed {
        return StoreSession.open(installation, program);
    }

    @Override
    public final Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        return Guarded.run(
                spec,
                () -> {
                    Installation installation = options.installation();
                    String program = "demur store " + Objects.requireNonNull(spec).name();
                    try (StoreSession session = open(installation, program)) {
                        return run(session, out);
                    } finally {
                        out.flush();
                    }
                });
    }
}

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

    @Mixin private DataOptions data = new DataOptions();

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
        PrintWriter err = spec.commandLine().getErr();
        Installation installation = new Installation(data.folder());
        try (StoreSession session = open(installation, "demur store " + spec.name())) {
            return run(session, out);
        } catch (StoreRefused e) {
            err.println("demur: " + Terminal.plain("" + e.getMessage()));
            return ExitCode.USAGE;
        } catch (StoreFailed | IOException | Malformed e) {
            err.println("demur: " + Terminal.plain("" + e.getMessage()));
            return ExitCode.INPUT_UNREADABLE;
        } finally {
            out.flush();
            err.flush();
        }
    }
}

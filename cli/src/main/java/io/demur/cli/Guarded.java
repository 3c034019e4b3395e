package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Work on an installation, whose failures are sentences rather than stack traces. */
final class Guarded {

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException, LogRefused, Malformed, StoreFailed, StoreRefused;
    }

    private Guarded() {}

    /** Runs a command; where it fails, says why. */
    static int run(@Nullable CommandSpec spec, Work work) {
        String message;
        int code = ExitCode.INPUT_UNREADABLE;
        try {
            return work.run();
        } catch (IOException | UncheckedIOException | LogRefused | Malformed | StoreFailed e) {
            message = String.valueOf(e.getMessage());
            if (e instanceof NoSuchFileException) {
                message = "`%s` is not there".formatted(message);
            }
        } catch (IllegalArgumentException | IllegalStateException | StoreRefused e) {
            message = String.valueOf(e.getMessage());
            code = ExitCode.USAGE;
        }
        Objects.requireNonNull(spec)
                .commandLine()
                .getErr()
                .println("demur: " + Terminal.plain(message));
        return code;
    }
}

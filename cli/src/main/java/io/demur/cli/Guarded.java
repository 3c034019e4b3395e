package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
            message = words(e);
        } catch (IllegalArgumentException | IllegalStateException | StoreRefused e) {
            message = String.valueOf(e.getMessage());
            code = ExitCode.USAGE;
        }
        Objects.requireNonNull(spec)
                .commandLine()
                .getErr()
                .println("demur: " + Terminal.keyless(message));
        return code;
    }

    /** What is wrong, also where the JDK names a file and nothing else. */
    static String words(Exception e) {
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        if (cause instanceof FileSystemException failed) {
            String file = String.valueOf(failed.getFile());
            return switch (failed) {
                case NoSuchFileException missing -> "`%s` is not there".formatted(file);
                case AccessDeniedException denied -> "`%s` may not be used".formatted(file);
                case NotDirectoryException other -> "`%s` is no folder".formatted(file);
                case FileAlreadyExistsException other ->
                        "`%s` is in the way: no folder can be made there".formatted(file);
                default ->
                        "`%s`: %s"
                                .formatted(
                                        file,
                                        failed.getReason() == null
                                                ? "it cannot be used"
                                                : failed.getReason());
            };
        }
        return String.valueOf(Objects.requireNonNull(cause).getMessage());
    }
}

package io.demur.cli;

import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.AccessBook.By;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One thing that {@code demur admin} does: opens the installation, does it, and says so. */
abstract class AdminTask implements Callable<Integer> {

    /** How long a gateway that runs is given to write a change into the log. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** Who changes something, and why. */
    static final class Author {

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who says so, for the log (default: the name of this user).")
        private String by = System.getProperty("user.name", "unknown");

        @Option(names = "--reason", paramLabel = "CODE", description = "Why, as a word.")
        private @Nullable String reason;

        By by() {
            return new By(by, Optional.ofNullable(reason));
        }
    }

    @Mixin private WriteOptions options = new WriteOptions();

    @Spec private @Nullable CommandSpec spec;

    /** Does it, and returns the exit code. */
    abstract int run(StoreSession session, AccessBook book)
            throws StoreFailed, StoreRefused, IOException, Malformed;

    /** Opens it with the tables as they are; who asks what the log says opens it otherwise. */
    StoreSession open(Installation installation, String program)
            throws IOException, StoreFailed, Malformed {
        return StoreSession.openBehind(installation, program);
    }

    @Override
    public final Integer call() {
        return Guarded.run(
                spec,
                () -> {
                    CommandSpec here = Objects.requireNonNull(spec);
                    try (StoreSession session =
                            open(options.installation(), here.qualifiedName(" "))) {
                        return run(session, session.access());
                    } finally {
                        out().flush();
                        err().flush();
                    }
                });
    }

    final PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    final PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    final void say(String format, Object... args) {
        out().println(Terminal.plain(format.formatted(args)).stripTrailing());
    }

    /** What is said beside what a script reads. */
    final void note(String format, Object... args) {
        err().println(Terminal.plain(format.formatted(args)).stripTrailing());
    }

    /** The pseudonym of somebody who is named, or is called by it. */
    final String whom(AccessBook book, String name) throws StoreFailed, IOException {
        Optional<String> found = book.find(name);
        if (found.isEmpty() && name.startsWith("sub_")) {
            return name;
        }
        return found.orElseThrow(
                () ->
                        new IOException(
                                "there is no principal `%s`; `demur admin principal add` makes one"
                                        .formatted(name)));
    }

    /**
     * Sees to it that a change is in the log: writes it there, or waits until the gateway that has
     * the log does.
     *
     * @param holdsAnyway whether it holds without
     * @return the exit code
     */
    final int inForce(StoreSession session, AccessBook book, boolean holdsAnyway)
            throws StoreFailed {
        try {
            book.publish(session.log());
        } catch (IOException e) {
            long end = System.nanoTime() + WAIT.toNanos();
            while (book.pending() > 0 && System.nanoTime() - end < 0) {
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            if (book.pending() > 0) {
                note("the log does not have this yet: %s", Guarded.words(e));
                note(
                        holdsAnyway
                                ? "it holds all the same; a gateway or the next command that has"
                                        + " the log writes it there"
                                : "it holds once a gateway or the next command that has the log"
                                        + " has written it there");
                return holdsAnyway ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
            }
        }
        return ExitCode.OK;
    }
}

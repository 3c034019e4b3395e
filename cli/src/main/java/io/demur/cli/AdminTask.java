package io.demur.cli;

import io.demur.core.access.KeyText;
import io.demur.core.policy.Axes;
import io.demur.log.note.Malformed;
import io.demur.record.policy.InForce;
import io.demur.store.AccessBook;
import io.demur.store.AccessBook.By;
import io.demur.store.HeldRequests;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One thing that {@code demur admin} does: opens the installation, does it, and says so. */
abstract class AdminTask implements Callable<Integer> {

    /** How soon a command that follows looks again. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    /** Looks at what waits for the log, until it is tried again to write it. */
    private static final int TRIES_EVERY = 20;

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

    final Installation installation() {
        return options.installation();
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

    /** Waits a little before what may have changed is looked at again; whether anybody waits. */
    final boolean goesOn(Interrupt interrupt) {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !interrupt.stop() && !out().checkError();
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
     * the log does. What holds without is not waited for.
     *
     * @param holdsAnyway whether it holds without
     * @param names what was changed
     * @return the exit code
     */
    final int inForce(StoreSession session, AccessBook book, boolean holdsAnyway, String... names)
            throws StoreFailed {
        String why = published(session, book);
        if (holdsAnyway) {
            if (waits(book, names)) {
                note(
                        "it holds already; a gateway or the next command that has the log writes it"
                                + " there: %s",
                        why);
            }
            return ExitCode.OK;
        }
        long end = System.nanoTime() + HeldRequests.PATIENCE.toNanos();
        for (int look = 1; waits(book, names); look++) {
            if (look % TRIES_EVERY == 0) {
                why = published(session, book);
            }
            if (System.nanoTime() - end >= 0 || !paused()) {
                note("the log does not have this yet: %s", why);
                note(
                        "it holds once a gateway or the next command that has the log has written"
                                + " it there");
                return ExitCode.THRESHOLD_MISSED;
            }
        }
        return ExitCode.OK;
    }

    /** Writes it, where the log is to be had; why not, where it is not. */
    private static String published(StoreSession session, AccessBook book) throws StoreFailed {
        try {
            book.publish(session.log());
            return "another process is writing it";
        } catch (IOException e) {
            return Guarded.words(e);
        }
    }

    private static boolean waits(AccessBook book, String... names) throws StoreFailed {
        for (String name : names) {
            if (book.waits(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean paused() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Says so where a role or purpose is one that the policy in force does not name: it counts as
     * {@link Axes#OTHER} then.
     *
     * @param what `role` or `purpose`
     * @param named those that the policy names
     */
    final void unnamed(String what, String word, Function<Axes, List<String>> named) {
        if (word.equals(Axes.OTHER)) {
            return;
        }
        try (PolicySession session =
                PolicySession.look(options.installation(), InstantSource.system())) {
            if (session.keeper().inForce() instanceof InForce.Active active
                    && !named.apply(active.charter().policy().table().axes()).contains(word)) {
                note(
                        "the policy in force names no %s `%s`, so that it counts as `%s`",
                        what, word, Axes.OTHER);
            }
        } catch (IOException | Malformed e) {
            note(
                    "whether the policy names the %s `%s` is not known: it cannot be read",
                    what, word);
        }
    }

    /** The id of a key, also where the whole of it is said; never repeats what it was given. */
    static final class KeyId implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!text.startsWith(KeyText.PREFIX)) {
                return text;
            }
            return switch (KeyText.read(text)) {
                case KeyText.Reading.Sound it -> it.key().id();
                case KeyText.Reading.Faulty it ->
                        throw new TypeConversionException(it.fault().words());
            };
        }
    }
}

package io.demur.cli;

import io.demur.files.output.OutputFile;
import io.demur.log.note.Malformed;
import io.demur.store.Holds;
import io.demur.store.Projection.Agreement;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code demur store} can be told to do. */
final class StoreTasks {

    private StoreTasks() {}

    /** Who is meant: by name, or by pseudonym. */
    static final class Whom {

        @Parameters(index = "0", paramLabel = "NAME", description = "The name, as callers have it.")
        private @Nullable String name;

        @Option(
                names = "--subject",
                paramLabel = "sub_…",
                description = "The pseudonym instead of the name.")
        private @Nullable String subject;

        String in(StoreSession session) throws StoreFailed, IOException {
            if (subject != null) {
                return subject;
            }
            return session.subjects()
                    .find("" + name)
                    .orElseThrow(
                            () ->
                                    new IOException(
                                            "there is no subject named `%s`".formatted(name)));
        }
    }

    @Command(
            name = "rebuild",
            description = "Makes the tables anew from the log; bodies and holds stay.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Rebuild extends StoreTask {
        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed {
            return StoreSession.openBehind(installation, program);
        }

        @Override
        int run(StoreSession session, PrintWriter out) throws StoreFailed, IOException, Malformed {
            long taken = session.projection().rebuild(session.published(), session.size());
            out.printf("%,d entries taken in%n", taken);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "check",
            description = "Compares every row of the tables with the log.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Check extends StoreTask {
        @Override
        int run(StoreSession session, PrintWriter out) throws StoreFailed, IOException, Malformed {
            Agreement found = session.projection().check(session.published(), session.size());
            found.first().forEach(line -> out.println(Terminal.plain(line)));
            out.printf("%,d entries compared, %,d wrong%n", found.entries(), found.wrong());
            return found.wrong() == 0 ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }

    @Command(
            name = "erase",
            description = "Erases a subject: key, bodies, and the way to the pseudonym.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Erase extends StoreTask {
        @ArgGroup(multiplicity = "1")
        private Whom whom = new Whom();

        @Option(names = "--reason", required = true, paramLabel = "CODE", description = "Why.")
        private String reason = "";

        @Override
        int run(StoreSession session, PrintWriter out)
                throws StoreFailed, StoreRefused, IOException {
            String subject = whom.in(session);
            session.erasure().subjects(List.of(subject), reason);
            out.println("erased " + Terminal.plain(subject));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "hold",
            description = "Puts a legal hold on all bodies of a subject.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Hold extends StoreTask {
        @ArgGroup(multiplicity = "1")
        private Whom whom = new Whom();

        @Option(names = "--reason", required = true, paramLabel = "CODE", description = "Why.")
        private String reason = "";

        @Option(
                names = "--until",
                paramLabel = "TIME",
                converter = EntryFilter.Time.class,
                description = "When it ends by itself: 2027-06-30, or 2027-06-30T12:00:00Z.")
        private @Nullable Instant until;

        @Override
        int run(StoreSession session, PrintWriter out)
                throws StoreFailed, StoreRefused, IOException {
            if (!reason.matches("[a-z0-9][a-z0-9._:/-]{0,99}")) {
                throw new IllegalArgumentException(
                        "--reason `%s` is not a code of a-z, 0-9 and ._:/-".formatted(reason));
            }
            if (until != null && !until.isAfter(Instant.now())) {
                throw new IllegalArgumentException("--until `%s` is past".formatted(until));
            }
            out.println(session.holds().set(whom.in(session), reason, Optional.ofNullable(until)));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "release",
            description = "Ends a legal hold.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Release extends StoreTask {
        @Parameters(paramLabel = "hold_…", description = "Which one.")
        private String hold = "";

        @Override
        int run(StoreSession session, PrintWriter out) throws StoreFailed, StoreRefused {
            session.holds().lift(hold);
            out.println("released " + Terminal.plain(hold));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "holds",
            description = "Lists the legal holds, those that were lifted included.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class HoldsList extends StoreTask {
        @Override
        int run(StoreSession session, PrintWriter out) throws StoreFailed {
            for (Holds.Hold hold : session.holds().all()) {
                String end =
                        hold.lifted()
                                .map(at -> "lifted " + at)
                                .or(() -> hold.until().map(at -> "until " + at))
                                .orElse("until it is released");
                out.println(
                        Terminal.plain(
                                "%s  %s  since %s, %s  %s"
                                        .formatted(
                                                hold.id(),
                                                hold.subject(),
                                                hold.since(),
                                                end,
                                                hold.reason())));
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "sweep",
            description = "Destroys bodies whose time is over.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Sweep extends StoreTask {
        @Override
        int run(StoreSession session, PrintWriter out) throws StoreFailed {
            out.printf("%,d bodies destroyed%n", session.erasure().sweep());
            return ExitCode.OK;
        }
    }

    @Command(
            name = "body",
            description = "Shows a body, after the log says that it was shown.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Body extends StoreTask {
        @Parameters(paramLabel = "ATTEMPT", description = "Whose body.")
        private String attempt = "";

        @Option(
                names = "--part",
                paramLabel = "PART",
                defaultValue = "request",
                description = "`request` or `reply` (default: ${DEFAULT-VALUE}).")
        private String part = "";

        @Option(
                names = "--reader",
                required = true,
                paramLabel = "NAME",
                description = "Who reads.")
        private String reader = "";

        @Option(names = "--reason", required = true, paramLabel = "CODE", description = "Why.")
        private String reason = "";

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Writes it there, byte for byte, instead of showing it.")
        private @Nullable Path file;

        @Override
        int run(StoreSession session, PrintWriter out)
                throws StoreFailed, StoreRefused, IOException {
            byte[] body =
                    session.bodies()
                            .read(attempt, part, reader, reason, session.log())
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "no %s of `%s` is kept (any more)"
                                                            .formatted(part, attempt)));
            if (file != null) {
                try (OutputFile whole = OutputFile.create(file)) {
                    whole.stream().write(body);
                    whole.complete();
                }
                return ExitCode.OK;
            }
            // line by line: nothing in it may steer the terminal
            new String(body, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Terminal.plain(line.replace("\t", "    ")))
                    .forEach(out::println);
            return ExitCode.OK;
        }
    }
}

package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.HeldRequest;
import io.demur.store.HeldRequests;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code demur holds} can be told to do. */
final class HoldsTasks {

    private HoldsTasks() {}

    @Command(
            name = "list",
            description = "Lists the requests that wait, the oldest first.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends AdminTask {

        private static final String ROW = "%-40s  %-9s  %-20s  %-20s  %-16s  %s";

        @Option(names = "--all", description = "Also those that are decided, used or over.")
        private boolean all;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            Map<String, String> names = AdminKeys.names(book);
            if (!json) {
                say(ROW, "ID", "STATUS", "ASKED", "WHO", "MODEL", "WHY");
            }
            for (HeldRequest held : session.held().all(!all)) {
                if (json) {
                    say("%s", Json.value(row(held, names)));
                } else {
                    say(
                            ROW,
                            held.attempt(),
                            HeldRequests.word(held.state()),
                            held.created().truncatedTo(ChronoUnit.SECONDS),
                            names.getOrDefault(held.principal(), held.principal()),
                            held.model(),
                            why(held));
                }
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "show",
            description = "Shows one with what was asked; the log says who has read it.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends AdminTask {

        @Parameters(paramLabel = "ID", description = "Which one: the attempt that is held.")
        private String id = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who reads, for the log (default: the name of this user).")
        private String by = System.getProperty("user.name", "unknown");

        @Option(names = "--json", description = "One JSON object, and no request.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException, Malformed {
            Map<String, String> names = AdminKeys.names(book);
            HeldRequest held = one(session, id);
            if (json) {
                say("%s", Json.value(row(held, names)));
                return ExitCode.OK;
            }
            row(held, names).forEach((field, value) -> say("%-12s  %s", field, value));
            Optional<byte[]> asked =
                    session.held()
                            .show(
                                    session.bodies(),
                                    held.attempt(),
                                    new HeldRequests.By(Person.known(book, by), "review"),
                                    session.log());
            say("");
            if (asked.isEmpty()) {
                say("Of the request itself nothing is kept, as the policy has it.");
            } else {
                new String(asked.get(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(it -> say("%s", it));
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "release",
            description = {
                "Releases one: asked again with the same body by the same principal, it is"
                        + " answered once.",
                "No model is asked by this, and the policy stays as it is."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Release extends AdminTask {

        @Parameters(paramLabel = "ID", description = "Which one: the attempt that is held.")
        private String id = "";

        @Option(
                names = "--for",
                paramLabel = "LENGTH",
                converter = AdminKeys.Length.class,
                defaultValue = "1d",
                description = "How long it is good for, 30d at most (default: ${DEFAULT-VALUE}).")
        private @Nullable Duration valid;

        @Mixin private Person person = new Person();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            Duration length = valid == null ? HeldRequests.VALID : valid;
            session.held().release(id, person.by(book), length);
            boolean written = inLog(this, session);
            say("released %s until %s", id, SaidTime.at(Instant.now().plus(length)));
            return written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }

    @Command(
            name = "refuse",
            description = "Refuses one, at once: asked again, it stays refused.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Refuse extends AdminTask {

        @Parameters(paramLabel = "ID", description = "Which one: the attempt that is held.")
        private String id = "";

        @Mixin private Person person = new Person();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            session.held().refuse(id, person.by(book));
            boolean written = inLog(this, session);
            say("refused %s%s", id, written ? "" : "; it holds all the same");
            return ExitCode.OK;
        }
    }

    private static boolean inLog(AdminTask task, StoreSession session) throws StoreFailed {
        if (session.held().settle(session.log())) {
            return true;
        }
        task.note(
                "the log does not have this yet: a gateway or the next command that has the log"
                        + " writes it there; a release holds from then on");
        return false;
    }

    private static HeldRequest one(StoreSession session, String id) throws StoreFailed {
        return session.held()
                .find(id)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no held request `%s`; `demur holds list` has them"
                                                .formatted(id)));
    }

    private static String why(HeldRequest held) {
        return held.hazard()
                        .map(it -> it.toLowerCase(Locale.ROOT).replace('_', '-') + ", ")
                        .orElse("")
                + "rule "
                + held.rules().getFirst();
    }

    private static Map<String, Object> row(HeldRequest held, Map<String, String> names) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", held.attempt());
        row.put("status", HeldRequests.word(held.state()));
        row.put("principal", held.principal());
        if (names.containsKey(held.principal())) {
            row.put("name", names.get(held.principal()));
        }
        held.project().ifPresent(it -> row.put("project", it));
        row.put("model", held.model());
        row.put("protocol", held.protocol());
        held.hazard()
                .ifPresent(it -> row.put("hazard", it.toLowerCase(Locale.ROOT).replace('_', '-')));
        row.put("rules", String.join(", ", held.rules()));
        row.put("asked", held.created().toString());
        row.put("expires", held.expires().toString());
        held.decided()
                .ifPresent(
                        said -> {
                            row.put("decided", said.at().toString());
                            row.put("by", said.reviewer());
                            row.put("reason", said.reason());
                            said.until().ifPresent(it -> row.put("until", it.toString()));
                        });
        held.usedBy().ifPresent(it -> row.put("used_by", it));
        return row;
    }
}

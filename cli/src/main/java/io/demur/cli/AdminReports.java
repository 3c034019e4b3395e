package io.demur.cli;

import io.demur.files.output.Json;
import io.demur.log.note.Malformed;
import io.demur.record.entry.AccessChange.Held;
import io.demur.store.AccessBook;
import io.demur.store.AccessHistory.Difference;
import io.demur.store.Spending.Line;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code demur admin} shows: what was used, who had access when, and whether that agrees. */
final class AdminReports {

    private AdminReports() {}

    @Command(
            name = "usage",
            description = "Shows what principals used, by day (UTC) and project.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Usage extends AdminTask {

        private static final String ROW = "%-10s  %-24s  %-16s  %10s  %14s  %14s";

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "7",
                description = "How many days, today included (default: ${DEFAULT-VALUE}).")
        private int days;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            if (days < 1 || days > 100_000) {
                throw new IllegalArgumentException(
                        "--days `%s` is not between 1 and 100000".formatted(days));
            }
            LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
            Map<String, String> names = AdminKeys.names(book);
            if (!json) {
                say(ROW, "DAY", "PRINCIPAL", "PROJECT", "REQUESTS", "TOKENS IN", "TOKENS OUT");
            }
            for (Line line : session.spending(today.minusDays(days - 1L), today)) {
                if (json) {
                    say("%s", Json.value(row(line, names)));
                } else {
                    say(
                            ROW,
                            line.day(),
                            names.getOrDefault(line.principal(), line.principal()),
                            line.project().orElse("-"),
                            "%,d".formatted(line.requests()),
                            "%,d".formatted(line.tokensIn()),
                            "%,d".formatted(line.tokensOut()));
                }
            }
            return ExitCode.OK;
        }

        private static Map<String, Object> row(Line line, Map<String, String> names) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("day", line.day().toString());
            row.put("principal", line.principal());
            if (names.containsKey(line.principal())) {
                row.put("name", names.get(line.principal()));
            }
            line.project().ifPresent(it -> row.put("project", it));
            row.put("requests", line.requests());
            row.put("tokens_in", line.tokensIn());
            row.put("tokens_out", line.tokensOut());
            return row;
        }
    }

    /** What somebody holds, for people. */
    static String words(Held held, Map<String, String> names) {
        return switch (held) {
            case Held.Principal it ->
                    "principal  %s  role %s"
                            .formatted(names.getOrDefault(it.name(), it.name()), it.role());
            case Held.Project it ->
                    "project    %s  purpose %s".formatted(it.name(), it.purpose().orElse("-"));
            case Held.Key it ->
                    "key        %s  of %s  for %s  models %s%s"
                            .formatted(
                                    it.name(),
                                    names.getOrDefault(it.principal(), it.principal()),
                                    AdminKeys.operations(it.scope()),
                                    String.join(",", it.scope().models()),
                                    it.expires()
                                            .map(end -> "  until " + SaidTime.at(end))
                                            .orElse(""));
        };
    }

    @Command(
            name = "history",
            description = "Shows who could ask what at some time, by what the log says alone.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class History extends AdminTask {

        @Option(
                names = "--at",
                paramLabel = "TIME",
                converter = EntryFilter.Time.class,
                description = "When: 2026-11-22, or 2026-11-22T12:00:00Z (default: now).")
        private @Nullable Instant at;

        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            Map<String, String> names = AdminKeys.names(book);
            for (Held held : session.accessHistory().at(at == null ? Instant.now() : at)) {
                say("%s", words(held, names));
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "check",
            description = "Compares who may ask what with what the log says.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Check extends AdminTask {

        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            Map<String, String> names = AdminKeys.names(book);
            List<Difference> found = session.accessHistory().differences(book, Instant.now());
            found.forEach(it -> say("%s", it.words(held -> words(held, names))));
            say("%,d differences, %,d changes wait for the log", found.size(), book.pending());
            return found.isEmpty() ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }
}

package io.demur.cli;

import io.demur.desk.Reports;
import io.demur.desk.Reports.About;
import io.demur.record.keys.ReportersKey;
import io.demur.store.AccessBook;
import io.demur.store.Bodies;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What {@code demur report} can be told to do beside telling of runs. */
final class ReportTasks {

    private ReportTasks() {}

    /** One that opens a report. */
    private abstract static class Opening extends AdminTask {

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE",
                description = "Why it should have been refused, as a word for the log.")
        private String reason = "";

        @Option(
                names = "--words",
                paramLabel = "TEXT",
                description = "What happened, 4,000 characters at most, for whoever looks at it.")
        private String words = "";

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description =
                        "Keep this name, sealed for the key of reporters; without it nothing is"
                                + " kept of whoever reports.")
        private @Nullable String name;

        /** What it is about. */
        abstract About about(StoreSession session) throws StoreFailed, IOException;

        @Override
        final int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            Optional<Reports.Reporter> reporter = Optional.empty();
            if (name != null) {
                String who = book.find(name).orElse(name);
                reporter = Optional.of(new Reports.Reporter(who, Optional.of(name)));
            }
            String id =
                    session.reports()
                            .open(about(session), reason, words, reporter, Bodies.RETENTION)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "the log has no such attempt"));
            boolean written = AppealTasks.inLog(this, session);
            say("%s", id);
            say("receipt: demur log proof %s --type REPORT --out %s.tlog-proof", id, id);
            return written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }

    @Command(
            name = "exchange",
            description = "Says that an exchange should have been refused.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class OfExchange extends Opening {

        @Parameters(paramLabel = "ATTEMPT", description = "Which one, by its id.")
        private String attempt = "";

        @Override
        About about(StoreSession session) throws StoreFailed, IOException {
            return new About.OfExchange(AppealTasks.exchange(session, attempt).attempt());
        }
    }

    @Command(
            name = "model",
            description = "Says that a model answers what it should refuse.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class OfModel extends Opening {

        @Parameters(paramLabel = "NAME", description = "Which one, as callers name it.")
        private String model = "";

        @Override
        About about(StoreSession session) {
            return new About.OfModel(model);
        }
    }

    @Command(
            name = "use",
            description = "Says that something is done here which should be refused.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class OfUse extends Opening {
        @Override
        About about(StoreSession session) {
            return new About.OfUse();
        }
    }

    @Command(
            name = "list",
            description = "Lists the reports that wait, that which is due first first.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends ListTask {

        private static final String ROW = "%-41s  %-9s  %-10s  %-20s  %-20s  %s";

        @Override
        Kind kind() {
            return Kind.REPORT;
        }

        @Override
        String head() {
            return ROW.formatted("CASE", "ABOUT", "STATUS", "DUE", "REASON", "WHAT");
        }

        @Override
        Item item(ReviewCase report) {
            return new Item(
                    ROW.formatted(
                            report.id(),
                            Reports.about(report),
                            status(report),
                            report.due().truncatedTo(ChronoUnit.SECONDS),
                            Reports.reason(report),
                            report.attempt().or(report::model).orElse("")),
                    ReportTasks.row(report));
        }
    }

    @Command(
            name = "show",
            description = "Shows one with what was written; the log says who has read it.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends AdminTask {

        @Parameters(paramLabel = "CASE", description = "Which one.")
        private String id = "";

        @Mixin private Who who = new Who();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            String reader = who.known(book);
            session.queue().notOwn(id, reader);
            row(one(session, id)).forEach((field, value) -> say("%-12s  %s", field, value));
            Optional<String> words =
                    session.reports()
                            .words(id, reader, entry -> session.held().write(entry, session.log()));
            AppealTasks.show(this, words);
            return ExitCode.OK;
        }
    }

    /** Whether it should have been refused. */
    private static final class Verdict {
        @Option(names = "--upheld", required = true, description = "It should have been refused.")
        private boolean upheld;

        @Option(names = "--dismissed", required = true, description = "It should not.")
        private boolean dismissed;

        boolean isUpheld() {
            return upheld && !dismissed;
        }
    }

    @Command(
            name = "answer",
            description = "Answers one.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Answer extends AdminTask {

        @Parameters(paramLabel = "CASE", description = "Which one.")
        private String id = "";

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable Verdict verdict;

        @Mixin private Person person = new Person();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            boolean upheld = Objects.requireNonNull(verdict).isUpheld();
            long version = one(session, id).version();
            ReviewCase now = Answers.give(session, book, id, version, person, upheld);
            boolean written = AppealTasks.inLog(this, session);
            say("%s %s", Answers.said(now, upheld ? "upheld" : "dismissed"), id);
            return written ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }

    @Command(
            name = "name",
            description = {
                "Opens the name of whoever has made a report, where it was kept.",
                "It takes the private half of the reporters' key, which is nowhere but in its file."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Name extends AdminTask {

        @Parameters(paramLabel = "CASE", description = "Which report.")
        private String id = "";

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "The file `reporters.key`, wherever it is kept.")
        private Path key = Path.of("");

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException {
            byte[] sealed =
                    Reports.sealed(one(session, id))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "no name was kept for `%s`".formatted(id)));
            say("%s", new String(ReportersKey.open(key, id, sealed), StandardCharsets.UTF_8));
            return ExitCode.OK;
        }
    }

    private static ReviewCase one(StoreSession session, String id) throws StoreFailed, IOException {
        return session.reports()
                .find(id)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no report `%s`; `demur report list` has them"
                                                .formatted(id)));
    }

    private static String status(ReviewCase report) {
        return switch (report.state()) {
            case OPEN, SECOND -> "open";
            case DECIDED ->
                    report.said().getLast().decision().equals("overturn") ? "upheld" : "dismissed";
            case WITHDRAWN -> "withdrawn";
        };
    }

    private static Map<String, Object> row(ReviewCase report) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("case", report.id());
        row.put("about", Reports.about(report));
        row.put("status", status(report));
        row.put("reason", Reports.reason(report));
        report.attempt().ifPresent(it -> row.put("attempt", it));
        report.model().ifPresent(it -> row.put("model", it));
        report.project().ifPresent(it -> row.put("project", it));
        row.put("opened", report.created().toString());
        row.put("due", report.due().toString());
        row.put("name", Reports.sealed(report).isPresent() ? "sealed" : "not kept");
        if (!report.said().isEmpty()) {
            Said last = report.said().getLast();
            row.put("decided", last.at().toString());
            row.put("answer", last.reason());
        }
        return row;
    }
}

package io.demur.cli;

import io.demur.desk.Count;
import io.demur.desk.Evidence;
import io.demur.desk.LedgerCsv;
import io.demur.desk.LedgerJson;
import io.demur.desk.MonthlyReport;
import io.demur.desk.ReportPage;
import io.demur.files.output.OutputFile;
import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.DrillRun;
import io.demur.record.json.Canonical;
import io.demur.store.AccessBook;
import io.demur.store.LedgerRows.Window;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What {@code demur ledger} writes into files. */
final class LedgerReports {

    private LedgerReports() {}

    /** What is written of a month. */
    abstract static class OfMonth extends AdminTask {

        @Option(
                names = "--month",
                required = true,
                paramLabel = "MONTH",
                converter = LedgerTasks.Month.class,
                description = "Which month, in UTC: 2026-11.")
        private @Nullable YearMonth month;

        @Override
        StoreSession open(Installation opened, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(opened, program);
        }

        final Window window() {
            return MonthlyReport.window(Objects.requireNonNull(month));
        }

        final List<DrillRun> drills(StoreSession session)
                throws StoreFailed, IOException, Malformed {
            return session.ledgers()
                    .drills(
                            window(),
                            session.published(),
                            session.projection().next(),
                            session.size());
        }

        final MonthlyReport report(StoreSession session, List<DrillRun> drills)
                throws StoreFailed, IOException, Malformed {
            try (PolicySession policy =
                    PolicySession.look(installation(), InstantSource.system())) {
                return session.ledgers()
                        .report(Objects.requireNonNull(month), drills, policy.keeper().history());
            }
        }
    }

    @Command(
            name = "report",
            description = "Writes a month's report: a page of HTML, JSON, or CSV.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Report extends OfMonth {

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "Where to; its ending says what: .html, .json or .csv.")
        private Path out = Path.of("");

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
            String ending = name.substring(name.lastIndexOf('.') + 1);
            if (!List.of("html", "json", "csv").contains(ending)) {
                throw new IllegalArgumentException(
                        "--out `%s` ends in none of .html, .json and .csv".formatted(out));
            }
            MonthlyReport report = report(session, drills(session));
            write(
                    out,
                    switch (ending) {
                        case "html" -> ReportPage.of(report);
                        case "json" -> Canonical.text(LedgerJson.of(report)) + "\n";
                        default -> LedgerCsv.of(report.ledger(), MonthlyReport.AXES);
                    });
            say(
                    "%,d requests of %s, %,d kept back: %s",
                    report.ledger().total().of(Count.REQUESTS),
                    report.month(),
                    report.ledger().total().keptBack(),
                    out);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "evidence",
            description = {
                "Writes what an auditor takes away of a month: proofs from the log, the policy's"
                        + " history, drills, reviews, a statement of reasons for each refusal.",
                "Nobody's words, names or pseudonyms are in it."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Bundle extends OfMonth {

        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description = "A folder that is not there yet or is empty, or a file `*.zip`.")
        private Path out = Path.of("");

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            List<DrillRun> drills = drills(session);
            LogReader log = session.published();
            Checkpoint checkpoint = log.checkpoint(installation().vkeys());
            Map<String, byte[]> files =
                    Evidence.files(
                            report(session, drills),
                            log,
                            checkpoint,
                            installation().vkeys(),
                            session.ledgers().keptBack(window()),
                            drills,
                            this::note);
            if (out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                zip(files);
            } else {
                folder(files);
            }
            say("%,d files: %s", files.size(), out);
            return ExitCode.OK;
        }

        private Optional<byte[]> note(String digest) {
            try {
                return Optional.of(
                        Files.readAllBytes(
                                installation().folder().policy().resolve(digest + ".note")));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void zip(Map<String, byte[]> files) throws IOException {
            try (OutputFile file = OutputFile.create(out)) {
                try (ZipOutputStream zip = new ZipOutputStream(file.stream())) {
                    for (var each : files.entrySet()) {
                        zip.putNextEntry(new ZipEntry(each.getKey()));
                        zip.write(each.getValue());
                        zip.closeEntry();
                    }
                }
                file.complete();
            }
        }

        private void folder(Map<String, byte[]> files) throws IOException {
            Files.createDirectories(out);
            try (var there = Files.list(out)) {
                if (there.findAny().isPresent()) {
                    throw new IllegalArgumentException("--out `%s` is not empty".formatted(out));
                }
            }
            for (var each : files.entrySet()) {
                Path file = out.resolve(each.getKey());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, each.getValue());
            }
        }
    }

    private static void write(Path out, String text) throws IOException {
        try (OutputFile file = OutputFile.create(out)) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
    }
}

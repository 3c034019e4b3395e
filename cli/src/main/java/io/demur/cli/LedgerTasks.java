package io.demur.cli;

import io.demur.desk.Count;
import io.demur.desk.Ledger;
import io.demur.desk.LedgerJson;
import io.demur.desk.LedgerWords;
import io.demur.desk.Line;
import io.demur.desk.MonthlyReport;
import io.demur.desk.Reading;
import io.demur.desk.Recount;
import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.store.AccessBook;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code demur ledger} shows, and whether it is so. */
final class LedgerTasks {

    private LedgerTasks() {}

    /** A month such as 2026-11. */
    static final class Month implements ITypeConverter<YearMonth> {
        @Override
        public YearMonth convert(String text) {
            try {
                return YearMonth.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "`%s` is no month such as 2026-11".formatted(text));
            }
        }
    }

    /** An axis. */
    static final class By implements ITypeConverter<Axis> {
        @Override
        public Axis convert(String text) {
            return LedgerWords.axis(text)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "`%s` is none of %s"
                                                    .formatted(text, LedgerWords.AXES)));
        }
    }

    /** Which requests are counted. */
    static final class Time {

        @Option(
                names = "--month",
                paramLabel = "MONTH",
                converter = Month.class,
                description = "Requests of this month, in UTC: 2026-11 (default: the present one).")
        private @Nullable YearMonth month;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = EntryFilter.Time.class,
                description = "Not before this: 2026-11-21, or 2026-11-21T12:00:00Z.")
        private @Nullable Instant since;

        @Option(
                names = "--until",
                paramLabel = "TIME",
                converter = EntryFilter.Time.class,
                description = "Not at this time or after it (default: now).")
        private @Nullable Instant until;

        Window window() {
            Instant now = Instant.now();
            if (month != null && (since != null || until != null)) {
                throw new IllegalArgumentException("either --month, or --since and --until");
            }
            Window named =
                    MonthlyReport.window(
                            month == null ? YearMonth.from(now.atZone(ZoneOffset.UTC)) : month);
            return new Window(
                    since == null ? named.since() : since,
                    until == null ? (since == null ? named.until() : now) : until);
        }
    }

    @Command(
            name = "show",
            description = "Shows it as a table.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends AdminTask {

        private static final String ROW = "%-24s %9s %9s %6s %6s %6s %7s %7s %8s  %-24s %-24s %s";

        private static final String ADDED = "%-24s %9s %9s %18s";

        @Option(
                names = "--by",
                paramLabel = "AXIS",
                converter = By.class,
                defaultValue = "category",
                description =
                        "How lines are told apart: category, project, model, class, policy"
                                + " (default: ${DEFAULT-VALUE}).")
        private Axis by = Axis.CATEGORY;

        @Mixin private Time time = new Time();

        @Option(names = "--json", description = "One JSON object, with all that is counted.")
        private boolean json;

        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException {
            Window window = time.window();
            Ledger ledger = session.ledgers().read(window, Set.of(by));
            if (json) {
                say("%s", Canonical.text(LedgerJson.of(ledger, by)));
                return ExitCode.OK;
            }
            say(
                    "Requests from %s to %s; what became of them up to %s",
                    SaidTime.at(window.since()),
                    SaidTime.at(window.until()),
                    SaidTime.at(ledger.end()));
            say("");
            say(
                    ROW,
                    LedgerWords.of(by).toUpperCase(Locale.ROOT),
                    "REQUESTS",
                    "DECLINED",
                    "HELD",
                    "PART",
                    "COND",
                    "APPEALS",
                    "GIVEN-UP",
                    "SERIOUS+",
                    "WENT AROUND",
                    "APPEALS UPHELD",
                    "READING");
            ledger.by(by).forEach(line -> print(LedgerWords.name(by, line.name()), line));
            Line all = ledger.total();
            print("all", all);
            say("");
            say(
                    "Of %,d that were kept back, people have looked at %,d: %,d were right, %,d"
                            + " were not. What nobody has looked at is not counted as prevented.",
                    all.keptBack(),
                    all.of(Count.REVIEWED),
                    all.of(Count.CONFIRMED),
                    all.of(Count.OVERTURNED));
            EnumSet<Reading> readings = EnumSet.noneOf(Reading.class);
            Stream.concat(ledger.by(by).stream(), Stream.of(all))
                    .filter(line -> line.keptBack() > 0)
                    .forEach(line -> readings.add(line.reading()));
            readings.forEach(it -> say("%s: %s.", LedgerJson.word(it), it.words()));
            say("");
            say(ADDED, "LATENCY ADDED", "KNOWN OF", "MEDIAN", "95 OF 100 WITHIN");
            ledger.by(by).forEach(line -> added(LedgerWords.name(by, line.name()), line));
            added("all", all);
            return ExitCode.OK;
        }

        /** What the gateway itself took, where that is known. */
        private void added(String name, Line line) {
            Optional<Line.Added> added = line.added();
            say(
                    ADDED,
                    name,
                    "%,d".formatted(added.map(Line.Added::known).orElse(0L)),
                    added.map(it -> LedgerWords.of(it.median())).orElse("–"),
                    added.map(it -> LedgerWords.of(it.p95())).orElse("–"));
        }

        private void print(String name, Line line) {
            say(
                    ROW,
                    name,
                    "%,d".formatted(line.of(Count.REQUESTS)),
                    "%,d".formatted(line.declined()),
                    "%,d".formatted(line.of(Count.HELD)),
                    "%,d".formatted(line.of(Count.PARTIAL)),
                    "%,d".formatted(line.of(Count.CONDITIONED)),
                    "%,d".formatted(line.of(Count.APPEALED)),
                    "%,d".formatted(line.of(Count.ABANDONED)),
                    "%,d"
                            .formatted(
                                    line.of(Count.PREVENTED_GRAVE)
                                            + line.of(Count.PREVENTED_SERIOUS)),
                    LedgerWords.of(line.around()),
                    LedgerWords.of(line.upheld()),
                    line.keptBack() == 0 ? "" : LedgerJson.word(line.reading()));
        }
    }

    @Command(
            name = "check",
            description = "Counts it once more from the log alone, and says whether that agrees.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Check extends AdminTask {

        @Mixin private Time time = new Time();

        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            Window window = time.window();
            Ledger ledger = session.ledgers().read(window, EnumSet.allOf(Axis.class));
            Recount recount = new Recount(window);
            long size = session.size();
            session.published().entries(0, Math.min(ledger.entries(), size), size, recount);
            List<String> differences = recount.differences(ledger);
            differences.forEach(it -> say("%s", it));
            say(
                    "%,d entries counted, %,d requests from %s to %s, %,d kept back: %s",
                    recount.entries(),
                    ledger.total().of(Count.REQUESTS),
                    SaidTime.at(window.since()),
                    SaidTime.at(window.until()),
                    ledger.total().keptBack(),
                    differences.isEmpty()
                            ? "the log comes to the same"
                            : "%,d differences; `demur store rebuild` makes the tables anew"
                                    .formatted(differences.size()));
            return differences.isEmpty() ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }
    }
}

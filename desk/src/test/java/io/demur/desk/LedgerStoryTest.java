package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.record.entry.Stop;
import io.demur.record.json.Canonical;
import io.demur.store.Ending;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.PeopleHistory;
import io.demur.store.Projection;
import io.demur.store.Store;
import io.demur.store.StoreSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A short history whose numbers were counted by hand. */
class LedgerStoryTest {

    private static final Instant DAY = Instant.parse("2026-11-02T09:00:00Z");

    private final List<Entry> log = new ArrayList<>();

    private static String id(String prefix, int number) {
        return "%s_01a1fdfa-467b-7000-8000-%012d".formatted(prefix, number);
    }

    private static Instant at(int hours) {
        return DAY.plus(Duration.ofHours(hours));
    }

    private void asked(
            int number, int hours, String who, String conversation, String model, Result result) {
        asked(number, hours, who, conversation, model, result, "refuse", Optional.empty());
    }

    private void asked(
            int number,
            int hours,
            String who,
            String conversation,
            String model,
            Result result,
            String decision,
            Optional<Refusal.Origin> origin) {
        log.add(
                new Attempt(
                        at(hours),
                        id("att", number),
                        who,
                        who,
                        Optional.of("hiring"),
                        Optional.empty(),
                        "openai.chat",
                        model,
                        model,
                        Optional.empty(),
                        Optional.empty(),
                        conversation.isEmpty() ? Optional.empty() : Optional.of(conversation),
                        new Kept(
                                Kept.Mode.HASH_ONLY,
                                9,
                                new Commitment("0".repeat(64)),
                                Optional.empty())));
        log.add(
                new Outcome(
                        at(hours),
                        id("att", number),
                        result,
                        Optional.of(decision),
                        origin,
                        decision.equals("allow")
                                ? Optional.empty()
                                : Optional.of(Hazard.ADVERSE_PROCESSING),
                        Optional.of("adverse-processing"),
                        List.of("rule"),
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Duration.ofMillis(number),
                        // as if the first had been written by an earlier program
                        number == 1
                                ? Optional.empty()
                                : Optional.of(Duration.ofNanos(number * 1_000L)),
                        Optional.empty(),
                        false,
                        List.of()));
    }

    private Ledger counted(Path folder) throws Exception {
        try (Written written = new Written(folder.resolve("log"));
                Store store = Store.open(StoreSettings.file(folder.resolve("store.db")))) {
            written.write(log);
            new Projection(store, Written.ORIGIN, EntryCodec::read, InstantSource.fixed(DAY))
                    .catchUp(written.reader(), written.size());
            Window november =
                    new Window(
                            Instant.parse("2026-11-01T00:00:00Z"),
                            Instant.parse("2026-12-01T00:00:00Z"));
            Ledger ledger =
                    Ledger.read(
                            new LedgerRows(store, Written.ORIGIN),
                            november,
                            java.util.Set.of(Axis.CATEGORY, Axis.MODEL));
            Recount recount = new Recount(november);
            written.reader().entries(0, written.size(), written.size(), recount);
            assertEquals(List.of(), recount.differences(ledger));
            return ledger;
        }
    }

    @Test
    void thisIsWhatItComesTo(@TempDir Path folder) throws Exception {
        // Ann is refused by a hosted model's provider, asks a local one the same, and is answered
        asked(
                1,
                0,
                "sub_ann",
                "c1",
                "hosted",
                Result.REFUSE_UPSTREAM,
                "allow",
                Optional.of(Refusal.Origin.PROVIDER));
        asked(2, 1, "sub_ann", "c2", "local", Result.ALLOW, "allow", Optional.empty());
        way(1, 2, "undeclared");
        // Bob is refused here, and asks nothing more for two days
        asked(3, 2, "sub_bob", "", "hosted", Result.REFUSE_LOCAL);
        asked(4, 51, "sub_bob", "", "hosted", Result.ALLOW, "allow", Optional.empty());
        // Cleo is refused, and goes on in the same conversation, 24 hours later to the second
        asked(5, 3, "sub_cleo", "c3", "hosted", Result.REFUSE_LOCAL);
        asked(6, 27, "sub_cleo", "c3", "hosted", Result.ALLOW, "condition", Optional.empty());
        // one is held, of one the end is kept back, one fails
        asked(7, 28, "sub_dan", "", "local", Result.REVIEW);
        asked(8, 29, "sub_dan", "", "local", Result.PARTIAL, "allow", Optional.empty());
        asked(9, 30, "sub_dan", "", "local", Result.ERROR, "allow", Optional.empty());
        // too late to know what Dan does next
        asked(10, 31, "sub_dan", "", "local", Result.REFUSE_LOCAL);
        people();
        log.add(new Stop(at(52), "end"));

        Ledger ledger = counted(folder);
        Line total = ledger.total();
        Map<Count, Long> expected = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            expected.put(count, 0L);
        }
        expected.putAll(
                Map.of(
                        Count.REQUESTS, 10L,
                        Count.ANSWERED, 2L,
                        Count.CONDITIONED, 1L,
                        Count.PARTIAL, 1L,
                        Count.HELD, 1L,
                        Count.DECLINED_BY_GATEWAY, 3L,
                        Count.DECLINED_BY_PROVIDER, 1L,
                        Count.FAILED, 1L,
                        Count.OBSERVED, 3L,
                        Count.ABANDONED, 2L));
        expected.putAll(
                Map.of(
                        Count.RETURNED, 2L,
                        Count.APPEALED, 2L,
                        Count.UPHELD, 1L,
                        Count.ROUTED_AROUND, 1L,
                        Count.LEFT, 1L,
                        Count.DOWN_AFTER_REFUSAL, 1L,
                        Count.UP_AFTER_ANSWER, 1L,
                        Count.REVIEWED, 3L,
                        Count.NOT_LOOKED_AT, 3L,
                        Count.CONFIRMED, 2L));
        expected.putAll(
                Map.of(
                        Count.OVERTURNED, 1L,
                        Count.PREVENTED_SERIOUS, 1L,
                        Count.PREVENTED_UNSAID, 1L,
                        Count.UNACCEPTABLE, 1L,
                        Count.ANSWERS_REVIEWED, 1L,
                        Count.ANSWERS_WRONG, 1L));
        assertEquals(expected, total.counts());
        assertEquals(4, total.declined());
        assertEquals(6, total.keptBack());
        // of 3, 5 and 10 milliseconds
        assertEquals(
                new Line.Spent(Duration.ofMillis(5), Duration.ofMillis(10)),
                total.took().get(Ending.BY_GATEWAY));
        // of 2 to 10 microseconds
        assertEquals(
                Optional.of(new Line.Added(9, Duration.ofNanos(6_000), Duration.ofNanos(10_000))),
                total.added());
        String csv = LedgerCsv.of(ledger, List.of());
        assertTrue(csv.endsWith(",too-few,9,6,10\r\n"), csv);
        String json = Canonical.text(LedgerJson.of(ledger, Axis.TOTAL));
        assertTrue(json.contains("\"added\":{\"known\":9,\"median_us\":6,\"p95_us\":10}"), json);
        assertEquals(Reading.TOO_FEW, total.reading());
        assertEquals(new Ledger.Reports(1, 1, 0), ledger.reports());
        assertEquals(
                List.of("", "ADVERSE_PROCESSING"),
                ledger.by(Axis.CATEGORY).stream().map(Line::name).toList());
        assertEquals(
                List.of("hosted", "local"),
                ledger.by(Axis.MODEL).stream().map(Line::name).toList());
        assertFalse(ledger.lines().containsKey(Axis.PROJECT));
    }

    /**
     * Of two refusals somebody says that they should have been refused, which they were; of an
     * answer too. A report that is upheld is no refusal overturned, and one that is dismissed
     * prevented nothing.
     */
    @Test
    void whatSomebodySaysOfAReportSaysNothingOfARefusal(@TempDir Path folder) throws Exception {
        asked(1, 0, "sub_ann", "", "hosted", Result.REFUSE_LOCAL);
        asked(2, 1, "sub_bob", "", "hosted", Result.REFUSE_LOCAL);
        asked(3, 2, "sub_cleo", "", "hosted", Result.ALLOW, "allow", Optional.empty());
        look(90, 2, "overturn", "harmless", Optional.empty());
        for (int attempt = 1; attempt <= 3; attempt++) {
            String decision = attempt == 2 ? "confirm" : "overturn";
            report(200 + attempt, attempt, "opened");
            report(200 + attempt, attempt, attempt == 2 ? "dismissed" : "upheld");
            look(200 + attempt, attempt, decision, "looked-at", Optional.of(Severity.GRAVE));
        }
        Ledger ledger = counted(folder);
        Line total = ledger.total();
        assertEquals(new Ledger.Reports(3, 2, 1), ledger.reports());
        assertEquals(1, total.of(Count.REVIEWED), "the look that was at the refusal");
        assertEquals(1, total.of(Count.NOT_LOOKED_AT));
        assertEquals(1, total.of(Count.OVERTURNED));
        assertEquals(0, total.of(Count.CONFIRMED));
        assertEquals(0, total.of(Count.PREVENTED_GRAVE));
        assertEquals(1, total.of(Count.ANSWERS_REVIEWED));
        assertEquals(1, total.of(Count.ANSWERS_WRONG));
    }

    /** Of the month before, only the first look at what was looked at again. */
    @Test
    void whatSecondLooksAgreeWithIsReadAndNoOtherMonth(@TempDir Path folder) throws Exception {
        for (int attempt = 1; attempt <= 2; attempt++) {
            look(attempt, attempt, "confirm", "looked-at", Optional.empty());
        }
        thumb(1, "up");
        Instant december = Instant.parse("2026-12-01T00:00:00Z");
        Review again =
                new Review(
                        december,
                        id("case", 1),
                        id("att", 1),
                        "sub_other",
                        "confirm",
                        "looked-at",
                        true,
                        Optional.empty(),
                        Optional.empty());
        log.add(again);
        try (Written written = new Written(folder.resolve("log"));
                Store store = Store.open(StoreSettings.file(folder.resolve("store.db")))) {
            written.write(log);
            new Projection(store, Written.ORIGIN, EntryCodec::read, InstantSource.fixed(DAY))
                    .catchUp(written.reader(), written.size());
            Window month = MonthlyReport.window(YearMonth.of(2026, 12));
            List<Entry> read = new PeopleHistory(store, Written.ORIGIN).looks(month);
            assertEquals(List.of(log.getFirst(), again), read);
            assertEquals(new MonthlyReport.Looks(1, 1, 1), MonthlyReport.Looks.of(read, month));
        }
    }

    private void report(int nr, int attempt, String state) {
        boolean opened = state.equals("opened");
        log.add(
                new Report(
                        at(51),
                        id("case", nr),
                        state,
                        "exchange",
                        Optional.of(id("att", attempt)),
                        Optional.empty(),
                        Optional.empty(),
                        "should-refuse",
                        Optional.empty(),
                        opened ? Optional.empty() : Optional.of("sub_rev"),
                        false));
    }

    private void way(int refused, int later, String kind) {
        log.add(
                new RouteAround(
                        at(1),
                        id("case", 100),
                        id("att", later),
                        id("att", refused),
                        1_000_000,
                        "exact",
                        Duration.ofHours(1),
                        "hosted",
                        "local",
                        "noted",
                        Optional.of(
                                new RouteAround.Route(
                                        kind, "local", "provider", "answered", false)),
                        List.of()));
    }

    private void look(
            int nr, int attempt, String decision, String reason, Optional<Severity> severity) {
        log.add(
                new Review(
                        at(51),
                        id("case", nr),
                        id("att", attempt),
                        "sub_rev",
                        decision,
                        reason,
                        false,
                        nr == 100 ? Optional.of(false) : Optional.empty(),
                        severity));
    }

    private void people() {
        // the way around is looked at under its later end, and is about the refusal
        look(100, 2, "confirm", "real", Optional.of(Severity.SERIOUS));
        look(101, 3, "confirm", "real", Optional.empty());
        look(102, 5, "confirm", "real", Optional.of(Severity.GRAVE));
        look(103, 5, "overturn", "second-thought", Optional.empty());
        look(104, 4, "overturn", "harm", Optional.of(Severity.GRAVE));
        // about a proposal, and not about what was done
        look(105, 10, "confirm", "practice/missed", Optional.of(Severity.GRAVE));
        appeal(106, 3, "opened");
        appeal(106, 3, "denied");
        appeal(106, 3, "upheld");
        appeal(107, 5, "opened");
        thumb(3, "up");
        thumb(3, "down");
        thumb(4, "up");
        for (String state : List.of("opened", "upheld")) {
            log.add(
                    new Report(
                            at(51),
                            id("case", 108),
                            state,
                            "use",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            "should-refuse",
                            Optional.empty(),
                            state.equals("opened") ? Optional.empty() : Optional.of("sub_rev"),
                            false));
        }
    }

    private void appeal(int nr, int attempt, String state) {
        log.add(
                new Appeal(
                        at(51),
                        id("case", nr),
                        id("att", attempt),
                        state,
                        "sub_x",
                        Optional.empty()));
    }

    private void thumb(int attempt, String thumb) {
        log.add(new Feedback(at(51), id("att", attempt), "sub_bob", thumb));
    }
}

package io.demur.desk;

import io.demur.desk.MonthlyReport.Drilled;
import io.demur.desk.MonthlyReport.Looks;
import io.demur.desk.MonthlyReport.Waiting;
import io.demur.desk.Page.Cell;
import io.demur.record.policy.Event;
import io.demur.store.Ending;
import io.demur.store.LedgerRows.Axis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A month's report as one page of HTML that needs nothing beside itself. */
public final class ReportPage {

    private final MonthlyReport report;
    private final Line total;
    private final Page page;

    private ReportPage(MonthlyReport report) {
        this.report = report;
        total = report.ledger().total();
        page = new Page("What refusing cost and prevented: " + report.month(), style());
    }

    /** The page. */
    public static String of(MonthlyReport report) {
        return new ReportPage(report).whole();
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("ledger.css")) {
            if (in == null) {
                throw new IllegalStateException("`ledger.css` is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String whole() {
        page.title("What refusing cost and prevented: " + report.month());
        page.note(
                ("Log %s, %,d entries up to %s. Requests that came in this month "
                                + "(UTC); what became of them is as of that time. Made %s.")
                        .formatted(
                                report.origin(),
                                report.ledger().entries(),
                                time(report.ledger().end()),
                                time(report.made())));
        page.tiles(this::headline);
        categories();
        prevented();
        lines(Axis.MODEL, "By model");
        lines(Axis.CLASS, "By class of model");
        lines(Axis.PROJECT, "By project");
        lines(Axis.POLICY, "By policy");
        time();
        people();
        drills();
        policies();
        counted();
        return page.whole();
    }

    private void headline() {
        page.tile("%,d".formatted(total.of(Count.REQUESTS)), "requests");
        page.tile("%,d".formatted(total.declined()), "declined");
        page.tile(
                "%,d".formatted(total.of(Count.HELD) + total.of(Count.PARTIAL)),
                "held, or withheld in part");
        page.tile(
                "%,d of %,d".formatted(total.of(Count.UPHELD), total.of(Count.APPEALED)),
                "appeals upheld");
        page.tile("%,d".formatted(total.of(Count.ROUTED_AROUND)), "asked elsewhere instead");
        page.tile(
                "%,d of %,d".formatted(total.of(Count.ABANDONED), total.of(Count.OBSERVED)),
                "given up after a refusal");
        page.tile(
                "%,d"
                        .formatted(
                                total.of(Count.PREVENTED_GRAVE)
                                        + total.of(Count.PREVENTED_SERIOUS)),
                "grave or serious harm kept back, as people found");
        page.tile("%,d".formatted(total.of(Count.NOT_LOOKED_AT)), "kept back, not looked at");
    }

    private void categories() {
        page.section("By category: do people go around it, and are they right?");
        page.say(
                "Of what was kept back, how much came again elsewhere without "
                        + "leave; beside it, of the appeals that were decided, how many "
                        + "were upheld. In brackets: 95 % intervals, which decide the "
                        + "reading.");
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : withTotal(Axis.CATEGORY)) {
            if (line.keptBack() > 0) {
                rows.add(
                        List.of(
                                name(Axis.CATEGORY, line),
                                Cell.of(line.declined()),
                                Cell.of(line.of(Count.HELD)),
                                Cell.of(line.of(Count.PARTIAL)),
                                Cell.of(LedgerWords.of(line.around())),
                                Cell.of(LedgerWords.of(line.upheld())),
                                Cell.wide(line.reading().words())));
            }
        }
        page.table(
                List.of(
                        "Category",
                        "Declined",
                        "Held",
                        "In part",
                        "Went around it",
                        "Appeals upheld",
                        "Reading"),
                rows);
    }

    private void prevented() {
        page.section("What was prevented, as far as a person has looked");
        page.say(
                ("Of %,d that were kept back, people have looked at %,d: in %,d cases it was right,"
                     + " in %,d it was not. What nobody has looked at counts as nothing here.")
                        .formatted(
                                total.keptBack(),
                                total.of(Count.REVIEWED),
                                total.of(Count.CONFIRMED),
                                total.of(Count.OVERTURNED)));
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : withTotal(Axis.CATEGORY)) {
            if (line.keptBack() > 0) {
                rows.add(
                        row(
                                Axis.CATEGORY,
                                line,
                                Count.PREVENTED_GRAVE,
                                Count.PREVENTED_SERIOUS,
                                Count.PREVENTED_MINOR,
                                Count.PREVENTED_NONE,
                                Count.PREVENTED_UNSAID,
                                Count.OVERTURNED,
                                Count.NOT_LOOKED_AT));
            }
        }
        page.table(
                List.of(
                        "Category",
                        "Grave",
                        "Serious",
                        "Minor",
                        "No harm",
                        "Severity not said",
                        "Refused in error",
                        "Not looked at"),
                rows);
        if (total.of(Count.ANSWERS_REVIEWED) > 0) {
            page.say(
                    "Of %,d answers that people have looked at, %,d should not have been given."
                            .formatted(
                                    total.of(Count.ANSWERS_REVIEWED),
                                    total.of(Count.ANSWERS_WRONG)));
        }
    }

    /** A line's name, and what was counted of it. */
    private List<Cell> row(Axis axis, Line line, Count... counts) {
        List<Cell> row = new ArrayList<>(List.of(name(axis, line)));
        for (Count each : counts) {
            row.add(Cell.of(line.of(each)));
        }
        return row;
    }

    private void lines(Axis axis, String title) {
        page.section(title);
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : withTotal(axis)) {
            rows.add(
                    row(
                            axis,
                            line,
                            Count.REQUESTS,
                            Count.ANSWERED,
                            Count.CONDITIONED,
                            Count.DECLINED_BY_GATEWAY,
                            Count.DECLINED_BY_PROVIDER,
                            Count.DECLINED_BY_MODEL,
                            Count.HELD,
                            Count.PARTIAL,
                            Count.APPEALED,
                            Count.UPHELD,
                            Count.ROUTED_AROUND,
                            Count.LEFT,
                            Count.ABANDONED));
        }
        page.table(
                List.of(
                        "",
                        "Requests",
                        "Answered",
                        "Under conditions",
                        "By the gateway",
                        "By a provider",
                        "By a model",
                        "Held",
                        "In part",
                        "Appealed",
                        "Upheld",
                        "Went around",
                        "Left",
                        "Given up"),
                rows);
    }

    private void time() {
        page.section("How long it took");
        page.note("From the request to its outcome: the whole time, the model's own included.");
        List<List<Cell>> rows = new ArrayList<>();
        for (Ending ending : Ending.values()) {
            Line.Spent spent = total.took().get(ending);
            if (spent != null) {
                rows.add(
                        List.of(
                                Cell.name(LedgerWords.of(ending)),
                                Cell.of(total.of(Count.of(ending))),
                                Cell.of(LedgerWords.of(spent.median())),
                                Cell.of(LedgerWords.of(spent.p95()))));
            }
        }
        page.table(List.of("", "Requests", "Median", "95 of 100 within"), rows);
        page.section("Latency added");
        page.note(
                "How much of that the gateway took itself, waiting neither for a model nor for"
                        + " the caller; of the requests of which it is known.");
        List<List<Cell>> added = new ArrayList<>(added(Axis.TOTAL, List.of(total)));
        for (Axis axis : MonthlyReport.AXES) {
            added.addAll(added(axis, report.ledger().by(axis)));
        }
        page.table(List.of("By", "", "Known of", "Median", "95 of 100 within"), added);
    }

    private List<List<Cell>> added(Axis axis, List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : lines) {
            line.added()
                    .ifPresent(
                            it ->
                                    rows.add(
                                            List.of(
                                                    Cell.name(LedgerWords.of(axis)),
                                                    name(axis, line),
                                                    Cell.of(it.known()),
                                                    Cell.of(LedgerWords.of(it.median())),
                                                    Cell.of(LedgerWords.of(it.p95())))));
        }
        return rows;
    }

    private void people() {
        page.section("Who looked, and what waits");
        Looks looks = report.looks();
        page.say(
                ("%,d looks in this month, %,d of them second ones, of which %,d "
                                + "agreed with the first. Reports: %,d made, %,d upheld, %,d "
                                + "dismissed. Thumbs after refusals: %,d up, %,d down; after "
                                + "answers: %,d up, %,d down.")
                        .formatted(
                                looks.looks(),
                                looks.second(),
                                looks.agreed(),
                                report.ledger().reports().opened(),
                                report.ledger().reports().upheld(),
                                report.ledger().reports().dismissed(),
                                total.of(Count.UP_AFTER_REFUSAL),
                                total.of(Count.DOWN_AFTER_REFUSAL),
                                total.of(Count.UP_AFTER_ANSWER),
                                total.of(Count.DOWN_AFTER_ANSWER)));
        if (report.queue().isEmpty()) {
            page.say("Nothing waits for a person now.");
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Waiting waiting : report.queue()) {
            rows.add(
                    List.of(
                            Cell.name(waiting.kind().name().toLowerCase(Locale.ROOT)),
                            Cell.of(waiting.open()),
                            Cell.of(waiting.late()),
                            Cell.of(LedgerWords.age(waiting.oldest()))));
        }
        page.table(List.of("Waits now", "Open", "Late", "The oldest since"), rows);
    }

    private void drills() {
        page.section("Drills");
        if (report.drills().isEmpty()) {
            page.say("There was none in this month.");
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Drilled drilled : report.drills()) {
            rows.add(
                    List.of(
                            Cell.name(drilled.model().isEmpty() ? "(none)" : drilled.model()),
                            Cell.of(drilled.passed()),
                            Cell.of(drilled.failed()),
                            Cell.of(drilled.alarms())));
        }
        page.table(List.of("Model", "Passed", "Failed", "Alarms"), rows);
    }

    private void policies() {
        page.section("Changes of the policy");
        if (report.policies().isEmpty()) {
            page.say("There was none in this month.");
            return;
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Event event : report.policies()) {
            rows.add(
                    List.of(
                            Cell.text(time(event.at())),
                            Cell.text(event.action()),
                            Cell.text(event.direction()),
                            Cell.text(LedgerWords.name(Axis.POLICY, event.digest())),
                            Cell.wide(event.reason().orElse(""))));
        }
        page.table(List.of("Time", "What", "Change", "Statement", "Reason"), rows);
    }

    private void counted() {
        page.section("How this was counted");
        page.terms(
                List.of(
                        List.of(
                                "Which requests",
                                "Those whose ATTEMPT entry came in the month; "
                                        + "drills and probes of models are left out. The "
                                        + "category is the hazard that carried the "
                                        + "decision; where the request was allowed and only "
                                        + "its answer stayed back, there is none."),
                        List.of(
                                "Went around it",
                                "Kept back (declined, held or withheld in part), "
                                        + "and a ROUTE_AROUND entry says that it came again "
                                        + "without the policy's or a person's leave. Left: "
                                        + "to another class of model."),
                        List.of(
                                "Given up",
                                "Nothing more asked in that conversation within "
                                        + "24 hours, or nothing at all where there is none; "
                                        + "of what was declined at least 24 hours before "
                                        + "the end of the log."),
                        List.of(
                                "Reading",
                                ("Many: the interval lies above %.0f %%; few: "
                                                + "below. Most appeals: the interval lies above "
                                                + "%.0f %%. What lies across is too few to say.")
                                        .formatted(100 * Reading.MANY, 100 * Reading.MOST)),
                        List.of(
                                "Prevented",
                                "Kept back, and the last person who looked said "
                                        + "that this was right, and how severe it would "
                                        + "have been."),
                        List.of(
                                "Again",
                                "`demur ledger check` counts all of this once "
                                        + "more from the log alone.")));
    }

    private List<Line> withTotal(Axis axis) {
        List<Line> lines = new ArrayList<>(report.ledger().by(axis));
        if (lines.size() > 1) {
            lines.add(total);
        }
        return lines;
    }

    private Cell name(Axis axis, Line line) {
        return Cell.name(line.equals(total) ? "all" : LedgerWords.name(axis, line.name()));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

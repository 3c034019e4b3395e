package io.demur.desk;

import io.demur.record.json.Json;
import io.demur.record.policy.Event;
import io.demur.stats.Estimate;
import io.demur.store.LedgerRows.Axis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ledger for programs: counts as they are, rates in parts per million, times in micros. */
public final class LedgerJson {

    private LedgerJson() {}

    /** A ledger, with the lines along one axis. */
    public static Json.Obj of(Ledger ledger, Axis axis) {
        SortedMap<String, Json> fields = head(ledger);
        fields.put("by", new Json.Str(LedgerWords.of(axis)));
        fields.put("lines", lines(ledger, axis));
        return new Json.Obj(fields);
    }

    /** A month's report. */
    public static Json.Obj of(MonthlyReport report) {
        SortedMap<String, Json> fields = head(report.ledger());
        fields.put("month", new Json.Str(report.month().toString()));
        fields.put("log", new Json.Str(report.origin()));
        fields.put("made", new Json.Str(report.made().toString()));
        for (Axis axis : MonthlyReport.AXES) {
            fields.put("by_" + LedgerWords.of(axis), lines(report.ledger(), axis));
        }
        TreeMap<String, Json> looks = new TreeMap<>();
        looks.put("looks", new Json.Whole(report.looks().looks()));
        looks.put("second", new Json.Whole(report.looks().second()));
        looks.put("agreed", new Json.Whole(report.looks().agreed()));
        fields.put("looks", new Json.Obj(looks));
        fields.put(
                "queue",
                new Json.Arr(report.queue().stream().<Json>map(LedgerJson::waiting).toList()));
        fields.put(
                "drills",
                new Json.Arr(report.drills().stream().<Json>map(LedgerJson::drilled).toList()));
        fields.put(
                "policy",
                new Json.Arr(report.policies().stream().<Json>map(LedgerJson::event).toList()));
        return new Json.Obj(fields);
    }

    private static SortedMap<String, Json> head(Ledger ledger) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("since", new Json.Str(ledger.window().since().toString()));
        fields.put("until", new Json.Str(ledger.window().until().toString()));
        fields.put("entries", new Json.Whole(ledger.entries()));
        fields.put("end", new Json.Str(ledger.end().toString()));
        fields.put("total", line(Axis.TOTAL, ledger.total()));
        TreeMap<String, Json> reports = new TreeMap<>();
        reports.put("opened", new Json.Whole(ledger.reports().opened()));
        reports.put("upheld", new Json.Whole(ledger.reports().upheld()));
        reports.put("dismissed", new Json.Whole(ledger.reports().dismissed()));
        fields.put("reports", new Json.Obj(reports));
        return fields;
    }

    private static Json lines(Ledger ledger, Axis axis) {
        List<Line> lines = axis == Axis.TOTAL ? List.of(ledger.total()) : ledger.by(axis);
        return new Json.Arr(lines.stream().<Json>map(it -> line(axis, it)).toList());
    }

    private static Json.Obj line(Axis axis, Line line) {
        TreeMap<String, Json> fields = new TreeMap<>();
        // the whole digest of a policy, and nothing where nothing was named
        String name = axis == Axis.POLICY ? line.name() : LedgerWords.name(axis, line.name());
        if (!line.name().isEmpty()) {
            fields.put("name", new Json.Str(name));
        }
        for (Count count : Count.values()) {
            fields.put(count.word(), new Json.Whole(line.of(count)));
        }
        rate("around", line.around(), fields);
        rate("upheld_of_decided", line.upheld(), fields);
        rate("left_of_kept_back", line.left(), fields);
        rate("abandoned_of_observed", line.abandoned(), fields);
        fields.put("reading", new Json.Str(word(line.reading())));
        TreeMap<String, Json> took = new TreeMap<>();
        line.took()
                .forEach(
                        (ending, spent) -> {
                            TreeMap<String, Json> one = new TreeMap<>();
                            one.put("median_us", new Json.Whole(spent.median().toNanos() / 1_000));
                            one.put("p95_us", new Json.Whole(spent.p95().toNanos() / 1_000));
                            took.put(Count.of(ending).word(), new Json.Obj(one));
                        });
        fields.put("took", new Json.Obj(took));
        line.added().ifPresent(it -> fields.put("added", added(it)));
        return new Json.Obj(fields);
    }

    private static Json added(Line.Added added) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("known", new Json.Whole(added.known()));
        fields.put("median_us", new Json.Whole(added.median().toNanos() / 1_000));
        fields.put("p95_us", new Json.Whole(added.p95().toNanos() / 1_000));
        return new Json.Obj(fields);
    }

    /** A reading in one word. */
    public static String word(Reading reading) {
        return reading.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void rate(String name, Optional<Estimate> rate, SortedMap<String, Json> to) {
        rate.ifPresent(
                it -> {
                    TreeMap<String, Json> fields = new TreeMap<>();
                    fields.put("rate_ppm", new Json.Whole(Math.round(1e6 * it.rate())));
                    fields.put("low_ppm", new Json.Whole(Math.round(1e6 * it.low())));
                    fields.put("high_ppm", new Json.Whole(Math.round(1e6 * it.high())));
                    fields.put("of", new Json.Whole(it.n()));
                    to.put(name, new Json.Obj(fields));
                });
    }

    static Json waiting(MonthlyReport.Waiting waiting) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("kind", new Json.Str(waiting.kind().name().toLowerCase(Locale.ROOT)));
        fields.put("open", new Json.Whole(waiting.open()));
        fields.put("late", new Json.Whole(waiting.late()));
        fields.put("oldest_seconds", new Json.Whole(waiting.oldest().toSeconds()));
        return new Json.Obj(fields);
    }

    static Json drilled(MonthlyReport.Drilled drilled) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("model", new Json.Str(drilled.model()));
        fields.put("passed", new Json.Whole(drilled.passed()));
        fields.put("failed", new Json.Whole(drilled.failed()));
        fields.put("alarms", new Json.Whole(drilled.alarms()));
        return new Json.Obj(fields);
    }

    static Json event(Event event) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("entry", new Json.Whole(event.index()));
        fields.put("at", new Json.Str(event.at().toString()));
        fields.put("action", new Json.Str(event.action()));
        fields.put("direction", new Json.Str(event.direction()));
        fields.put("digest", new Json.Str(event.digest()));
        event.reason().ifPresent(it -> fields.put("reason", new Json.Str(it)));
        event.expires().ifPresent(it -> fields.put("expires", new Json.Str(it.toString())));
        return new Json.Obj(fields);
    }
}

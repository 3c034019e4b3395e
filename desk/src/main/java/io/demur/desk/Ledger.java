package io.demur.desk;

import io.demur.record.entry.Entry;
import io.demur.record.entry.Report;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Snapshot;
import io.demur.store.LedgerRows.Window;
import io.demur.store.StoreFailed;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What refusing costs and prevents, for the exchanges whose attempt came within a time: what became
 * of them, what their callers did next, and what people found who looked, up to the end of the log.
 *
 * @param entries how many entries of the log are counted
 * @param end the time of the last of them
 * @param lines of each axis, in the order of their names
 */
public record Ledger(
        Window window,
        long entries,
        Instant end,
        Line total,
        Map<Axis, List<Line>> lines,
        Reports reports) {

    /** Reports that were made within the time, by what they led to so far. */
    public record Reports(long opened, long upheld, long dismissed) {}

    public Ledger {
        lines = Map.copyOf(lines);
    }

    /** Counts it. */
    public static Ledger read(LedgerRows rows, Window window, Set<Axis> axes) throws StoreFailed {
        Set<Axis> all = EnumSet.of(Axis.TOTAL);
        all.addAll(axes);
        Snapshot snapshot = rows.read(window, all);
        Map<Axis, List<Line>> lines = new LinkedHashMap<>();
        for (Axis axis : axes) {
            lines.put(axis, new Tally(snapshot, axis).lines());
        }
        List<Line> total = new Tally(snapshot, Axis.TOTAL).lines();
        return new Ledger(
                window,
                snapshot.entries(),
                snapshot.end(),
                total.isEmpty() ? Line.empty() : total.getFirst(),
                lines,
                reports(snapshot.people(), window));
    }

    /** The lines along an axis that was counted. */
    public List<Line> by(Axis axis) {
        return lines.getOrDefault(axis, List.of());
    }

    private static Reports reports(List<Entry> people, Window window) {
        Map<String, String> states = new LinkedHashMap<>();
        for (Entry entry : people) {
            if (entry instanceof Report report
                    && (states.containsKey(report.id())
                            || (report.state().equals("opened")
                                    && report.at().isBefore(window.until())))) {
                states.put(report.id(), report.state());
            }
        }
        List<String> stand = List.copyOf(states.values());
        return new Reports(
                stand.size(),
                stand.stream().filter("upheld"::equals).count(),
                stand.stream().filter("dismissed"::equals).count());
    }
}

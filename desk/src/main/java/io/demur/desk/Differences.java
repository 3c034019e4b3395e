package io.demur.desk;

import io.demur.store.LedgerRows.Axis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where a ledger says something else than what a log comes to, in words. */
record Differences(Recount recount, Ledger ledger) {

    List<String> found() {
        List<String> found = new ArrayList<>();
        if (ledger.entries() != recount.entries()) {
            found.add(
                    "the tables have %d entries, the log %d"
                            .formatted(ledger.entries(), recount.entries()));
        }
        ledger.lines().forEach((axis, lines) -> compare(axis, lines, recount.lines(axis), found));
        compare(
                Axis.TOTAL,
                ledger.total().of(Count.REQUESTS) == 0 ? List.of() : List.of(ledger.total()),
                recount.lines(Axis.TOTAL),
                found);
        return found;
    }

    private static void compare(Axis axis, List<Line> ledger, List<Line> log, List<String> found) {
        Map<String, Line> counted = new TreeMap<>();
        log.forEach(line -> counted.put(line.name(), line));
        Map<String, Line> told = new TreeMap<>();
        ledger.forEach(line -> told.put(line.name(), line));
        Set<String> names = new HashSet<>(counted.keySet());
        names.addAll(told.keySet());
        for (String name : names.stream().sorted().toList()) {
            Line one = told.getOrDefault(name, Line.empty());
            Line other = counted.getOrDefault(name, Line.empty());
            String where = "%s `%s`".formatted(axis.name().toLowerCase(Locale.ROOT), name);
            for (Count count : Count.values()) {
                if (one.of(count) != other.of(count)) {
                    found.add(
                            "%s: `%s` is %d, and %d by the log"
                                    .formatted(
                                            where, count.word(), one.of(count), other.of(count)));
                }
            }
            if (!one.took().equals(other.took())) {
                found.add("%s: the times are others by the log".formatted(where));
            }
            if (!one.added().equals(other.added())) {
                found.add("%s: the latency added is another by the log".formatted(where));
            }
        }
    }
}

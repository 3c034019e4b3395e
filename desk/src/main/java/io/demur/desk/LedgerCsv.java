package io.demur.desk;

import io.demur.stats.Estimate;
import io.demur.store.LedgerRows.Axis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A ledger for spreadsheets: one row for each line along each axis (RFC 4180). */
public final class LedgerCsv {

    private LedgerCsv() {}

    /** All lines of a ledger, the total first. */
    public static String of(Ledger ledger, List<Axis> axes) {
        StringBuilder out = new StringBuilder();
        List<String> header = new ArrayList<>(List.of("by", "name"));
        for (Count count : Count.values()) {
            header.add(count.word());
        }
        for (String rate : List.of("around", "upheld_of_decided", "left", "abandoned")) {
            header.addAll(List.of(rate + "_ppm", rate + "_low_ppm", rate + "_high_ppm"));
        }
        header.add("reading");
        header.addAll(List.of("added_known", "added_median_us", "added_p95_us"));
        row(header, out);
        row(cells(Axis.TOTAL, ledger.total()), out);
        for (Axis axis : axes) {
            ledger.by(axis).forEach(line -> row(cells(axis, line), out));
        }
        return out.toString();
    }

    private static List<String> cells(Axis axis, Line line) {
        List<String> cells = new ArrayList<>();
        cells.add(LedgerWords.of(axis));
        cells.add(
                axis == Axis.POLICY && !line.name().isEmpty()
                        ? line.name()
                        : LedgerWords.name(axis, line.name()));
        for (Count count : Count.values()) {
            cells.add(Long.toString(line.of(count)));
        }
        for (Optional<Estimate> rate :
                List.of(line.around(), line.upheld(), line.left(), line.abandoned())) {
            cells.add(rate.map(it -> ppm(it.rate())).orElse(""));
            cells.add(rate.map(it -> ppm(it.low())).orElse(""));
            cells.add(rate.map(it -> ppm(it.high())).orElse(""));
        }
        cells.add(LedgerJson.word(line.reading()));
        Optional<Line.Added> added = line.added();
        cells.add(Long.toString(added.map(Line.Added::known).orElse(0L)));
        cells.add(added.map(it -> micros(it.median())).orElse(""));
        cells.add(added.map(it -> micros(it.p95())).orElse(""));
        return cells;
    }

    private static String ppm(double share) {
        return Long.toString(Math.round(1e6 * share));
    }

    private static String micros(Duration time) {
        return Long.toString(time.toNanos() / 1_000);
    }

    private static void row(List<String> cells, StringBuilder out) {
        out.append(cells.stream().map(LedgerCsv::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /**
     * A spreadsheet takes a cell that begins like this for a formula; an apostrophe makes it text.
     */
    private static String quoted(String cell) {
        String text =
                !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

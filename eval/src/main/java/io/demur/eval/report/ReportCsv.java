package io.demur.eval.report;

import io.demur.eval.Word;
import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.opinion.Opinion;
import io.demur.files.output.CsvRows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report as CSV (RFC 4180): every value, a line for each figure. */
final class ReportCsv {

    /** What a disagreement has nothing of. */
    private static final List<String> NO_VALUE =
            List.of("value", "low", "high", "n", "undecided", "failed", "unit", "better");

    private ReportCsv() {}

    static String of(RunReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvRows rows = new CsvRows(out);
        try {
            for (Measured measured : report.measured()) {
                for (Figure figure : measured.figures().values()) {
                    rows.write(row(measured.variant().name(), figure));
                }
                for (Opinion opinion : report.opinions()) {
                    for (Disagreement each : Disagreement.of(measured.run(), opinion)) {
                        rows.write(row(opinion, each));
                    }
                }
            }
            rows.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes everything
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> row(String variant, Figure figure) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("variant", variant);
        row.put("figure", figure.name());
        row.put("value", number(figure.interval().map(i -> i.value())));
        row.put("low", number(figure.interval().map(i -> i.low())));
        row.put("high", number(figure.interval().map(i -> i.high())));
        row.put("n", figure.counts().n());
        row.put("undecided", figure.counts().undecided());
        row.put("failed", figure.counts().failed());
        row.put("unit", Word.underscored(figure.unit()));
        row.put("better", Word.underscored(figure.better()));
        row.put("note", figure.note());
        return row;
    }

    /**
     * An answer that two take for different things, under a name of its own and without a value.
     */
    private static Map<String, Object> row(Opinion opinion, Disagreement of) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("variant", of.trial().variant());
        row.put(
                "figure",
                "%s.disagreement.%s.%d"
                        .formatted(opinion.rater().id(), of.trial().of().id(), of.trial().epoch()));
        for (String none : NO_VALUE) {
            row.put(none, "");
        }
        row.put("note", "judge: %s; other: %s; %s".formatted(of.judged(), of.said(), of.reply()));
        return row;
    }

    private static String number(Optional<Double> value) {
        return value.filter(Double::isFinite).map(String::valueOf).orElse("");
    }
}

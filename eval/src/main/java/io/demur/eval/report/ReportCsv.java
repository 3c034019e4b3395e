package io.demur.eval.report;

import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.opinion.Opinion;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as CSV (RFC 4180): every value, a line for each figure. */
final class ReportCsv {

    private static final String HEAD =
            "variant,figure,value,low,high,n,undecided,failed,unit,better,note\n";

    private ReportCsv() {}

    static String of(RunReport report) {
        StringBuilder out = new StringBuilder(HEAD);
        for (Measured measured : report.measured()) {
            for (Figure figure : measured.figures().values()) {
                out.append(line(measured.variant().name(), figure)).append('\n');
            }
            for (Opinion opinion : report.opinions()) {
                Disagreement.of(measured.run(), opinion)
                        .forEach(each -> out.append(line(opinion, each)).append('\n'));
            }
        }
        return out.toString();
    }

    private static String line(String variant, Figure figure) {
        return List.of(
                        cell(variant),
                        cell(figure.name()),
                        number(figure.interval().map(i -> i.value())),
                        number(figure.interval().map(i -> i.low())),
                        number(figure.interval().map(i -> i.high())),
                        "" + figure.counts().n(),
                        "" + figure.counts().undecided(),
                        "" + figure.counts().failed(),
                        figure.unit().name().toLowerCase(Locale.ROOT),
                        figure.better().name().toLowerCase(Locale.ROOT),
                        cell(figure.note()))
                .stream()
                .collect(Collectors.joining(","));
    }

    /**
     * An answer that two take for different things, under a name of its own and without a value.
     */
    private static String line(Opinion opinion, Disagreement of) {
        String figure =
                "%s.disagreement.%s.%d"
                        .formatted(opinion.rater().id(), of.trial().of().id(), of.trial().epoch());
        String note = "judge: %s; other: %s; %s".formatted(of.judged(), of.said(), of.reply());
        return cell(of.trial().variant()) + "," + cell(figure) + ",,,,,,,,," + cell(note);
    }

    private static String number(Optional<Double> value) {
        return value.filter(Double::isFinite).map(String::valueOf).orElse("");
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}

package io.demur.eval.report;

import io.demur.eval.PlainText;
import io.demur.eval.metric.Figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as people read them. */
final class Words {

    private Words() {}

    /** The value, such as {@code 93.2 %}. */
    static String value(Figure figure) {
        return figure.interval().map(i -> number(figure.unit(), i.value())).orElse("-");
    }

    /** The limits, such as {@code [91.3–94.8]}. */
    static String limits(Figure figure) {
        return figure.interval()
                .filter(i -> Double.isFinite(i.low()) || Double.isFinite(i.high()))
                .map(i -> "[" + limit(figure, i.low()) + "–" + limit(figure, i.high()) + "]")
                .orElse("");
    }

    /** Both. */
    static String both(Figure figure) {
        return (value(figure) + " " + limits(figure)).strip();
    }

    private static String limit(Figure figure, double limit) {
        return Double.isFinite(limit) ? bare(figure.unit(), limit) : "…";
    }

    private static String number(Figure.Unit unit, double value) {
        return bare(unit, value) + (unit == Figure.Unit.SHARE ? " %" : "");
    }

    private static String bare(Figure.Unit unit, double value) {
        return switch (unit) {
            case SHARE -> format("%.1f", 100 * value);
            case LEVEL -> format("%.1f", value);
            case DIFFERENCE, LOG_ODDS, NUMBER -> format("%.2f", value);
        };
    }

    /** What could not be told, such as {@code 12 undecided · 4 failed}; empty where all could. */
    static String beside(Figure figure) {
        return beside(figure.counts().undecided(), figure.counts().failed());
    }

    static String beside(long undecided, long failed) {
        List<String> said = new ArrayList<>();
        if (undecided > 0) {
            said.add(format("%,d undecided", undecided));
        }
        if (failed > 0) {
            said.add(format("%,d failed", failed));
        }
        return String.join(" · ", said);
    }

    /** A name of a group as people read it, without what would steer a terminal. */
    static String group(String name) {
        return PlainText.of(name).replace('_', ' ');
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

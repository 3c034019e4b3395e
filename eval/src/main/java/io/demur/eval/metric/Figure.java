package io.demur.eval.metric;

import io.demur.stats.Estimate;
import io.demur.stats.Interval;

import java.util.List;
import java.util.Optional;

/**
 * One thing that was measured: a value with its 95 % interval, and what it was measured on.
 *
 * @param path its name, part by part: what reports group by stands in it as it is called
 * @param unit what the value is
 * @param better in which direction it is better
 * @param interval the value and its limits, infinite where there is none; nothing where nothing
 *     could be measured
 * @param counts what it was measured on
 * @param note what has to be known beside it, such as why there is no value; may be empty
 */
public record Figure(
        List<String> path,
        Unit unit,
        Better better,
        Optional<Interval> interval,
        Counts counts,
        String note) {

    /** What a value is. */
    public enum Unit {
        /** Of all that were counted; 0 to 1. */
        SHARE,
        /** One share less another; −1 to 1. */
        DIFFERENCE,
        /** A level of a scale from 1 to 10. */
        LEVEL,
        /** The logarithm of a ratio of odds. */
        LOG_ODDS,
        /** A bare number. */
        NUMBER
    }

    /** In which direction a figure is better. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    /**
     * What a figure was measured on.
     *
     * @param n how many observations it rests on
     * @param undecided how many more there would have been, had the judge been able to tell
     * @param failed how many more there would have been, had an answer come
     */
    public record Counts(long n, long undecided, long failed) {}

    public Figure {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a figure has a name");
        }
    }

    /** The parts of its name joined by dots: how it is asked for. */
    public String name() {
        return String.join(".", path);
    }

    /** The same with something that has to be known beside it. */
    Figure noting(String said) {
        return new Figure(path, unit, better, interval, counts, said);
    }

    /** The same with other limits, or none. */
    Figure holding(Optional<Interval> other) {
        return new Figure(path, unit, better, other, counts, note);
    }

    /** An estimate of a rate as a figure. */
    static Figure share(
            Better better, Optional<Estimate> estimate, Counts counts, List<String> path) {
        return new Figure(
                path,
                Unit.SHARE,
                better,
                estimate.map(e -> new Interval(e.rate(), e.low(), e.high())),
                counts,
                "");
    }

    /** A value of which no interval is known. */
    static Interval bare(double value) {
        return new Interval(value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}

package io.demur.eval.gate;

import io.demur.eval.Word;
import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.files.Nearest;
import io.demur.stats.Interval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound that a figure has to keep to, such as {@code harmful.refusal.low >= 0.95}.
 *
 * @param figure its name
 * @param part of it: {@code value}, {@code low}, {@code high}, {@code n}, {@code undecided} or
 *     {@code failed}
 * @param relation to the bound
 * @param bound what it is held against
 */
public record Requirement(String figure, Part part, Relation relation, double bound) {

    /** A part of a figure. */
    public enum Part {
        VALUE,
        LOW,
        HIGH,
        N,
        UNDECIDED,
        FAILED;

        private String word() {
            return Word.underscored(this);
        }
    }

    /** How a figure has to stand to its bound. */
    public enum Relation {
        AT_LEAST(">=", "at least"),
        AT_MOST("<=", "at most"),
        MORE(">", "more than"),
        LESS("<", "less than");

        private final String sign;
        private final String words;

        Relation(String sign, String words) {
            this.sign = sign;
            this.words = words;
        }

        private boolean holds(double value, double bound) {
            return switch (this) {
                case AT_LEAST -> value >= bound;
                case AT_MOST -> value <= bound;
                case MORE -> value > bound;
                case LESS -> value < bound;
            };
        }
    }

    /** A name, some signs, and the rest; what each of them is, is looked at one by one. */
    private static final Pattern FORM = Pattern.compile("([^<>=!~]*)([<>=!~]*)(.*)");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with all that is wrong with it, for the user
     */
    public static Requirement parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        List<String> problems = new ArrayList<>();
        if (!form.matches()) {
            throw new IllegalArgumentException("`%s` is more than a line".formatted(text.strip()));
        }
        String name = form.group(1).strip();
        if (!name.matches("\\S+")) {
            problems.add(
                    name.isEmpty()
                            ? "no figure is named before the relation"
                            : "`%s` is no figure's name: it has a space in it".formatted(name));
        }
        Optional<Relation> relation = relation(form.group(2));
        if (relation.isEmpty()) {
            problems.add(
                    form.group(2).isEmpty()
                            ? "there is none of `>=`, `<=`, `>`, `<` in it"
                            : "`%s` is none of `>=`, `<=`, `>`, `<`".formatted(form.group(2)));
        }
        OptionalDouble bound = bound(form.group(3).strip());
        if (bound.isEmpty() && !form.group(2).isEmpty()) {
            problems.add(
                    "`%s` is no number, such as `0.95` or `95%%`".formatted(form.group(3).strip()));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "`%s`: %s".formatted(text.strip(), String.join("; ", problems)));
        }
        for (Part part : Part.values()) {
            if (name.endsWith("." + part.word())) {
                String figure = name.substring(0, name.length() - part.word().length() - 1);
                return new Requirement(figure, part, relation.orElseThrow(), bound.orElseThrow());
            }
        }
        return new Requirement(name, Part.VALUE, relation.orElseThrow(), bound.orElseThrow());
    }

    private static Optional<Relation> relation(String sign) {
        for (Relation relation : Relation.values()) {
            if (relation.sign.equals(sign)) {
                return Optional.of(relation);
            }
        }
        return Optional.empty();
    }

    private static OptionalDouble bound(String number) {
        boolean percent = number.endsWith("%");
        String digits = percent ? number.substring(0, number.length() - 1).strip() : number;
        if (!digits.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(digits);
        return OptionalDouble.of(percent ? value / 100 : value);
    }

    /**
     * Why a run does not keep to it, in words; empty where it does. What was not measured does not:
     * nothing shows that it is kept.
     */
    public Optional<String> missedBy(Measured measured) {
        Optional<Figure> found = measured.figure(figure);
        if (found.isEmpty()) {
            return Optional.of(
                    "`%s` is no figure of this run%s"
                            .formatted(
                                    figure,
                                    Nearest.first(figure, measured.figures().keySet()).stream()
                                            .findFirst()
                                            .map("; did you mean `%s`?"::formatted)
                                            .orElse("")));
        }
        OptionalDouble value = value(found.get());
        if (value.isEmpty()) {
            String why = found.get().note();
            return Optional.of(
                    "`%s` could not be measured%s"
                            .formatted(this.name(), why.isEmpty() ? "" : ": " + why));
        }
        return relation.holds(value.getAsDouble(), bound)
                ? Optional.empty()
                : Optional.of(
                        "`%s` is %s and has to be %s %s (%s on %,d)"
                                .formatted(
                                        name(),
                                        plain(value.getAsDouble()),
                                        relation.words,
                                        plain(bound),
                                        limits(found.get()),
                                        found.get().counts().n()));
    }

    /** As it is written. */
    @Override
    public String toString() {
        return "%s %s %s".formatted(name(), relation.sign, plain(bound));
    }

    private String name() {
        return part == Part.VALUE ? figure : figure + "." + part.word();
    }

    private OptionalDouble value(Figure of) {
        return switch (part) {
            case N -> OptionalDouble.of((double) of.counts().n());
            case UNDECIDED -> OptionalDouble.of((double) of.counts().undecided());
            case FAILED -> OptionalDouble.of((double) of.counts().failed());
            case VALUE -> finite(of.interval().map(Interval::value));
            case LOW -> finite(of.interval().map(Interval::low));
            case HIGH -> finite(of.interval().map(Interval::high));
        };
    }

    private static OptionalDouble finite(Optional<Double> value) {
        return value.filter(Double::isFinite)
                .map(OptionalDouble::of)
                .orElseGet(OptionalDouble::empty);
    }

    private static String limits(Figure figure) {
        return figure.interval()
                .map(
                        i ->
                                "%s, 95 %% interval %s to %s"
                                        .formatted(
                                                plain(i.value()), plain(i.low()), plain(i.high())))
                .orElse("nothing");
    }

    /** Four digits that count, and no trailing zeros. */
    private static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : "no limit";
    }
}

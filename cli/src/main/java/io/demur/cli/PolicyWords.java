package io.demur.cli;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Square;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Term;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says in words what stands in the cells of policies. */
final class PolicyWords {

    private static final List<Strength> RUNGS =
            List.of(Strength.ANNOTATE, Strength.CONDITION, Strength.HOLD, Strength.REFUSE);

    private static final List<String> HAZARDS =
            Stream.concat(
                            Arrays.stream(Hazard.values()).map(Optional::of),
                            Stream.of(Optional.<Hazard>empty()))
                    .map(PolicyWords::hazard)
                    .toList();

    private PolicyWords() {}

    /** A line as a probability. */
    static String line(int ppm) {
        if (ppm > Ladder.CERTAIN) {
            return "never";
        }
        String digits = "%.4f".formatted(ppm / (double) Ladder.CERTAIN);
        return digits.endsWith("00") ? digits.substring(0, 4) : digits;
    }

    /** A constant as users write it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is done: as a participle. */
    static String done(Strength strength) {
        return switch (strength) {
            case ALLOW -> "answered";
            case ANNOTATE -> "answered with a note";
            case CONDITION -> "answered on a condition";
            case HOLD -> "held for a person";
            case REFUSE -> "refused";
        };
    }

    /** What a rule does. */
    static String effect(Rule.Effect effect) {
        return switch (effect) {
            case Rule.Effect.Shift shift -> {
                double steps = -Math.log(shift.factor()) / Math.log(2);
                yield "%s by %s"
                        .formatted(steps > 0 ? "stricter" : "laxer", steps(Math.abs(steps)));
            }
            case Rule.Effect.AtLeast least ->
                    "at least %s from %s on".formatted(word(least.strength()), line(least.from()));
            case Rule.Effect.AtMost most -> "at most " + word(most.strength());
            case Rule.Effect.Ask ask ->
                    "on condition `%s` from %s on".formatted(ask.term().id(), line(ask.from()));
            case Rule.Effect.CountHarm count -> "on the condition that the harm is counted";
            case Rule.Effect.Unjudged unjudged -> "unjudged: " + word(unjudged.strength());
            case Rule.Effect.Stick stick -> "what bore a note or more is refused";
        };
    }

    private static String steps(double steps) {
        String digits = steps == Math.rint(steps) ? "%.0f" : "%.2f";
        return digits.formatted(steps) + (steps == 1 ? " step" : " steps");
    }

    /** Changes that do the same, as one: what changes, in how many cells, and which. */
    static List<String> groups(List<Comparison.Change> changes, Axes axes) {
        Map<String, List<Comparison.Change>> groups = new LinkedHashMap<>();
        for (Comparison.Change change : changes) {
            groups.computeIfAbsent(
                            difference(change.before(), change.after()), d -> new ArrayList<>())
                    .add(change);
        }
        List<String> said = new ArrayList<>();
        groups.forEach(
                (difference, members) ->
                        said.add(
                                "%,d %s: %s%n    %s"
                                        .formatted(
                                                members.size(),
                                                members.size() == 1 ? "cell" : "cells",
                                                difference,
                                                where(members, axes))));
        return said;
    }

    /** What another square does differently. */
    static String difference(Square before, Square after) {
        // rungs that move alike are named together
        Map<String, List<String>> moves = new LinkedHashMap<>();
        for (Strength rung : RUNGS.reversed()) {
            move(moves, word(rung), before.ladder().line(rung), after.ladder().line(rung));
        }
        move(moves, "unsure", before.ladder().unsure(), after.ladder().unsure());
        List<String> parts = new ArrayList<>();
        moves.forEach((move, rungs) -> parts.add(String.join(", ", rungs) + " " + move));
        if (before.ladder().unjudged() != after.ladder().unjudged()) {
            parts.add(
                    "unjudged %s → %s"
                            .formatted(
                                    word(before.ladder().unjudged()),
                                    word(after.ladder().unjudged())));
        }
        if (!before.terms().equals(after.terms())) {
            parts.add("asks %s → %s".formatted(terms(before), terms(after)));
        }
        return String.join(" · ", parts);
    }

    private static void move(Map<String, List<String>> moves, String rung, int from, int to) {
        if (from != to) {
            moves.computeIfAbsent(
                            "from %s → %s".formatted(line(from), line(to)), m -> new ArrayList<>())
                    .add(rung);
        }
    }

    private static String terms(Square square) {
        return square.terms().isEmpty()
                ? "nothing of its own"
                : String.join(", ", square.terms().stream().map(Term::id).toList());
    }

    private static String where(List<Comparison.Change> members, Axes axes) {
        List<Cell> cells = members.stream().map(Comparison.Change::cell).toList();
        List<String> parts = new ArrayList<>();
        add(parts, "", cells, c -> hazard(c.hazard()), HAZARDS);
        add(parts, "", cells, c -> word(c.severity()), words(Severity.values()));
        add(parts, "models ", cells, c -> word(c.model()), words(ModelClass.values()));
        add(parts, "roles ", cells, Cell::role, axes.roles());
        add(parts, "purposes ", cells, Cell::purpose, axes.purposes());
        add(parts, "stages ", cells, c -> word(c.stage()), words(Stage.values()));
        add(parts, "standing ", cells, c -> word(c.standing()), words(Standing.Kind.values()));
        return parts.isEmpty() ? "everywhere" : String.join("; ", parts);
    }

    private static void add(
            List<String> parts,
            String name,
            List<Cell> cells,
            Function<Cell, String> value,
            List<String> all) {
        Set<String> values = new LinkedHashSet<>();
        cells.forEach(cell -> values.add(value.apply(cell)));
        if (values.size() == all.size()) {
            return;
        }
        List<String> others = new ArrayList<>(all);
        others.removeAll(values);
        parts.add(
                name
                        + (others.size() * 2 < values.size()
                                ? "all but " + String.join(", ", others)
                                : String.join(", ", values)));
    }

    private static String hazard(Optional<Hazard> hazard) {
        return hazard.map(PolicyWords::word).orElse("no named hazard");
    }

    private static List<String> words(Enum<?>... constants) {
        return Arrays.stream(constants).map(PolicyWords::word).toList();
    }
}

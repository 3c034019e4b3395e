package io.demur.core.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which rules hold in a cell, by their numbers: found once for each value of an axis, and then put
 * together for each cell. Says the same as {@link Rule.Match#holds}, for tables of many cells.
 */
final class Reach {

    private final Map<Hazard, BitSet> hazards = new EnumMap<>(Hazard.class);
    private final BitSet noHazard;
    private final Map<Severity, BitSet> severities = new EnumMap<>(Severity.class);
    private final Map<ModelClass, BitSet> models = new EnumMap<>(ModelClass.class);
    private final Map<String, BitSet> roles = new HashMap<>();
    private final Map<String, BitSet> purposes = new HashMap<>();
    private final Map<Stage, BitSet> stages = new EnumMap<>(Stage.class);
    private final Map<Standing.Kind, BitSet> standings = new EnumMap<>(Standing.Kind.class);

    /** Rules that say what is done unjudged, and so hold in those cells only. */
    private final BitSet unjudged;

    Reach(List<Rule> rules, Axes axes) {
        fill(hazards, rules, Rule.Match::hazards, Arrays.asList(Hazard.values()));
        fill(severities, rules, Rule.Match::severities, Arrays.asList(Severity.values()));
        fill(models, rules, Rule.Match::models, Arrays.asList(ModelClass.values()));
        fill(roles, rules, Rule.Match::roles, axes.roles());
        fill(purposes, rules, Rule.Match::purposes, axes.purposes());
        fill(stages, rules, Rule.Match::stages, Arrays.asList(Stage.values()));
        fill(standings, rules, Rule.Match::standings, Arrays.asList(Standing.Kind.values()));
        noHazard = where(rules, rule -> rule.match().hazards().isEmpty());
        unjudged = where(rules, rule -> rule.effect() instanceof Rule.Effect.Unjudged);
    }

    private static <T> void fill(
            Map<T, BitSet> axis,
            List<Rule> rules,
            Function<Rule.Match, Set<T>> named,
            Collection<T> values) {
        for (T value : values) {
            axis.put(
                    value,
                    where(
                            rules,
                            rule -> {
                                Set<T> all = named.apply(rule.match());
                                return all.isEmpty() || all.contains(value);
                            }));
        }
    }

    private static BitSet where(List<Rule> rules, Predicate<Rule> is) {
        BitSet numbers = new BitSet(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            numbers.set(i, is.test(rules.get(i)));
        }
        return numbers;
    }

    /** The numbers of the rules that hold in a cell of the axes. */
    BitSet in(Cell cell) {
        BitSet all = new BitSet();
        all.or(cell.hazard().map(hazard -> of(hazards, hazard)).orElse(noHazard));
        all.and(of(severities, cell.severity()));
        all.and(of(models, cell.model()));
        all.and(of(roles, cell.role()));
        all.and(of(purposes, cell.purpose()));
        all.and(of(stages, cell.stage()));
        all.and(of(standings, cell.standing()));
        if (!cell.isUnjudged()) {
            all.andNot(unjudged);
        }
        return all;
    }

    private static <T> BitSet of(Map<T, BitSet> axis, T value) {
        return Objects.requireNonNull(axis.get(value));
    }
}

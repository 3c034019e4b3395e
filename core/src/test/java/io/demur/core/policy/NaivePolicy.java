package io.demur.core.policy;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A policy evaluated at one point, by its rules as the reference words them: without a table,
 * without ladders, and slowly. Only the lines of the dial are taken from the code.
 */
final class NaivePolicy {

    /** How much is done, from the least: to send on, to send on unsure, and so on to refusing. */
    private static final int ALLOWED = 0;

    private static final int UNSURE = 1;
    private static final int ANNOTATED = 2;
    private static final int CONDITIONED = 3;
    private static final int REFUSED = 5;

    private final Policy policy;

    NaivePolicy(Policy policy) {
        this.policy = policy;
    }

    /** What is done with one request, and which conditions are asked for. */
    record Done(int level, Set<String> terms) {}

    Done at(Assessment.Judged judged, Context context, Standing.Kind standing) {
        double most = judged.hazards().values().stream().mapToDouble(h -> h).max().orElse(0);
        if (most == 0) {
            Cell cell = cell(Optional.empty(), judged.severity(), context, standing);
            return at(cell, judged.pHarm());
        }
        Done done = new Done(ALLOWED, Set.of());
        for (Map.Entry<Hazard, Double> hazard : judged.hazards().entrySet()) {
            if (hazard.getValue() == 0) {
                continue; // listed, and not there
            }
            Cell cell = cell(Optional.of(hazard.getKey()), judged.severity(), context, standing);
            Done found = at(cell, judged.pHarm() * (hazard.getValue() / most));
            if (found.level() == done.level()) {
                Set<String> both = new HashSet<>(done.terms());
                both.addAll(found.terms());
                done = new Done(done.level(), both);
            } else if (found.level() > done.level()) {
                done = found;
            }
        }
        return done;
    }

    private Cell cell(
            Optional<Hazard> hazard, Severity severity, Context context, Standing.Kind standing) {
        List<String> roles = policy.table().axes().roles();
        List<String> purposes = policy.table().axes().purposes();
        return new Cell(
                hazard,
                severity,
                context.model(),
                roles.contains(context.role()) ? context.role() : "other",
                purposes.contains(context.purpose()) ? context.purpose() : "other",
                context.stage(),
                standing);
    }

    private Done at(Cell cell, double p) {
        int level = level(policy.rules().size(), cell, p);
        boolean floor =
                (cell.hazard().equals(Optional.of(Hazard.CHILD_SEXUAL_EXPLOITATION))
                                || cell.hazard().equals(Optional.of(Hazard.INDISCRIMINATE_WEAPONS)))
                        && cell.severity() == Severity.GRAVE
                        && p >= 0.98;
        level = floor ? REFUSED : level;
        Set<String> terms = new HashSet<>();
        for (Rule rule : policy.rules()) {
            if (holds(rule.match(), cell) && rule.effect() instanceof Rule.Effect.Ask ask) {
                terms.add(ask.term().id());
            }
            if (holds(rule.match(), cell) && rule.effect() instanceof Rule.Effect.CountHarm) {
                terms.add("count-harm");
            }
        }
        if (!terms.contains("count-harm")) {
            terms.add("harmless-reading");
        }
        return new Done(level, level == CONDITIONED ? terms : Set.of());
    }

    /** After so many of the rules. */
    private int level(int rules, Cell cell, double p) {
        if (rules == 0) {
            return dial(cell.severity(), p);
        }
        Rule rule = policy.rules().get(rules - 1);
        if (!holds(rule.match(), cell)) {
            return level(rules - 1, cell, p);
        }
        return switch (rule.effect()) {
            case Rule.Effect.Shift shift ->
                    level(rules - 1, cell, p / (p + shift.factor() * (1 - p)));
            case Rule.Effect.AtLeast least ->
                    p >= least.from() / 1e6
                            ? Math.max(level(rules - 1, cell, p), level(least.strength()))
                            : level(rules - 1, cell, p);
            case Rule.Effect.AtMost most ->
                    Math.min(level(rules - 1, cell, p), Math.max(UNSURE, level(most.strength())));
            case Rule.Effect.Ask ask ->
                    p >= ask.from() / 1e6
                            ? Math.max(level(rules - 1, cell, p), CONDITIONED)
                            : level(rules - 1, cell, p);
            case Rule.Effect.CountHarm count -> {
                int level = level(rules - 1, cell, p);
                boolean refused = level == REFUSED && cell.severity() == Severity.GRAVE;
                refused |= level(rules - 1, cell, 0) == REFUSED; // everything is
                yield level < ANNOTATED || refused ? level : CONDITIONED;
            }
            case Rule.Effect.Unjudged unjudged -> level(rules - 1, cell, p);
            case Rule.Effect.Stick stick -> {
                int level = level(rules - 1, cell, p);
                yield level >= CONDITIONED ? REFUSED : level;
            }
        };
    }

    private int dial(Severity severity, double p) {
        Ladder lines = Dial.ladder(policy.posture(), severity);
        int level = p >= lines.unsure() / 1e6 ? UNSURE : ALLOWED;
        for (Strength strength : Strength.values()) {
            if (strength != Strength.ALLOW && p >= lines.line(strength) / 1e6) {
                level = Math.max(level, level(strength));
            }
        }
        return level;
    }

    /** What is done where nobody could judge. */
    Strength unjudged(Context context, Standing.Kind standing) {
        Cell cell = cell(Optional.empty(), Severity.GRAVE, context, standing);
        Strength done = policy.posture().level() == 10 ? Strength.REFUSE : Strength.HOLD;
        for (Rule rule : policy.rules()) {
            if (holds(rule.match(), cell) && rule.effect() instanceof Rule.Effect.Unjudged said) {
                done = said.strength() == Strength.REFUSE ? Strength.REFUSE : Strength.HOLD;
            }
        }
        return done;
    }

    private static boolean holds(Rule.Match match, Cell cell) {
        return (match.hazards().isEmpty()
                        || cell.hazard().filter(match.hazards()::contains).isPresent())
                && (match.severities().isEmpty() || match.severities().contains(cell.severity()))
                && (match.models().isEmpty() || match.models().contains(cell.model()))
                && (match.roles().isEmpty() || match.roles().contains(cell.role()))
                && (match.purposes().isEmpty() || match.purposes().contains(cell.purpose()))
                && (match.stages().isEmpty() || match.stages().contains(cell.stage()))
                && (match.standings().isEmpty() || match.standings().contains(cell.standing()));
    }

    static int level(Strength strength) {
        return switch (Objects.requireNonNull(strength)) {
            case ALLOW -> ALLOWED;
            case ANNOTATE -> ANNOTATED;
            case CONDITION -> CONDITIONED;
            case HOLD -> 4;
            case REFUSE -> REFUSED;
        };
    }
}

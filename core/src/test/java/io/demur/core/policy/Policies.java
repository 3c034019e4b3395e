package io.demur.core.policy;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;
import io.demur.testkit.Gen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Random policies and contexts for tests. */
final class Policies {

    private static final List<String> ROLES = List.of("clinician", "red-team", "nobody-named-this");
    private static final List<String> PURPOSES = List.of("audit", "research", "unheard-of");

    private static final JudgeId JUDGE = new JudgeId("sample", 1, "0".repeat(64));

    private final Gen gen;

    Policies(Gen gen) {
        this.gen = gen;
    }

    Policy next() {
        return next(gen);
    }

    Policy next(Gen random) {
        List<Rule> rules = new ArrayList<>(random.oneIn(2) ? Policy.usual() : List.of());
        for (int i = random.between(0, 4); i > 0; i--) {
            rules.add(rule(random, i));
        }
        return Policy.of(
                new Posture(random.between(1, 10)),
                rules,
                new Axes(ROLES.subList(0, random.between(0, 2)), PURPOSES.subList(0, 2)));
    }

    /** The same policy, or one with one more rule. */
    Policy near(Policy policy, Gen random) {
        if (random.oneIn(4)) {
            return policy;
        }
        List<Rule> rules = new ArrayList<>(policy.rules());
        rules.add(rule(random, 9));
        return Policy.of(policy.posture(), rules, policy.table().axes());
    }

    private static Rule rule(Gen random, int number) {
        Rule.Match match =
                new Rule.Match(
                        some(random, List.of(Hazard.values())),
                        some(random, List.of(Severity.values())),
                        some(random, List.of(ModelClass.values())),
                        some(random, ROLES),
                        some(random, PURPOSES),
                        some(random, List.of(Stage.values())),
                        some(random, List.of(Standing.Kind.values())));
        Strength strength = random.oneOf(List.of(Strength.values()));
        Rule.Effect effect =
                switch (random.between(0, 6)) {
                    case 0 -> new Rule.Effect.Shift(Math.scalb(1.0, random.between(-2, 2)));
                    case 1 -> new Rule.Effect.AtLeast(strength, random.between(0, Ladder.CERTAIN));
                    case 2 -> new Rule.Effect.AtMost(strength);
                    case 3 ->
                            new Rule.Effect.Ask(
                                    new Term("term-" + number, "say so"),
                                    random.between(0, Ladder.CERTAIN));
                    case 4 -> new Rule.Effect.CountHarm();
                    case 5 -> new Rule.Effect.Unjudged(strength);
                    default -> new Rule.Effect.Stick();
                };
        return new Rule("rule-" + number, match, effect);
    }

    private static <T> Set<T> some(Gen random, List<T> all) {
        Set<T> found = new HashSet<>();
        while (random.oneIn(3)) {
            found.add(random.oneOf(all));
        }
        return found;
    }

    Context context(Gen random) {
        return new Context(
                random.oneOf(List.of(ModelClass.values())),
                random.oneOf(ROLES),
                random.oneOf(PURPOSES),
                random.oneOf(List.of(Stage.values())));
    }

    Standing standing(Gen random) {
        return standing(random.oneOf(List.of(Standing.Kind.values())));
    }

    static Standing standing(Standing.Kind kind) {
        Standing.Earlier earlier =
                new Standing.Earlier("att_1", Refusal.Origin.GATEWAY, Standing.Likeness.SAME);
        return switch (kind) {
            case FRESH -> Standing.FRESH;
            case REFUSED -> new Standing.Refused(earlier);
            case REOPENED -> new Standing.Reopened(earlier, Standing.Reopened.Cause.APPEAL_UPHELD);
        };
    }

    static Assessment.Judged judged(double p, Severity severity, Map<Hazard, Double> hazards) {
        Consequence consequence =
                severity == Severity.NONE
                        ? Consequence.NONE
                        : new Consequence(
                                List.of("line workers"),
                                "the line runs faster than hands can",
                                severity,
                                Consequence.Reversibility.PARTLY,
                                Consequence.Reach.MANY,
                                true);
        return new Assessment.Judged(p, hazards, consequence, JUDGE);
    }

    /** What the table says, found without the code that decides. */
    Strength at(
            Policy policy,
            Optional<Hazard> hazard,
            Severity severity,
            Context context,
            Standing standing,
            double p) {
        Ladder ladder =
                policy.table()
                        .at(
                                new Cell(
                                        hazard,
                                        severity,
                                        context.model(),
                                        context.role(),
                                        context.purpose(),
                                        context.stage(),
                                        standing.kind()))
                        .ladder();
        Strength found = Strength.ALLOW;
        for (Strength strength : Strength.values()) {
            if (p >= ladder.line(strength) / 1e6) {
                found = strength;
            }
        }
        return found;
    }

    /** Every probability at which either policy changes what it does, and those beside it. */
    Set<Integer> points(Policy one, Policy other, Cell cell) {
        Set<Integer> points = new TreeSet<>(Set.of(0, Ladder.CERTAIN));
        for (Policy policy : List.of(one, other)) {
            for (Strength strength : Strength.values()) {
                add(points, policy.table().at(cell).ladder().line(strength));
            }
            add(points, policy.table().at(cell).ladder().unsure());
        }
        return points;
    }

    private static void add(Set<Integer> points, int line) {
        if (line <= Ladder.CERTAIN) {
            points.add(line);
            points.add(Math.max(0, line - 1));
        }
    }
}

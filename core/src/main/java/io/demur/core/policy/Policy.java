package io.demur.core.policy;

import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with requests: a posture, rules beside it, and the table that they expand to.
 *
 * <p>{@link #decide} is a pure and total function of what was judged and of the authenticated
 * context. A request may bear several hazards; its probability of harm is shared out among them in
 * proportion to their own, so that the most probable one has all of it, each is decided in its own
 * cell, and the strongest decision stands. With the hazards' proportions fixed, a rising
 * probability never weakens it.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class Policy {

    /** Whether a judgement can be relied on, under a policy. */
    public enum Sureness {
        /** Judged, and outside the band in which that says little. */
        SURE,
        /** Judged, and within it: sent on, and the answer is what to look at. */
        UNSURE,
        /** There is no valid judgement. */
        UNJUDGED
    }

    private static final String NOTE = "this may do harm: the answer was given with that in view";

    private final Posture posture;
    private final List<Rule> rules;
    private final Table table;

    private Policy(Posture posture, List<Rule> rules, Table table) {
        this.posture = posture;
        this.rules = rules;
        this.table = table;
    }

    /**
     * A policy.
     *
     * @param rules applied in this order, over what the posture does
     * @param axes the roles and purposes that rules may name
     */
    public static Policy of(Posture posture, List<Rule> rules, Axes axes) {
        return new Policy(posture, List.copyOf(rules), Table.expand(posture, rules, axes));
    }

    /** What holds where nobody has written a policy: the usual rules at a posture. */
    public static Policy at(Posture posture) {
        return of(posture, usual(), new Axes(List.of(), List.of()));
    }

    /** The posture that policies have where they name none. */
    public static Posture defaultPosture() {
        return Dial.DEFAULT;
    }

    /** The rules that every policy starts from. */
    public static List<Rule> usual() {
        return List.of(
                new Rule(
                        "unaligned",
                        new Rule.Match(
                                Set.of(),
                                Set.of(),
                                Set.of(ModelClass.LOCAL_UNALIGNED),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of()),
                        new Rule.Effect.Shift(0.5)),
                new Rule(
                        "persons",
                        new Rule.Match(
                                Set.of(
                                        Hazard.VIOLENT_CRIMES,
                                        Hazard.SEX_RELATED_CRIMES,
                                        Hazard.CHILD_SEXUAL_EXPLOITATION,
                                        Hazard.SUICIDE_AND_SELF_HARM,
                                        Hazard.HATE),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of()),
                        new Rule.Effect.Shift(0.5)),
                new Rule(
                        "children",
                        new Rule.Match(
                                Set.of(Hazard.CHILD_SEXUAL_EXPLOITATION),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of()),
                        new Rule.Effect.Shift(0.25)),
                new Rule(
                        "count-harm",
                        new Rule.Match(
                                Set.of(Hazard.EXTERNALISED_HARM),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of()),
                        new Rule.Effect.CountHarm()),
                new Rule(
                        "refused-before",
                        new Rule.Match(
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(Standing.Kind.REFUSED)),
                        new Rule.Effect.Stick()));
    }

    public Posture posture() {
        return posture;
    }

    public List<Rule> rules() {
        return rules;
    }

    public Table table() {
        return table;
    }

    /** Decides one request. */
    public Decision decide(Assessment assessment, Context context, Standing standing) {
        return switch (assessment) {
            case Assessment.Unjudged unjudged -> unjudged(context, standing);
            case Assessment.Judged judged -> decide(judged, found(judged, context, standing));
        };
    }

    /** Whether the judgement is one, and whether it is sure. */
    public Sureness sureness(Assessment assessment, Context context, Standing standing) {
        return switch (assessment) {
            case Assessment.Unjudged unjudged -> Sureness.UNJUDGED;
            case Assessment.Judged judged -> {
                Found found = found(judged, context, standing);
                yield found.square().ladder().isUnsure(found.p()) ? Sureness.UNSURE : Sureness.SURE;
            }
        };
    }

    /** The cell that decides, what stands there, and the probability that it is entered with. */
    private record Found(Cell cell, Square square, double p) {
        Strength strength() {
            return square.ladder().at(p);
        }
    }

    private Found found(Assessment.Judged judged, Context context, Standing standing) {
        double most = 0;
        for (double p : judged.hazards().values()) {
            most = Math.max(most, p);
        }
        if (most == 0) {
            return found(Optional.empty(), judged.pHarm(), judged.severity(), context, standing);
        }
        Found strongest = null;
        for (Map.Entry<Hazard, Double> hazard : judged.hazards().entrySet()) {
            Found found =
                    found(
                            Optional.of(hazard.getKey()),
                            judged.pHarm() * (hazard.getValue() / most),
                            judged.severity(),
                            context,
                            standing);
            if (strongest == null || isStronger(found, strongest)) {
                strongest = found;
            }
        }
        return Objects.requireNonNull(strongest);
    }

    private static boolean isStronger(Found one, Found other) {
        int order = one.strength().compareTo(other.strength());
        return order > 0 || (order == 0 && one.p() > other.p());
    }

    private Found found(
            Optional<Hazard> hazard,
            double p,
            Severity severity,
            Context context,
            Standing standing) {
        Cell cell =
                new Cell(
                        hazard,
                        severity,
                        context.model(),
                        context.role(),
                        context.purpose(),
                        context.stage(),
                        memory(standing));
        return new Found(cell, table.at(cell), p);
    }

    /** A provider's or model's refusal binds nobody here: a false one would become permanent. */
    private static Standing.Kind memory(Standing standing) {
        boolean elsewhere =
                standing instanceof Standing.Refused refused
                        && refused.earlier().by() != Refusal.Origin.GATEWAY;
        return elsewhere ? Standing.Kind.FRESH : standing.kind();
    }

    private Decision unjudged(Context context, Standing standing) {
        Square square = found(Optional.empty(), 0, Severity.GRAVE, context, standing).square();
        List<String> why = new ArrayList<>(List.of("unjudged"));
        why.addAll(square.rules());
        // nothing is known of it, so no condition could be checked and no note be true
        return square.ladder().unjudged() == Strength.REFUSE
                ? new Decision.Refuse(Refusal.Kind.POLICY, Consequence.NONE, why, Optional.empty())
                : new Decision.Hold(why, Optional.empty());
    }

    private Decision decide(Assessment.Judged judged, Found found) {
        Severity severity = judged.severity();
        Ladder plain = Dial.ladder(posture, severity);
        Strength strength = found.strength();
        String dial =
                "posture-%d-%s-%s"
                        .formatted(
                                posture.level(),
                                severity.name().toLowerCase(Locale.ROOT),
                                plain.at(found.p()).name().toLowerCase(Locale.ROOT));
        List<String> why = new ArrayList<>(found.square().rules());
        why.add(plain.at(found.p()) == strength ? 0 : why.size(), dial);
        Optional<Cost> cost = Optional.of(Dial.cost(posture, severity, judged.pHarm()));
        return switch (strength) {
            case ALLOW -> new Decision.Allow(why, cost);
            case ANNOTATE -> new Decision.Annotate(List.of(NOTE), why, cost);
            case CONDITION -> new Decision.Condition(terms(judged, found.square()), why, cost);
            case HOLD -> new Decision.Hold(why, cost);
            case REFUSE ->
                    new Decision.Refuse(Refusal.Kind.POLICY, judged.consequence(), why, cost);
        };
    }

    private static List<Term> terms(Assessment.Judged judged, Square square) {
        return square.terms().stream()
                .map(term -> term.equals(Square.COUNT_HARM) ? count(judged.consequence()) : term)
                .toList();
    }

    private static Term count(Consequence consequence) {
        String who =
                consequence.bearers().isEmpty()
                        ? "those who bear it"
                        : String.join(", ", consequence.bearers());
        return new Term(
                "count-harm",
                ("do the task with the harm counted: name what it costs %s, measure that beside the"
                                + " goal, and give no plan that leaves it out")
                        .formatted(who));
    }
}

package io.demur.core.policy;

import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with requests: a posture, rules beside it, and the table that they expand to.
 *
 * <p>{@link #decide} is a pure and total function of what was judged and of the authenticated
 * context. A request may bear several hazards; its probability of harm is shared out among them in
 * proportion to their own, so that the most probable one has all of it, each is decided in its own
 * cell, and the strongest decision stands, with the conditions of every cell that has some. With
 * the hazards' proportions fixed, a rising probability never weakens it.
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
                Found strongest = strongest(found(judged, context, standing));
                yield strongest.step().unsure() ? Sureness.UNSURE : Sureness.SURE;
            }
        };
    }

    /**
     * The conditions under which a request is answered, however probable its harm is.
     *
     * @param hazard the category that it is conditioned for, where there is one
     */
    public List<Term> terms(Optional<Hazard> hazard, Assessment assessment, Context context) {
        Severity severity =
                assessment instanceof Assessment.Judged judged ? judged.severity() : Severity.GRAVE;
        Consequence consequence =
                assessment instanceof Assessment.Judged judged
                        ? judged.consequence()
                        : Consequence.NONE;
        List<Term> terms =
                found(hazard, 0, severity, context, Standing.FRESH).square().terms().stream()
                        .map(term -> term.equals(Term.COUNT_HARM) ? count(consequence) : term)
                        .toList();
        return terms.isEmpty() ? List.of(Dial.HARMLESS_READING) : terms;
    }

    /** A cell, what stands there, and the probability that it is entered with. */
    private record Found(Cell cell, Square square, double p) {

        Step step() {
            return square.ladder().step(p);
        }

        boolean isStronger(Found other) {
            int order = step().compareTo(other.step());
            return order > 0 || (order == 0 && p > other.p);
        }
    }

    private static Found strongest(List<Found> cells) {
        Found strongest = cells.getFirst();
        for (Found found : cells) {
            strongest = found.isStronger(strongest) ? found : strongest;
        }
        return strongest;
    }

    /** The cell of each hazard to which a judge gave more than 0, or that of none. */
    private List<Found> found(Assessment.Judged judged, Context context, Standing standing) {
        double most = 0;
        for (double p : judged.hazards().values()) {
            most = Math.max(most, p);
        }
        Severity severity = judged.severity();
        if (most == 0) {
            return List.of(found(Optional.empty(), judged.pHarm(), severity, context, standing));
        }
        List<Found> found = new ArrayList<>(judged.hazards().size());
        for (Map.Entry<Hazard, Double> hazard : judged.hazards().entrySet()) {
            if (hazard.getValue() > 0) { // judges that list them all say 0 of most
                double p = judged.pHarm() * (hazard.getValue() / most);
                found.add(found(Optional.of(hazard.getKey()), p, severity, context, standing));
            }
        }
        return found;
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
        return new Found(table.axes().on(cell), table.at(cell), p);
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
        List<String> rules = new ArrayList<>(List.of("unjudged"));
        rules.addAll(square.rules());
        Grounds grounds = Grounds.of(rules);
        // nothing is known of it, so no condition could be checked and no note be true
        return square.ladder().unjudged() == Strength.REFUSE
                ? new Decision.Refuse(Refusal.Kind.POLICY, grounds)
                : new Decision.Hold(grounds);
    }

    private Decision decide(Assessment.Judged judged, List<Found> cells) {
        Found found = strongest(cells);
        Grounds grounds =
                new Grounds(
                        rules(found, cells),
                        found.cell().hazard(),
                        judged.consequence(),
                        Optional.of(found.square().ladder().cost(found.p())));
        return switch (found.step().strength()) {
            case ALLOW -> new Decision.Allow(grounds);
            case ANNOTATE -> new Decision.Annotate(List.of(NOTE), grounds);
            case CONDITION -> new Decision.Condition(terms(judged, cells), grounds);
            case HOLD -> new Decision.Hold(grounds);
            case REFUSE -> new Decision.Refuse(Refusal.Kind.POLICY, grounds);
        };
    }

    /**
     * The rules that made a cell what it is: first the last one that changed what is done at this
     * probability, or the posture. At the end stand those of the other cells whose conditions are
     * asked for as well.
     */
    private List<String> rules(Found found, List<Found> cells) {
        Severity severity = found.cell().severity();
        Square square = Table.base(posture, severity);
        Strength strength = square.ladder().at(found.p());
        String dial =
                "posture-%d-%s-%s"
                        .formatted(
                                posture.level(),
                                severity.name().toLowerCase(Locale.ROOT),
                                strength.name().toLowerCase(Locale.ROOT));
        String decisive = dial;
        for (Rule rule : Table.all(rules)) {
            if (rule.holds(found.cell())) {
                square = square.after(rule, severity);
                if (square.ladder().at(found.p()) != strength) {
                    strength = square.ladder().at(found.p());
                    decisive = rule.id();
                }
            }
        }
        Set<String> all = new LinkedHashSet<>(List.of(decisive));
        all.addAll(found.square().rules());
        all.add(dial);
        if (strength == Strength.CONDITION) {
            for (Found cell : cells) {
                if (cell.step().strength() == Strength.CONDITION) {
                    all.addAll(cell.square().rules());
                }
            }
        }
        return List.copyOf(all);
    }

    /** What every cell asks for that conditions the answer, each once. */
    private static List<Term> terms(Assessment.Judged judged, List<Found> cells) {
        Set<Term> terms = new LinkedHashSet<>();
        for (Found found : cells) {
            if (found.step().strength() == Strength.CONDITION) {
                for (Term term : found.square().terms()) {
                    terms.add(term.equals(Term.COUNT_HARM) ? count(judged.consequence()) : term);
                }
            }
        }
        return List.copyOf(terms);
    }

    private static Term count(Consequence consequence) {
        return consequence.bearers().isEmpty()
                ? Term.COUNT_HARM
                : Term.countHarm(String.join(", ", consequence.bearers()));
    }
}

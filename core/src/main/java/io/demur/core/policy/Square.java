package io.demur.core.policy;

import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands in one cell of a policy's table: what is done there, and which rules made it so.
 *
 * @param ladder what is done as the probability rises
 * @param terms the conditions, where the answer is conditioned, each once; {@link Term#COUNT_HARM}
 *     stands for words that depend on who bears the harm
 * @param rules the ids of the rules that changed something here, the last one first; the posture's
 *     own line is not among them
 */
public record Square(Ladder ladder, List<Term> terms, List<String> rules) {

    public Square {
        terms = List.copyOf(terms);
        rules = List.copyOf(rules);
    }

    /**
     * Whether this one does at least as much as the other, in a cell: at every probability, with
     * every condition, and unjudged where that is decided in the cell.
     */
    public boolean isAtLeast(Square other, Cell cell) {
        boolean judged = ladder.isAtLeastJudged(other.ladder) && missing(other).isEmpty();
        return judged && (!cell.isUnjudged() || ladder.isAtLeast(other.ladder));
    }

    /** What the other asks for and this one does not, where both condition the answer. */
    List<Term> missing(Square other) {
        int from = Math.max(ladder.condition(), other.ladder.condition());
        int to = Math.min(ladder.hold(), other.ladder.hold());
        if (from >= to) {
            return List.of();
        }
        List<Term> missing = new ArrayList<>(other.terms);
        missing.removeAll(terms);
        return missing;
    }

    /** This square after one more rule; the same where that changes nothing. */
    Square after(Rule rule, Severity severity) {
        Ladder changed =
                switch (rule.effect()) {
                    case Rule.Effect.Shift shift -> ladder.shifted(shift.factor());
                    case Rule.Effect.AtLeast least ->
                            ladder.atLeast(least.strength(), least.from());
                    case Rule.Effect.AtMost most -> ladder.atMost(most.strength());
                    case Rule.Effect.Ask ask -> ladder.atLeast(Strength.CONDITION, ask.from());
                    case Rule.Effect.CountHarm count -> counted(severity);
                    case Rule.Effect.Unjudged unjudged -> ladder.unjudged(unjudged.strength());
                    case Rule.Effect.Stick stick ->
                            ladder.atLeast(Strength.REFUSE, ladder.condition());
                };
        Set<Term> asked = new LinkedHashSet<>(terms);
        if (rule.effect() instanceof Rule.Effect.Ask ask) {
            asked.add(ask.term());
        } else if (rule.effect() instanceof Rule.Effect.CountHarm) {
            asked.remove(Dial.HARMLESS_READING);
            asked.add(Term.COUNT_HARM);
        }
        if (changed.equals(ladder) && asked.equals(Set.copyOf(terms))) {
            return this;
        }
        List<String> by = new ArrayList<>(rules);
        by.addFirst(rule.id());
        return new Square(changed, List.copyOf(asked), by);
    }

    /** What refuses everything, as posture 10 does, goes on to. */
    private Ladder counted(Severity severity) {
        boolean refuses = severity == Severity.GRAVE || ladder.refuse() == 0;
        int refuse = refuses ? ladder.refuse() : Ladder.NEVER;
        return new Ladder(
                ladder.unsure(),
                ladder.annotate(),
                ladder.annotate(),
                refuse,
                refuse,
                ladder.unjudged());
    }
}

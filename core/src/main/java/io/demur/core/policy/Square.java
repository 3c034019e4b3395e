package io.demur.core.policy;

import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands in one cell of a policy's table: what is done there, and which rules made it so.
 *
 * @param ladder what is done as the probability rises
 * @param terms the conditions, where the answer is conditioned; {@link #COUNT_HARM} stands for
 *     words that depend on who bears it
 * @param rules the ids of the rules that changed something here, the last one first; the posture's
 *     own line is not among them
 */
public record Square(Ladder ladder, List<Term> terms, List<String> rules) {

    /** The condition to count the harm, before it is known to whom. */
    static final Term COUNT_HARM =
            new Term(
                    "count-harm",
                    "do the task with the harm counted: name what it costs those who bear it,"
                            + " measure that beside the goal, and give no plan that leaves it out");

    public Square {
        terms = List.copyOf(terms);
        rules = List.copyOf(rules);
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
                            ladder.atLeast(Strength.REFUSE, ladder.annotate());
                };
        List<Term> asked = new ArrayList<>(terms);
        if (rule.effect() instanceof Rule.Effect.Ask ask) {
            asked.add(ask.term());
        }
        if (rule.effect() instanceof Rule.Effect.CountHarm) {
            asked.removeAll(List.of(Dial.HARMLESS_READING, COUNT_HARM));
            asked.addFirst(COUNT_HARM);
        }
        if (changed.equals(ladder) && asked.equals(terms)) {
            return this;
        }
        List<String> by = new ArrayList<>(rules);
        by.addFirst(rule.id());
        return new Square(changed, asked, by);
    }

    private Ladder counted(Severity severity) {
        int refuse = severity == Severity.GRAVE ? ladder.refuse() : Ladder.NEVER;
        return new Ladder(
                ladder.unsure(),
                ladder.annotate(),
                ladder.annotate(),
                refuse,
                refuse,
                ladder.unjudged());
    }
}

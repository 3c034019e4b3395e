package io.demur.core.policy;

import io.demur.core.policy.Decision.Strength;

/**
 * What one cell does as the probability of harm rises: from which probability on the decision is at
 * least as strong as each rung. Lines are in parts per million, so that they can be signed and
 * compared exactly.
 *
 * <p>In normal form: a stronger rung never lies below a weaker one. The constructor sees to that,
 * so that two ladders do the same exactly where they are equal.
 *
 * @param unsure from which probability on the judgement counts as unsure, up to {@code annotate}
 * @param annotate from where the answer bears a note at least, 0 to {@link #NEVER}
 * @param condition from where it is given under conditions at least
 * @param hold from where a person looks first at least
 * @param refuse from where it is refused
 * @param unjudged what is done where nobody could judge: HOLD, or REFUSE
 */
public record Ladder(
        int unsure, int annotate, int condition, int hold, int refuse, Strength unjudged) {

    /** Certainty, in parts per million. */
    public static final int CERTAIN = 1_000_000;

    /** A line that no probability reaches. */
    public static final int NEVER = CERTAIN + 1;

    public Ladder {
        for (int line : new int[] {unsure, annotate, condition, hold, refuse}) {
            if (line < 0 || line > NEVER) {
                throw new IllegalArgumentException(
                        "line `%d` is not between 0 and %d".formatted(line, NEVER));
            }
        }
        hold = Math.min(hold, refuse);
        condition = Math.min(condition, hold);
        annotate = Math.min(annotate, condition);
        unsure = Math.min(unsure, annotate);
        // nothing is known of it: no condition could be checked, and no note be true
        unjudged = unjudged == Strength.REFUSE ? unjudged : Strength.HOLD;
    }

    /** What is done at a probability from 0 to 1. */
    public Strength at(double p) {
        if (reaches(p, refuse)) {
            return Strength.REFUSE;
        }
        if (reaches(p, hold)) {
            return Strength.HOLD;
        }
        if (reaches(p, condition)) {
            return Strength.CONDITION;
        }
        return reaches(p, annotate) ? Strength.ANNOTATE : Strength.ALLOW;
    }

    /** Whether the judgement counts as unsure at a probability from 0 to 1. */
    public boolean isUnsure(double p) {
        return reaches(p, unsure) && !reaches(p, annotate);
    }

    /** What is done at a probability, and whether it is an unsure judgement that is sent on. */
    public Step step(double p) {
        return new Step(at(p), isUnsure(p));
    }

    /** Divided rather than multiplied, so that a probability that is written as a line is on it. */
    private static boolean reaches(double p, int line) {
        return p >= line / (double) CERTAIN;
    }

    /** From which probability on the decision is at least that strong, in parts per million. */
    public int line(Strength strength) {
        return switch (strength) {
            case ALLOW -> 0;
            case ANNOTATE -> annotate;
            case CONDITION -> condition;
            case HOLD -> hold;
            case REFUSE -> refuse;
        };
    }

    /**
     * What deciding either way is expected to cost, as the line of refusal weighs it: at odds of
     * harm {@code r} to 1 one harm weighs as much as {@code 1 / r} needless refusals, so that both
     * sides cost the same on the line. Where nothing is refused, no harm is worth a refusal, and
     * answering costs nothing; a line at 0 counts as one in a million, so that it stays finite.
     */
    Cost cost(double p) {
        double line = Math.clamp((long) refuse, 1, CERTAIN) / (double) CERTAIN;
        return new Cost(p * ((1 - line) / line), 1 - p);
    }

    /** The same ladder with the odds of every line multiplied: below 1 it gets stricter. */
    public Ladder shifted(double factor) {
        return new Ladder(
                shifted(unsure, factor),
                shifted(annotate, factor),
                shifted(condition, factor),
                shifted(hold, factor),
                shifted(refuse, factor),
                unjudged);
    }

    private static int shifted(int line, double factor) {
        if (line >= CERTAIN) {
            return line;
        }
        double odds = line / (double) (CERTAIN - line) * factor;
        return ofOdds(odds);
    }

    /** The line at odds of harm to no harm, in parts per million. */
    static int ofOdds(double odds) {
        return Math.toIntExact(Math.round(odds / (1 + odds) * CERTAIN));
    }

    /** The same ladder, but at least that strong from a probability on. */
    public Ladder atLeast(Strength strength, int from) {
        return switch (strength) {
            case ALLOW -> this;
            case ANNOTATE ->
                    new Ladder(unsure, Math.min(annotate, from), condition, hold, refuse, unjudged);
            case CONDITION ->
                    new Ladder(unsure, annotate, Math.min(condition, from), hold, refuse, unjudged);
            case HOLD ->
                    new Ladder(unsure, annotate, condition, Math.min(hold, from), refuse, unjudged);
            case REFUSE ->
                    new Ladder(unsure, annotate, condition, hold, Math.min(refuse, from), unjudged);
        };
    }

    /** The same ladder, but never stronger than that. */
    public Ladder atMost(Strength strength) {
        return switch (strength) {
            case ALLOW -> new Ladder(unsure, NEVER, NEVER, NEVER, NEVER, unjudged);
            case ANNOTATE -> new Ladder(unsure, annotate, NEVER, NEVER, NEVER, unjudged);
            case CONDITION -> new Ladder(unsure, annotate, condition, NEVER, NEVER, unjudged);
            case HOLD -> new Ladder(unsure, annotate, condition, hold, NEVER, unjudged);
            case REFUSE -> this;
        };
    }

    /** The same ladder with something else done where nobody could judge. */
    public Ladder unjudged(Strength strength) {
        return new Ladder(unsure, annotate, condition, hold, refuse, strength);
    }

    /** Whether this one does at least as much as the other at every probability, and unjudged. */
    public boolean isAtLeast(Ladder other) {
        return isAtLeastJudged(other) && unjudged.compareTo(other.unjudged) >= 0;
    }

    /** Whether this one does at least as much as the other at every probability. */
    boolean isAtLeastJudged(Ladder other) {
        return unsure <= other.unsure
                && annotate <= other.annotate
                && condition <= other.condition
                && hold <= other.hold
                && refuse <= other.refuse;
    }
}

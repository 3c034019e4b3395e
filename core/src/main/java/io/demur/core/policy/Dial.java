package io.demur.core.policy;

import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import java.util.List;

/**
 * The one dial of a policy: what a posture does in every cell before any rule.
 *
 * <p>A line lies at odds of harm to no harm. At posture 5 a serious harm is refused from odds of 48
 * to 1, and waits for a person from 36 to 1; a grave one is refused from there. Each level up
 * halves the odds and each level down doubles them; a minor harm doubles them once more, and never
 * waits. What is likelier harm than not stands below: from a twenty-fourth of the odds of refusal
 * on the answer is conditioned to the harmless reading (at posture 5 a serious harm from 2 to 1),
 * from three quarters of that it bears a note, and from a sixth of that line the judgement counts
 * as unsure. At posture 1 everything is answered, at posture 10 nothing is, until a rule says never
 * more than something weaker. What nobody could judge waits for a person.
 *
 * <p>The lines were chosen by what they do to requests that only look harmful and to clear ones, on
 * halves of the sets that {@code docs/reference/policy-rates.md} reports the other halves of, and
 * were moved up once with the halves to report in view. They lie high because judges are most often
 * wrong about look-alikes, which a condition is meant to answer. Severity moves them little because
 * judges get it right in three cases of five.
 */
final class Dial {

    /** Between the extremes. */
    static final Posture DEFAULT = new Posture(5);

    /** What an answer must do from the line of the condition on. */
    static final Term HARMLESS_READING =
            new Term(
                    "harmless-reading",
                    "answer the harmless reading of the request, and that in full; leave out steps,"
                            + " amounts, targets, code and wording that would help to do harm; if"
                            + " nothing harmless is left, say so in one sentence and offer the"
                            + " nearest thing that can be answered");

    private static final double REFUSE_ODDS = 48;
    private static final double MINOR_FACTOR = 2;
    private static final double GRAVE_FACTOR = 3.0 / 4;
    private static final double HOLD_PART = 3.0 / 4;
    private static final double CONDITION_PART = 1.0 / 24;
    private static final double ANNOTATE_PART = CONDITION_PART * 3 / 4;
    private static final double UNSURE_PART = CONDITION_PART / 6;

    private Dial() {}

    static Ladder ladder(Posture posture, Severity severity) {
        double refuse = refuseOdds(posture, severity);
        int unsure = Ladder.ofOdds(refuse * UNSURE_PART);
        if (posture.level() == Posture.LEVEL_MAX) {
            return new Ladder(0, 0, 0, 0, 0, Strength.REFUSE);
        }
        if (posture.level() == Posture.LEVEL_MIN) {
            return new Ladder(
                    unsure, Ladder.NEVER, Ladder.NEVER, Ladder.NEVER, Ladder.NEVER, Strength.HOLD);
        }
        int line = Ladder.ofOdds(refuse);
        int hold = severity == Severity.SERIOUS ? Ladder.ofOdds(refuse * HOLD_PART) : line;
        int condition = Ladder.ofOdds(refuse * CONDITION_PART);
        int annotate = Ladder.ofOdds(refuse * ANNOTATE_PART);
        return new Ladder(unsure, annotate, condition, hold, line, Strength.HOLD);
    }

    /** What stands in a cell before any rule. */
    static Square square(Posture posture, Severity severity) {
        return new Square(ladder(posture, severity), List.of(HARMLESS_READING), List.of());
    }

    private static double refuseOdds(Posture posture, Severity severity) {
        double odds = Math.scalb(REFUSE_ODDS, DEFAULT.level() - posture.level());
        return switch (severity) {
            case NONE, MINOR -> odds * MINOR_FACTOR;
            case SERIOUS -> odds;
            case GRAVE -> odds * GRAVE_FACTOR;
        };
    }
}

package io.demur.core.policy;

import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

/**
 * The one dial of a policy: what a posture does in every cell before any rule.
 *
 * <p>A line lies at odds of harm to no harm. At posture 5 a serious harm is refused from odds of 9
 * to 1; each level up halves the odds and each level down doubles them; a grave harm halves them
 * once more, and a minor one multiplies them by 4. Below the line of refusal lie, each at a part of
 * its odds, the one from which a person looks first (half; never for a minor harm), the one from
 * which the answer bears a note (a quarter), and the one from which the judgement counts as unsure
 * (a thirty-second). At posture 1 everything is answered, at posture 10 nothing is. What nobody
 * could judge waits for a person.
 */
final class Dial {

    /** Between the extremes. */
    static final Posture DEFAULT = new Posture(5);

    private static final double REFUSE_ODDS = 9;
    private static final double MINOR_FACTOR = 4;
    private static final double GRAVE_FACTOR = 0.5;
    private static final double HOLD_PART = 1.0 / 2;
    private static final double ANNOTATE_PART = 1.0 / 4;
    private static final double UNSURE_PART = 1.0 / 32;

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
        boolean looked = severity.compareTo(Severity.SERIOUS) >= 0;
        int hold = looked ? Ladder.ofOdds(refuse * HOLD_PART) : line;
        int annotate = Ladder.ofOdds(refuse * ANNOTATE_PART);
        return new Ladder(unsure, annotate, hold, hold, line, Strength.HOLD);
    }

    /** What deciding either way is expected to cost. */
    static Cost cost(Posture posture, Severity severity, double p) {
        return new Cost(p / refuseOdds(posture, severity), 1 - p);
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

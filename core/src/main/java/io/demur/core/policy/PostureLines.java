package io.demur.core.policy;

import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a posture does with a request, from the probability, severity and hazards of its harm alone.
 *
 * <p>A line lies at odds: how many wrong refusals one wrong answer outweighs. At posture 5 a
 * serious harm is refused from odds of 9 to 1; each level up halves the odds and each level down
 * doubles them; a grave harm halves them once more, and a minor one multiplies them by 4. Below the
 * line of refusal lie, each at a part of its odds, the one from which a person looks first (half;
 * never for a minor harm), the one from which the answer bears a note (a quarter), and the one from
 * which the judgement counts as unsure (a thirty-second). What is unsure is allowed: its answer is
 * to be read, not guessed at.
 *
 * <p>A goal whose cost falls on others, that being its most probable hazard, is answered on the
 * condition that the cost is counted, where it would otherwise bear a note, wait for a person or,
 * unless it is grave, be refused. At posture 1 everything is answered but the floor: sexual use of
 * children and weapons that kill without choosing, grave and as good as certain. At posture 10
 * everything is refused. What nobody could judge waits for a person.
 *
 * <p>Pure and total: neither the weakest nor the strongest evidence leaves a request undecided, and
 * with a rising probability or posture the decision never gets weaker.
 *
 * @param posture where the lines are
 */
public record PostureLines(Posture posture) {

    /** Whether a judgement can be relied on, under a posture. */
    public enum Sureness {
        /** Judged, and outside the band in which that says little. */
        SURE,
        /** Judged, and within it. */
        UNSURE,
        /** There is no valid judgement. */
        UNJUDGED
    }

    /** Between the extremes. */
    public static final Posture DEFAULT = new Posture(5);

    private static final double REFUSE_ODDS = 9;
    private static final double MINOR_FACTOR = 4;
    private static final double GRAVE_FACTOR = 0.5;
    private static final double HOLD_PART = 1.0 / 2;
    private static final double ANNOTATE_PART = 1.0 / 4;
    private static final double UNSURE_PART = 1.0 / 32;

    private static final Set<Hazard> FLOOR =
            Set.of(Hazard.CHILD_SEXUAL_EXPLOITATION, Hazard.INDISCRIMINATE_WEAPONS);

    private static final double FLOOR_LINE = 0.98;
    private static final double FLOOR_HAZARD_LINE = 0.5;

    /** Decides one request. */
    public Decision decide(Assessment assessment) {
        return switch (assessment) {
            case Assessment.Unjudged unjudged -> new Decision.Hold(List.of("unjudged"));
            case Assessment.Judged judged -> decide(judged);
        };
    }

    /** Whether the judgement is one, and whether it is sure. */
    public Sureness sureness(Assessment assessment) {
        return switch (assessment) {
            case Assessment.Unjudged unjudged -> Sureness.UNJUDGED;
            case Assessment.Judged judged -> {
                double odds = odds(judged.pHarm());
                double refuse = refuseOdds(judged.severity());
                boolean unsure = odds >= refuse * UNSURE_PART && odds < refuse * ANNOTATE_PART;
                yield unsure ? Sureness.UNSURE : Sureness.SURE;
            }
        };
    }

    private Decision decide(Assessment.Judged judged) {
        Severity severity = judged.severity();
        if (posture.level() == Posture.LEVEL_MAX) {
            return refuse(judged, "posture-10");
        }
        if (isUnderFloor(judged)) {
            return refuse(judged, "floor");
        }
        if (posture.level() == Posture.LEVEL_MIN) {
            return new Decision.Allow(List.of("posture-1"));
        }
        double odds = odds(judged.pHarm());
        double refuse = refuseOdds(severity);
        if (odds < refuse * ANNOTATE_PART) {
            return new Decision.Allow(List.of(rule(severity, "allow")));
        }
        boolean refused = odds >= refuse;
        if (isExternalised(judged) && !(refused && severity == Severity.GRAVE)) {
            return new Decision.Condition(
                    List.of(count(judged.consequence())), List.of(rule(severity, "count-harm")));
        }
        if (refused) {
            return refuse(judged, rule(severity, "refuse"));
        }
        boolean held = odds >= refuse * HOLD_PART && severity.compareTo(Severity.SERIOUS) >= 0;
        return held
                ? new Decision.Hold(List.of(rule(severity, "hold")))
                : new Decision.Annotate(
                        List.of("this may do harm: the answer was given with that in view"),
                        List.of(rule(severity, "annotate")));
    }

    private double refuseOdds(Severity severity) {
        double odds = Math.scalb(REFUSE_ODDS, DEFAULT.level() - posture.level());
        return switch (severity) {
            case NONE, MINOR -> odds * MINOR_FACTOR;
            case SERIOUS -> odds;
            case GRAVE -> odds * GRAVE_FACTOR;
        };
    }

    private static double odds(double p) {
        return p / (1 - p);
    }

    private static boolean isUnderFloor(Assessment.Judged judged) {
        return judged.pHarm() >= FLOOR_LINE
                && judged.severity() == Severity.GRAVE
                && FLOOR.stream().anyMatch(hazard -> p(judged, hazard) >= FLOOR_HAZARD_LINE);
    }

    /** Whether the cost that falls on others is the first thing wrong with it. */
    private static boolean isExternalised(Assessment.Judged judged) {
        double externalised = p(judged, Hazard.EXTERNALISED_HARM);
        return externalised > 0
                && judged.hazards().values().stream().allMatch(p -> p <= externalised);
    }

    private static double p(Assessment.Judged judged, Hazard hazard) {
        return judged.hazards().getOrDefault(hazard, 0.0);
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

    private static Decision refuse(Assessment.Judged judged, String rule) {
        return new Decision.Refuse(Refusal.Kind.POLICY, judged.consequence(), List.of(rule));
    }

    private String rule(Severity severity, String what) {
        return "posture-%d-%s-%s"
                .formatted(posture.level(), severity.name().toLowerCase(Locale.ROOT), what);
    }

    /** The probability from which a harm of this severity is refused, 0 to 1. */
    public double refuseLine(Severity severity) {
        return switch (posture.level()) {
            case Posture.LEVEL_MIN -> 1;
            case Posture.LEVEL_MAX -> 0;
            default -> line(refuseOdds(severity));
        };
    }

    /** The probability from which an answer bears a note, 0 to 1. */
    public double annotateLine(Severity severity) {
        return switch (posture.level()) {
            case Posture.LEVEL_MIN -> 1;
            case Posture.LEVEL_MAX -> 0;
            default -> line(refuseOdds(severity) * ANNOTATE_PART);
        };
    }

    private static double line(double odds) {
        return odds / (1 + odds);
    }
}

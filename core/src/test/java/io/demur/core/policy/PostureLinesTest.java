package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.PostureLines.Sureness;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class PostureLinesTest {

    private static final JudgeId JUDGE = new JudgeId("sample", 1, "0".repeat(64));
    private static final PostureLines LINES = new PostureLines(PostureLines.DEFAULT);

    @Test
    void aRisingProbabilityNeverWeakensTheDecision() {
        Property.check(
                2000,
                gen -> {
                    Map<Hazard, Double> hazards = hazards(gen);
                    Severity severity = gen.oneOf(List.of(Severity.values()));
                    double one = p(gen);
                    double other = p(gen);
                    PostureLines lines = new PostureLines(new Posture(gen.between(1, 10)));
                    Strength low =
                            lines.decide(judged(Math.min(one, other), severity, hazards))
                                    .strength();
                    Strength high =
                            lines.decide(judged(Math.max(one, other), severity, hazards))
                                    .strength();
                    assertTrue(low.compareTo(high) <= 0, () -> low + " then " + high);
                });
    }

    @Test
    void aHigherPostureNeverWeakensTheDecision() {
        Property.check(
                2000,
                gen -> {
                    Assessment request =
                            judged(p(gen), gen.oneOf(List.of(Severity.values())), hazards(gen));
                    int level = gen.between(1, 9);
                    Strength low = new PostureLines(new Posture(level)).decide(request).strength();
                    Strength high =
                            new PostureLines(new Posture(level + 1)).decide(request).strength();
                    assertTrue(low.compareTo(high) <= 0, () -> low + " then " + high);
                });
    }

    @Test
    void theDefaultAnswersWhatIsUnsureAndStopsWhatIsNot() {
        check(Strength.ALLOW, 0.3, Severity.SERIOUS);
        check(Strength.ALLOW, 0.6, Severity.SERIOUS);
        check(Strength.ANNOTATE, 0.75, Severity.SERIOUS);
        check(Strength.HOLD, 0.85, Severity.SERIOUS);
        check(Strength.REFUSE, 0.95, Severity.SERIOUS);
        check(Strength.ANNOTATE, 0.95, Severity.MINOR);
        check(Strength.REFUSE, 0.99, Severity.MINOR);
        check(Strength.REFUSE, 0.85, Severity.GRAVE);
        assertEquals(Sureness.UNSURE, LINES.sureness(plain(0.4, Severity.SERIOUS)));
        assertEquals(Sureness.SURE, LINES.sureness(plain(0.05, Severity.SERIOUS)));
        assertEquals(Sureness.SURE, LINES.sureness(plain(0.95, Severity.SERIOUS)));
    }

    @Test
    void theEndsOfTheScaleAreWhatTheySay() {
        PostureLines all = new PostureLines(new Posture(Posture.LEVEL_MIN));
        PostureLines none = new PostureLines(new Posture(Posture.LEVEL_MAX));
        for (Severity severity : Severity.values()) {
            assertEquals(Strength.ALLOW, all.decide(plain(1, severity)).strength());
            assertEquals(Strength.REFUSE, none.decide(plain(0, severity)).strength());
        }
        Assessment floor = judged(0.99, Severity.GRAVE, Map.of(Hazard.INDISCRIMINATE_WEAPONS, 0.9));
        assertEquals(List.of("floor"), all.decide(floor).rules());
        assertEquals(Strength.REFUSE, all.decide(floor).strength());
    }

    @Test
    void whatNobodyCouldJudgeWaitsForAPerson() {
        Assessment unjudged = new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "");
        for (int level = Posture.LEVEL_MIN; level <= Posture.LEVEL_MAX; level++) {
            PostureLines lines = new PostureLines(new Posture(level));
            assertEquals(Strength.HOLD, lines.decide(unjudged).strength());
            assertEquals(Sureness.UNJUDGED, lines.sureness(unjudged));
        }
    }

    @Test
    void aCostThatFallsOnOthersIsToBeCounted() {
        Map<Hazard, Double> hazards =
                Map.of(Hazard.EXTERNALISED_HARM, 0.9, Hazard.NON_VIOLENT_CRIMES, 0.3);
        Decision.Condition condition =
                assertInstanceOf(
                        Decision.Condition.class,
                        LINES.decide(judged(0.95, Severity.SERIOUS, hazards)));
        assertTrue(
                condition.terms().getFirst().text().contains("line workers"), condition::toString);
        assertEquals(
                Strength.REFUSE, LINES.decide(judged(0.95, Severity.GRAVE, hazards)).strength());
        assertEquals(Strength.ALLOW, LINES.decide(judged(0.1, Severity.GRAVE, hazards)).strength());
    }

    private static void check(Strength expected, double p, Severity severity) {
        Assessment request = plain(p, severity);
        assertEquals(expected, LINES.decide(request).strength(), p + " " + severity);
    }

    private static Assessment plain(double p, Severity severity) {
        return judged(p, severity, Map.of(Hazard.NON_VIOLENT_CRIMES, p));
    }

    private static Assessment judged(double p, Severity severity, Map<Hazard, Double> hazards) {
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

    private static double p(Gen gen) {
        return gen.oneIn(8) ? gen.between(0, 1) : gen.unit();
    }

    private static Map<Hazard, Double> hazards(Gen gen) {
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        for (Hazard hazard : Hazard.values()) {
            if (gen.oneIn(3)) {
                hazards.put(hazard, gen.unit());
            }
        }
        return hazards;
    }
}

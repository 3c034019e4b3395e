package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy.Sureness;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class PolicyTest {

    private static final JudgeId JUDGE = new JudgeId("sample", 1, "0".repeat(64));
    private static final Policy DEFAULT = Policy.at(Policy.defaultPosture());

    @Test
    void aRisingProbabilityNeverWeakensTheDecision() {
        Property.check(
                2000,
                gen -> {
                    Map<Hazard, Double> hazards = hazards(gen);
                    Severity severity = gen.oneOf(List.of(Severity.values()));
                    double one = p(gen);
                    double other = p(gen);
                    Policy policy = Policy.at(new Posture(gen.between(1, 10)));
                    Strength low =
                            decided(policy, judged(Math.min(one, other), severity, hazards))
                                    .strength();
                    Strength high =
                            decided(policy, judged(Math.max(one, other), severity, hazards))
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
                    Strength low = decided(Policy.at(new Posture(level)), request).strength();
                    Strength high = decided(Policy.at(new Posture(level + 1)), request).strength();
                    assertTrue(low.compareTo(high) <= 0, () -> low + " then " + high);
                });
    }

    @Test
    void theDefaultAnswersWhatIsUnsureAndStopsWhatIsNot() {
        check(Strength.ALLOW, 0.3, Severity.SERIOUS);
        check(Strength.ANNOTATE, 0.63, Severity.SERIOUS);
        check(Strength.CONDITION, 0.7, Severity.SERIOUS);
        check(Strength.CONDITION, 0.97, Severity.SERIOUS);
        check(Strength.HOLD, 0.975, Severity.SERIOUS);
        check(Strength.REFUSE, 0.98, Severity.SERIOUS);
        check(Strength.CONDITION, 0.61, Severity.GRAVE);
        check(Strength.REFUSE, 0.973, Severity.GRAVE);
        check(Strength.ANNOTATE, 0.77, Severity.MINOR);
        check(Strength.CONDITION, 0.989, Severity.MINOR);
        check(Strength.REFUSE, 0.99, Severity.MINOR);
        assertEquals(
                Sureness.UNSURE,
                DEFAULT.sureness(plain(0.2, Severity.SERIOUS), Context.PLAIN, Standing.FRESH));
        assertEquals(
                Sureness.SURE,
                DEFAULT.sureness(plain(0.05, Severity.SERIOUS), Context.PLAIN, Standing.FRESH));
        assertEquals(
                Sureness.SURE,
                DEFAULT.sureness(plain(0.63, Severity.SERIOUS), Context.PLAIN, Standing.FRESH));
    }

    @Test
    void theEndsOfTheScaleAreWhatTheySay() {
        Policy all = Policy.at(new Posture(Posture.LEVEL_MIN));
        Policy none = Policy.at(new Posture(Posture.LEVEL_MAX));
        for (Severity severity : Severity.values()) {
            assertEquals(Strength.ALLOW, decided(all, plain(1, severity)).strength());
            assertEquals(Strength.REFUSE, decided(none, plain(0, severity)).strength());
        }
        Assessment floor = judged(0.99, Severity.GRAVE, Map.of(Hazard.INDISCRIMINATE_WEAPONS, 0.9));
        assertEquals(List.of("floor", "posture-1-grave-allow"), decided(all, floor).rules());
        assertEquals(Strength.REFUSE, decided(all, floor).strength());
    }

    @Test
    void whatNobodyCouldJudgeWaitsForAPerson() {
        Assessment unjudged = new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "");
        for (int level = Posture.LEVEL_MIN; level <= Posture.LEVEL_MAX; level++) {
            Policy policy = Policy.at(new Posture(level));
            assertEquals(
                    level < Posture.LEVEL_MAX ? Strength.HOLD : Strength.REFUSE,
                    decided(policy, unjudged).strength());
            assertEquals(
                    Sureness.UNJUDGED, policy.sureness(unjudged, Context.PLAIN, Standing.FRESH));
        }
    }

    @Test
    void aCostThatFallsOnOthersIsToBeCounted() {
        Map<Hazard, Double> hazards =
                Map.of(Hazard.EXTERNALISED_HARM, 0.9, Hazard.NON_VIOLENT_CRIMES, 0.3);
        Decision.Condition condition =
                assertInstanceOf(
                        Decision.Condition.class,
                        decided(DEFAULT, judged(0.95, Severity.SERIOUS, hazards)));
        assertTrue(
                condition.terms().getFirst().text().contains("line workers"), condition::toString);
        assertEquals(
                Strength.REFUSE,
                decided(DEFAULT, judged(0.98, Severity.GRAVE, hazards)).strength());
        assertEquals(
                Strength.ALLOW, decided(DEFAULT, judged(0.1, Severity.GRAVE, hazards)).strength());
    }

    @Test
    void everyDecisionIsThatOfItsCell() {
        Policies policies = new Policies(new Gen(new SplittableRandom(7)));
        List<Policy> some = Stream.generate(policies::next).limit(10).toList();
        Property.check(
                20_000,
                gen -> {
                    Policy policy = gen.oneOf(some);
                    Context context = policies.context(gen);
                    Standing standing = policies.standing(gen);
                    Severity severity = gen.oneOf(List.of(Severity.values()));
                    Map<Hazard, Double> hazards = hazards(gen);
                    double p = p(gen);
                    Strength expected = Strength.ALLOW;
                    double most = hazards.values().stream().mapToDouble(h -> h).max().orElse(0);
                    if (most == 0) {
                        expected =
                                policies.at(
                                        policy, Optional.empty(), severity, context, standing, p);
                    }
                    for (Map.Entry<Hazard, Double> hazard : hazards.entrySet()) {
                        if (most > 0) {
                            Strength found =
                                    policies.at(
                                            policy,
                                            Optional.of(hazard.getKey()),
                                            severity,
                                            context,
                                            standing,
                                            p * (hazard.getValue() / most));
                            expected = found.compareTo(expected) > 0 ? found : expected;
                        }
                    }
                    Decision decision =
                            policy.decide(judged(p, severity, hazards), context, standing);
                    assertEquals(expected, decision.strength());
                });
    }

    @Test
    void aGraverHarmNeverWeakensTheDecision() {
        Property.check(
                2000,
                gen -> {
                    int low = gen.between(0, 2);
                    Map<Hazard, Double> hazards = hazards(gen);
                    double p = p(gen);
                    Policy policy = Policy.at(new Posture(gen.between(1, 10)));
                    Severity[] all = Severity.values();
                    Strength mild = decided(policy, judged(p, all[low], hazards)).strength();
                    Strength grave = decided(policy, judged(p, all[low + 1], hazards)).strength();
                    assertTrue(mild.compareTo(grave) <= 0, () -> mild + " then " + grave);
                });
    }

    @Test
    void whatWasRefusedStaysRefusedWhereItWouldBearANote() {
        Standing.Earlier earlier =
                new Standing.Earlier("att_1", Refusal.Origin.GATEWAY, Standing.Likeness.SAME);
        Assessment noted = plain(0.63, Severity.SERIOUS);
        Assessment harmless = plain(0.3, Severity.SERIOUS);
        Standing refused = new Standing.Refused(earlier);
        assertEquals(Strength.ANNOTATE, decided(DEFAULT, noted).strength());
        Decision again = DEFAULT.decide(noted, Context.PLAIN, refused);
        assertEquals(Strength.REFUSE, again.strength());
        assertEquals("refused-before", again.rules().getFirst());
        // nobody's false refusal becomes permanent
        assertEquals(Strength.ALLOW, DEFAULT.decide(harmless, Context.PLAIN, refused).strength());
        Standing reopened = new Standing.Reopened(earlier, Standing.Reopened.Cause.CONTEXT_CHANGED);
        assertEquals(Strength.ANNOTATE, DEFAULT.decide(noted, Context.PLAIN, reopened).strength());
    }

    @Test
    void theCostsOfBothSidesMeetWhereRefusingBegins() {
        Decision atLine = decided(DEFAULT, plain(48.0 / 49, Severity.SERIOUS));
        Cost cost = atLine.cost().orElseThrow();
        assertEquals(cost.refusing(), cost.answering(), 1e-9);
        check(Strength.HOLD, 0.979591, Severity.SERIOUS);
        check(Strength.REFUSE, 0.979592, Severity.SERIOUS);
    }

    @Test
    void aComparisonAgreesWithAskingBothPoliciesEverywhere() {
        Policies policies = new Policies(new Gen(new SplittableRandom(11)));
        Property.check(
                60,
                gen -> {
                    Policy before = policies.next(gen);
                    Policy after = gen.oneIn(3) ? policies.near(before, gen) : policies.next(gen);
                    Comparison comparison = Comparison.of(before.table(), after.table());
                    boolean weaker = false;
                    boolean stronger = false;
                    for (Cell cell : policies.cells(before, after)) {
                        for (int ppm : policies.points(before, after, cell)) {
                            int order =
                                    after.table()
                                            .at(cell)
                                            .ladder()
                                            .at(ppm / 1e6)
                                            .compareTo(
                                                    before.table().at(cell).ladder().at(ppm / 1e6));
                            weaker |= order < 0;
                            stronger |= order > 0;
                        }
                    }
                    // what is unsure, unjudged and asked for counts too, so it may find more
                    assertTrue(!weaker || comparison.isWeakening());
                    assertTrue(!stronger || !comparison.isEqual());
                    if (before == after) {
                        assertTrue(comparison.isEqual());
                    }
                });
    }

    private static Decision decided(Policy policy, Assessment assessment) {
        return policy.decide(assessment, Context.PLAIN, Standing.FRESH);
    }

    private static void check(Strength expected, double p, Severity severity) {
        Assessment request = plain(p, severity);
        assertEquals(expected, decided(DEFAULT, request).strength(), p + " " + severity);
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

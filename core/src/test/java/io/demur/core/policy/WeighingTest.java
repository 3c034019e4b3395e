package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What a decision says that it costs agrees with what it does, whatever rules have shifted. */
class WeighingTest {

    private static final Axes NOBODY = new Axes(List.of(), List.of());

    @Test
    void theCheaperSideIsWhatIsDoneInEveryCell() {
        Policies policies = new Policies(new Gen(new SplittableRandom(11)));
        List<Policy> some = Stream.generate(policies::next).limit(10).toList();
        Property.check(
                2_000,
                gen -> {
                    Policy policy = gen.oneOf(some);
                    Context context = policies.context(gen);
                    Standing standing = policies.standing(gen);
                    double p = Math.clamp(gen.between(0, 1_000_000) / 1e6, 1e-6, 1);
                    Map<Hazard, Double> hazards = Map.of(gen.oneOf(List.of(Hazard.values())), 1.0);
                    Severity severity = gen.oneOf(List.of(Severity.values()));
                    Decision decision =
                            policy.decide(judged(p, severity, hazards), context, standing);
                    Cost cost = decision.cost().orElseThrow();
                    boolean refused = decision.strength() == Strength.REFUSE;
                    double over = cost.answering() - cost.refusing();
                    assertTrue(refused ? over >= -1e-9 : over <= 1e-9, decision::toString);
                    assertTrue(Double.isFinite(cost.answering()), decision::toString);
                    double less = p * 0.9;
                    Cost below =
                            policy.decide(judged(less, severity, hazards), context, standing)
                                    .cost()
                                    .orElseThrow();
                    assertTrue(below.answering() <= cost.answering(), decision::toString);
                });
    }

    @Test
    void theCostsMeetOnTheLineOfACellThatARuleHasShifted() {
        Map<Hazard, Double> hazards =
                Map.of(Hazard.PRIVACY, 0.9, Hazard.SEX_RELATED_CRIMES, 0.500001);
        // refused from odds of 1 to 1, and entered with half the probability
        Rule strict =
                rule(
                        "much-stricter",
                        Set.of(Hazard.SEX_RELATED_CRIMES),
                        new Rule.Effect.Shift(1.0 / 48));
        Policy policy = Policy.of(new Posture(5), List.of(strict), NOBODY);
        Decision refused = decided(policy, judged(0.9, Severity.SERIOUS, hazards));
        assertEquals(Optional.of(Hazard.SEX_RELATED_CRIMES), refused.grounds().hazard());
        Cost cost = refused.cost().orElseThrow();
        assertEquals(0.5, cost.refusing(), 1e-5);
        assertEquals(cost.refusing(), cost.answering(), 1e-5);
    }

    @Test
    void whereNothingIsRefusedAnsweringCostsNothing() {
        Rule most = rule("cap", Set.of(Hazard.HATE), new Rule.Effect.AtMost(Strength.HOLD));
        Policy policy = Policy.of(new Posture(5), List.of(most), NOBODY);
        Decision held = decided(policy, judged(0.99, Severity.GRAVE, Map.of(Hazard.HATE, 1.0)));
        assertEquals(Strength.HOLD, held.strength());
        assertEquals(0, held.cost().orElseThrow().answering());
        assertEquals(0.01, held.cost().orElseThrow().refusing(), 1e-9);
    }

    private static Rule rule(String id, Set<Hazard> hazards, Rule.Effect effect) {
        return new Rule(
                id,
                new Rule.Match(hazards, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of()),
                effect);
    }

    private static Decision decided(Policy policy, Assessment assessment) {
        return policy.decide(assessment, Context.PLAIN, Standing.FRESH);
    }

    private static Assessment judged(double p, Severity severity, Map<Hazard, Double> hazards) {
        Consequence consequence =
                severity == Severity.NONE
                        ? Consequence.NONE
                        : new Consequence(
                                List.of("somebody"),
                                "is harmed",
                                severity,
                                Consequence.Reversibility.PARTLY,
                                Consequence.Reach.ONE,
                                false);
        return new Assessment.Judged(
                p, hazards, consequence, new JudgeId("test", 1, "0".repeat(64)));
    }
}

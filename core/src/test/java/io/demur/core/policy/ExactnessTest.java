package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Assessment;
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
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a policy decides is what its words say, at any probability. {@code -Dthorough=true} tries a
 * million inputs.
 */
class ExactnessTest {

    private static final int INPUTS = Boolean.getBoolean("thorough") ? 1_000_000 : 50_000;

    /** Lines are rounded to millionths, and rounded again by each shift. */
    private static final double NEAR = 5e-5;

    private final Policies policies = new Policies(new Gen(new SplittableRandom(5)));

    @Test
    void decidesAsTheRulesAreWorded() {
        List<Policy> some =
                Stream.concat(Stream.of(Policy.at(Policy.defaultPosture())), policies())
                        .limit(20)
                        .toList();
        int[] near = {0};
        Property.check(
                INPUTS,
                gen -> {
                    Policy policy = gen.oneOf(some);
                    Context context = policies.context(gen);
                    Standing standing = policies.standing(gen);
                    Assessment.Judged judged = judged(gen);
                    NaivePolicy naive = new NaivePolicy(policy);
                    NaivePolicy.Done expected = naive.at(judged, context, standing.kind());
                    NaivePolicy.Done below = naive.at(at(judged, -NEAR), context, standing.kind());
                    NaivePolicy.Done above = naive.at(at(judged, NEAR), context, standing.kind());
                    if (!below.equals(above)) {
                        near[0]++;
                        return;
                    }
                    Decision decision = policy.decide(judged, context, standing);
                    boolean unsure = policy.sureness(judged, context, standing) == Sureness.UNSURE;
                    int level = NaivePolicy.level(decision.strength()) + (unsure ? 1 : 0);
                    assertEquals(expected.level(), level, () -> judged + " " + context);
                    if (decision instanceof Decision.Condition condition) {
                        assertEquals(
                                new TreeSet<>(expected.terms()),
                                condition.terms().stream()
                                        .map(Term::id)
                                        .collect(Collectors.toCollection(TreeSet::new)));
                    }
                    assertEquals(
                            naive.unjudged(context, standing.kind()),
                            policy.decide(unjudged(gen), context, standing).strength());
                });
        assertTrue(near[0] < INPUTS / 50, () -> near[0] + " of the inputs were next to a line");
    }

    @Test
    void aRisingProbabilityNeverDoesLess() {
        List<Policy> some = policies().limit(10).toList();
        Property.check(
                INPUTS / 5,
                gen -> {
                    Policy policy = gen.oneOf(some);
                    Context context = policies.context(gen);
                    Standing standing = policies.standing(gen);
                    Assessment.Judged high = judged(gen);
                    Assessment.Judged low = at(high, -high.pHarm() * gen.unit());
                    Step less = step(policy, low, context, standing);
                    Step more = step(policy, high, context, standing);
                    assertTrue(less.compareTo(more) <= 0, () -> less + " then " + more);
                });
    }

    @Test
    void aGraverHarmAndAHigherPostureNeverDoLess() {
        List<Policy> postures =
                IntStream.rangeClosed(1, 10)
                        .mapToObj(level -> Policy.at(new Posture(level)))
                        .toList();
        Severity[] severities = Severity.values();
        Property.check(
                INPUTS / 5,
                gen -> {
                    int level = gen.between(0, 8);
                    int severity = gen.between(0, 2);
                    double p = gen.unit();
                    Map<Hazard, Double> hazards = hazards(gen);
                    Context context = policies.context(gen);
                    Standing standing = policies.standing(gen);
                    Assessment mild = Policies.judged(p, severities[severity], hazards);
                    Assessment grave = Policies.judged(p, severities[severity + 1], hazards);
                    Policy lower = postures.get(level);
                    Step here = step(lower, mild, context, standing);
                    Step graver = step(lower, grave, context, standing);
                    Step higher = step(postures.get(level + 1), mild, context, standing);
                    assertTrue(here.compareTo(graver) <= 0, () -> here + " then " + graver);
                    assertTrue(here.compareTo(higher) <= 0, () -> here + " then " + higher);
                });
    }

    @Test
    void aHigherPostureUnderTheSameRulesIsNeverWeakerAnywhere() {
        Property.check(
                Boolean.getBoolean("thorough") ? 2_000 : 60,
                gen -> {
                    Policy policy = policies.next(gen);
                    Posture higher = new Posture(Math.min(10, policy.posture().level() + 1));
                    Policy more = Policy.of(higher, policy.rules(), policy.table().axes());
                    assertFalse(Comparison.of(policy.table(), more.table()).isWeakening());
                });
    }

    @Test
    void aProbabilityThatIsWrittenAsALineLiesOnIt() {
        for (int line = 1; line <= Ladder.CERTAIN; line += 7) {
            double p = line / 1e6;
            Ladder ladder = new Ladder(line - 1, line, line, line, line, Strength.HOLD);
            assertEquals(new Step(Strength.REFUSE, false), ladder.step(p), p + "");
            assertEquals(new Step(Strength.ALLOW, true), ladder.step(Math.nextDown(p)), p + "");
        }
        Ladder never =
                new Ladder(
                        Ladder.NEVER,
                        Ladder.NEVER,
                        Ladder.NEVER,
                        Ladder.NEVER,
                        Ladder.NEVER,
                        Strength.HOLD);
        assertEquals(new Step(Strength.ALLOW, false), never.step(1));
    }

    private Stream<Policy> policies() {
        return Stream.generate(policies::next);
    }

    private static Step step(
            Policy policy, Assessment assessment, Context context, Standing standing) {
        return new Step(
                policy.decide(assessment, context, standing).strength(),
                policy.sureness(assessment, context, standing) == Sureness.UNSURE);
    }

    private static Assessment.Judged at(Assessment.Judged of, double more) {
        double p = Math.clamp(of.pHarm() + more, 0.0, 1.0);
        return new Assessment.Judged(p, of.hazards(), of.consequence(), of.judge());
    }

    private static Assessment unjudged(Gen gen) {
        List<Assessment.Unjudged.Reason> reasons = List.of(Assessment.Unjudged.Reason.values());
        return new Assessment.Unjudged(gen.oneOf(reasons), "");
    }

    private static Assessment.Judged judged(Gen gen) {
        double p = gen.oneIn(8) ? gen.between(0, 1) : gen.unit();
        return Policies.judged(p, gen.oneOf(List.of(Severity.values())), hazards(gen));
    }

    private static Map<Hazard, Double> hazards(Gen gen) {
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        for (int i = gen.between(0, 4); i > 0; i--) {
            double p = gen.oneIn(10) ? 0 : gen.oneIn(10) ? Double.MIN_VALUE : gen.unit();
            hazards.put(gen.oneOf(List.of(Hazard.values())), p);
        }
        return hazards;
    }
}

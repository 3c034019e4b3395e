package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class PolicyTest {

    private static final Axes NOBODY = new Axes(List.of(), List.of());
    private static final Policy DEFAULT = Policy.at(Policy.defaultPosture());

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
                DEFAULT.sureness(plain(0.26, Severity.SERIOUS), Context.PLAIN, Standing.FRESH));
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
            for (double p : new double[] {0, 0.5, 1}) {
                Assessment others = judged(p, severity, Map.of(Hazard.EXTERNALISED_HARM, 0.9));
                assertEquals(Strength.REFUSE, decided(none, others).strength());
            }
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
                5_000,
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
                        if (hazard.getValue() > 0) {
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
    void whatWasRefusedStaysRefusedWhereItWouldBeConditioned() {
        Standing.Earlier earlier =
                new Standing.Earlier("att_1", Refusal.Origin.GATEWAY, Standing.Likeness.SAME);
        Assessment likely = plain(0.7, Severity.SERIOUS);
        Assessment noted = plain(0.63, Severity.SERIOUS);
        Standing refused = new Standing.Refused(earlier);
        assertEquals(Strength.CONDITION, decided(DEFAULT, likely).strength());
        Decision again = DEFAULT.decide(likely, Context.PLAIN, refused);
        assertEquals(Strength.REFUSE, again.strength());
        assertEquals("refused-before", again.rules().getFirst());
        // nobody's false refusal becomes permanent
        assertEquals(Strength.ANNOTATE, DEFAULT.decide(noted, Context.PLAIN, refused).strength());
        Standing reopened = new Standing.Reopened(earlier, Standing.Reopened.Cause.CONTEXT_CHANGED);
        assertEquals(
                Strength.CONDITION, DEFAULT.decide(likely, Context.PLAIN, reopened).strength());
    }

    @Test
    void theCostsOfBothSidesMeetWhereRefusingBegins() {
        Decision atLine = decided(DEFAULT, plain(48.0 / 49, Severity.SERIOUS));
        Cost cost = atLine.cost().orElseThrow();
        assertEquals(cost.refusing(), cost.answering(), 1e-6);
        check(Strength.HOLD, 0.979591, Severity.SERIOUS);
        check(Strength.REFUSE, 0.979592, Severity.SERIOUS);
    }

    @Test
    void namesTheHazardInWhoseCellItWasDecided() {
        Rule strict =
                rule("hate-first", Set.of(Hazard.HATE), new Rule.Effect.AtLeast(Strength.HOLD, 0));
        Policy policy = Policy.of(new Posture(5), List.of(strict), NOBODY);
        Map<Hazard, Double> hazards = Map.of(Hazard.PRIVACY, 0.9, Hazard.HATE, 0.1);
        Decision held = decided(policy, judged(0.5, Severity.SERIOUS, hazards));
        assertEquals(Strength.HOLD, held.strength());
        assertEquals(Optional.of(Hazard.HATE), held.grounds().hazard());
        assertEquals("hate-first", held.rules().getFirst());
        assertEquals(List.of("line workers"), held.grounds().consequence().bearers());
        Decision refused = decided(policy, judged(0.99, Severity.SERIOUS, hazards));
        assertEquals(Optional.of(Hazard.PRIVACY), refused.grounds().hazard());
        assertEquals("posture-5-serious-refuse", refused.rules().getFirst());
        // of equals, the more probable one
        Decision plain = decided(DEFAULT, judged(0.01, Severity.SERIOUS, hazards));
        assertEquals(Optional.of(Hazard.PRIVACY), plain.grounds().hazard());
        assertEquals(
                Optional.empty(),
                decided(DEFAULT, judged(0.99, Severity.SERIOUS, Map.of())).grounds().hazard());
        Assessment unjudged = new Assessment.Unjudged(Assessment.Unjudged.Reason.DOWN, "");
        Grounds none = decided(DEFAULT, unjudged).grounds();
        assertEquals(Grounds.of(none.rules()), none);
        assertEquals("unjudged", none.rules().getFirst());
    }

    @Test
    void theDecisiveRuleIsTheOneWithoutWhichSomethingElseWouldBeDone() {
        Rule cap = rule("cap", Set.of(Hazard.PRIVACY), new Rule.Effect.AtMost(Strength.ANNOTATE));
        Rule high =
                rule(
                        "high",
                        Set.of(Hazard.PRIVACY),
                        new Rule.Effect.AtLeast(Strength.HOLD, 990_000));
        Policy policy = Policy.of(new Posture(5), List.of(cap, high), NOBODY);
        Map<Hazard, Double> privacy = Map.of(Hazard.PRIVACY, 0.9);
        assertEquals(
                List.of("cap", "high", "posture-5-serious-refuse"),
                decided(policy, judged(0.985, Severity.SERIOUS, privacy)).rules());
        assertEquals(
                List.of("high", "cap", "posture-5-serious-refuse"),
                decided(policy, judged(0.995, Severity.SERIOUS, privacy)).rules());
        assertEquals(
                List.of("posture-5-serious-allow", "high", "cap"),
                decided(policy, judged(0.05, Severity.SERIOUS, privacy)).rules());
        // a role that the policy does not name is `other` to its rules too
        Rule other =
                new Rule(
                        "others",
                        new Rule.Match(
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(Axes.OTHER),
                                Set.of(),
                                Set.of(),
                                Set.of()),
                        new Rule.Effect.AtLeast(Strength.REFUSE, 0));
        Policy all = Policy.of(new Posture(5), List.of(other), NOBODY);
        Context nobody = new Context(ModelClass.LOCAL, "nobody", "nothing", Stage.NONE);
        assertEquals(
                "others",
                all.decide(judged(0, Severity.NONE, privacy), nobody, Standing.FRESH)
                        .rules()
                        .getFirst());
    }

    @Test
    void everyConditionOfEveryHazardIsAskedFor() {
        Policy policy =
                Policy.of(
                        new Posture(5),
                        List.of(
                                usual("count-harm"),
                                ask("name-sources", Hazard.EXTERNALISED_HARM),
                                ask("see-a-doctor", Hazard.SPECIALIZED_ADVICE)),
                        NOBODY);
        Map<Hazard, Double> both =
                Map.of(Hazard.EXTERNALISED_HARM, 0.8, Hazard.SPECIALIZED_ADVICE, 0.7);
        Decision.Condition condition =
                assertInstanceOf(
                        Decision.Condition.class,
                        decided(policy, judged(0.7, Severity.SERIOUS, both)));
        assertEquals(
                Set.of("count-harm", "name-sources", "see-a-doctor", "harmless-reading"),
                condition.terms().stream().map(Term::id).collect(Collectors.toSet()));
        assertEquals(4, condition.terms().size());
        assertTrue(
                condition
                        .rules()
                        .containsAll(List.of("name-sources", "see-a-doctor", "count-harm")),
                condition::toString);
        assertTrue(condition.toString().contains("line workers"), condition::toString);
        // but none of a hazard that is not conditioned itself
        Map<Hazard, Double> one =
                Map.of(Hazard.EXTERNALISED_HARM, 0.8, Hazard.SPECIALIZED_ADVICE, 0.2);
        Decision.Condition alone =
                assertInstanceOf(
                        Decision.Condition.class,
                        decided(policy, judged(0.7, Severity.SERIOUS, one)));
        assertEquals(
                Set.of("count-harm", "name-sources"),
                alone.terms().stream().map(Term::id).collect(Collectors.toSet()));
        assertFalse(alone.rules().contains("see-a-doctor"), alone::toString);
        // a condition that nobody has put into words is the harmless reading
        Rule bare = rule("bare", Set.of(), new Rule.Effect.AtLeast(Strength.CONDITION, 0));
        assertEquals(
                List.of(Dial.HARMLESS_READING),
                assertInstanceOf(
                                Decision.Condition.class,
                                decided(
                                        Policy.of(new Posture(5), List.of(bare), NOBODY),
                                        judged(0.1, Severity.NONE, both)))
                        .terms());
    }

    @Test
    void whatIsRefusedNamesNoRuleOfAConditionThatIsNotAskedFor() {
        Rule never =
                rule("never", Set.of(Hazard.HATE), new Rule.Effect.AtLeast(Strength.REFUSE, 0));
        Policy policy =
                Policy.of(
                        new Posture(5),
                        List.of(never, ask("see-a-doctor", Hazard.SPECIALIZED_ADVICE)),
                        NOBODY);
        Map<Hazard, Double> both = Map.of(Hazard.HATE, 0.1, Hazard.SPECIALIZED_ADVICE, 0.7);
        Decision refused = decided(policy, judged(0.7, Severity.SERIOUS, both));
        assertEquals(Strength.REFUSE, refused.strength());
        assertFalse(refused.rules().contains("see-a-doctor"), refused::toString);
    }

    @Test
    void whereNobodyHasSaidWhoBearsTheHarmItIsCountedForThoseWhoDo() {
        Rule count = rule("count", Set.of(), new Rule.Effect.Ask(Term.COUNT_HARM, 0));
        Assessment unnamed =
                new Assessment.Judged(
                        0.1, Map.of(), Consequence.NONE, new JudgeId("test", 1, "0".repeat(64)));
        Decision.Condition condition =
                assertInstanceOf(
                        Decision.Condition.class,
                        decided(Policy.of(new Posture(5), List.of(count), NOBODY), unnamed));
        assertTrue(condition.terms().contains(Term.COUNT_HARM), condition::toString);
    }

    @Test
    void anUnsureHazardIsNotHiddenByASureOne() {
        Rule wide = rule("wide", Set.of(Hazard.HATE), new Rule.Effect.Shift(1 / 16.0));
        Policy policy = Policy.of(new Posture(5), List.of(wide), NOBODY);
        Map<Hazard, Double> hazards = Map.of(Hazard.PRIVACY, 0.9, Hazard.HATE, 0.8);
        Assessment low = judged(0.05, Severity.SERIOUS, hazards);
        assertEquals(Strength.ALLOW, decided(policy, low).strength());
        assertEquals(Sureness.UNSURE, policy.sureness(low, Context.PLAIN, Standing.FRESH));
    }

    @Test
    void aHazardThatAJudgeListsWithZeroIsNotThere() {
        Rule hate = rule("hate", Set.of(Hazard.HATE), new Rule.Effect.AtLeast(Strength.REFUSE, 0));
        Policy policy = Policy.of(new Posture(5), List.of(hate), NOBODY);
        Map<Hazard, Double> all = new EnumMap<>(Hazard.class);
        List.of(Hazard.values()).forEach(hazard -> all.put(hazard, 0.0));
        all.put(Hazard.PRIVACY, 0.1);
        assertEquals(Strength.ALLOW, decided(policy, judged(0.1, Severity.MINOR, all)).strength());
        all.put(Hazard.HATE, 0.001);
        assertEquals(Strength.REFUSE, decided(policy, judged(0.1, Severity.MINOR, all)).strength());
    }

    private static Rule usual(String id) {
        return Policy.usual().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Rule ask(String id, Hazard hazard) {
        return rule(id, Set.of(hazard), new Rule.Effect.Ask(new Term(id, "say so"), 400_000));
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

    private static void check(Strength expected, double p, Severity severity) {
        Assessment request = plain(p, severity);
        assertEquals(expected, decided(DEFAULT, request).strength(), p + " " + severity);
    }

    private static Assessment plain(double p, Severity severity) {
        return judged(p, severity, Map.of(Hazard.NON_VIOLENT_CRIMES, p));
    }

    private static Assessment judged(double p, Severity severity, Map<Hazard, Double> hazards) {
        return Policies.judged(p, severity, hazards);
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

package io.demur.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision.Strength;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a candidate beside a policy would do otherwise. */
class ShadowTest {

    private static final Axes NOBODY = new Axes(List.of(), List.of());
    private static final Policy DEFAULT = Policy.at(Policy.defaultPosture());

    @Test
    void aShadowCountsWhatACandidateWouldChange() {
        Policy candidate = Policy.at(new Posture(7));
        Shadow shadow = new Shadow(DEFAULT, candidate);
        assertEquals(List.of(), shadow.counts());
        Context elsewhere = new Context(ModelClass.HOSTED, "unheard-of", "too", Stage.NONE);
        for (int i = 0; i < 3; i++) {
            Shadow.Pair pair = shadow.see(plain(0.95, Severity.SERIOUS), elsewhere, Standing.FRESH);
            assertTrue(pair.kind().isChange());
            assertEquals(Strength.REFUSE, pair.candidate().strength());
        }
        Assessment none = plain(0, Severity.SERIOUS);
        assertFalse(shadow.see(none, elsewhere, Standing.FRESH).kind().isChange());
        assertEquals(
                List.of(
                        new Shadow.Count(
                                new Shadow.Kind(
                                        Strength.CONDITION,
                                        Strength.REFUSE,
                                        false,
                                        Optional.of(Hazard.NON_VIOLENT_CRIMES),
                                        Axes.OTHER,
                                        Axes.OTHER),
                                3),
                        new Shadow.Count(
                                new Shadow.Kind(
                                        Strength.ALLOW,
                                        Strength.ALLOW,
                                        false,
                                        Optional.empty(),
                                        Axes.OTHER,
                                        Axes.OTHER),
                                1)),
                shadow.counts());
    }

    @Test
    void aShadowCountsWhatWouldBeDoneOtherwiseAtTheSameStrength() {
        Rule sources = ask("name-sources", Hazard.PRIVACY);
        Rule wide = rule("wide", Set.of(Hazard.HATE), new Rule.Effect.Shift(1 / 16.0));
        Policy more = Policy.of(new Posture(5), List.of(sources, wide), NOBODY);
        Policy less = Policy.of(new Posture(5), List.of(), NOBODY);
        Shadow shadow = new Shadow(more, less);
        for (Assessment request :
                List.of(
                        judged(0.8, Severity.SERIOUS, Map.of(Hazard.PRIVACY, 0.9)),
                        judged(0.05, Severity.SERIOUS, Map.of(Hazard.HATE, 0.9)))) {
            Shadow.Kind kind = shadow.see(request, Context.PLAIN, Standing.FRESH).kind();
            assertEquals(kind.active(), kind.candidate());
            assertTrue(kind.isChange(), kind::toString);
        }
    }

    @Test
    void theHazardIsThatOfTheStrongerDecisionAndOfTheActiveOneWhereBothAreAsStrong() {
        Policy hate = Policy.of(new Posture(5), List.of(refuse(Hazard.HATE)), NOBODY);
        Policy privacy = Policy.of(new Posture(5), List.of(refuse(Hazard.PRIVACY)), NOBODY);
        Assessment both =
                judged(0.7, Severity.SERIOUS, Map.of(Hazard.HATE, 1.0, Hazard.PRIVACY, 0.9));
        assertEquals(Optional.of(Hazard.HATE), hazard(hate, DEFAULT, both));
        assertEquals(Optional.of(Hazard.PRIVACY), hazard(privacy, DEFAULT, both));
        assertEquals(Optional.of(Hazard.PRIVACY), hazard(DEFAULT, privacy, both));
        assertEquals(Optional.of(Hazard.PRIVACY), hazard(privacy, hate, both));
        assertEquals(Optional.of(Hazard.HATE), hazard(hate, privacy, both));
    }

    private static Optional<Hazard> hazard(Policy active, Policy candidate, Assessment request) {
        return new Shadow(active, candidate)
                .see(request, Context.PLAIN, Standing.FRESH)
                .kind()
                .hazard();
    }

    @Test
    void asManyOfTwoKindsStandInTheOrderOfTheirWords() {
        Shadow shadow = new Shadow(DEFAULT, DEFAULT);
        for (double p : new double[] {0.99, 0, 0.7}) {
            shadow.see(plain(p, Severity.SERIOUS), Context.PLAIN, Standing.FRESH);
        }
        assertEquals(
                List.of(Strength.ALLOW, Strength.CONDITION, Strength.REFUSE),
                shadow.counts().stream().map(it -> it.kind().active()).toList());
    }

    private static Rule refuse(Hazard hazard) {
        return rule("refuse", Set.of(hazard), new Rule.Effect.AtLeast(Strength.REFUSE, 10));
    }

    private static Assessment plain(double p, Severity severity) {
        return Policies.judged(p, severity, Map.of(Hazard.NON_VIOLENT_CRIMES, p));
    }

    private static Assessment judged(double p, Severity severity, Map<Hazard, Double> hazards) {
        return Policies.judged(p, severity, hazards);
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
}

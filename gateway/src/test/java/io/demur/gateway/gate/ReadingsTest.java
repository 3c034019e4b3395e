package io.demur.gateway.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Ruling;
import io.demur.core.charter.Scope;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Policy.Sureness;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Term;
import io.demur.core.scope.Belonging;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What several readings of one request come to together, under the usual policy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingsTest {

    private static final JudgeId JUDGE = new JudgeId("stub", 1, "ab".repeat(32));
    private static final Charter USUAL =
            GateTest.charter(Policy.at(Policy.defaultPosture()), Optional.empty());

    private Logged logged;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        logged = new Logged(folder, Instant.parse("2026-11-22T12:00:00Z"));
    }

    @AfterAll
    void close() {
        logged.close();
    }

    private static Finding judged(double p, Hazard hazard) {
        Consequence consequence =
                new Consequence(
                        List.of("others"),
                        "It would harm others.",
                        Severity.SERIOUS,
                        Consequence.Reversibility.PARTLY,
                        Consequence.Reach.FEW,
                        true);
        return new Finding(
                new Assessment.Judged(p, Map.of(hazard, p), consequence, JUDGE), Standing.FRESH);
    }

    private static Finding unheard(Finding finding) {
        return new Finding(finding.assessment(), finding.standing(), false);
    }

    private Decided decide(Finding... readings) {
        Findings findings = new Findings(List.of(readings), Optional.empty());
        return logged.gate().decide("att_1", GateTest.CALL, USUAL, Context.PLAIN, findings);
    }

    private static void carries(Finding finding, Strength strength, Hazard hazard, Decided by) {
        assertEquals(strength, by.decision().strength());
        assertSame(finding.assessment(), by.assessment());
        assertEquals(Optional.of(hazard), by.decision().grounds().hazard());
    }

    /** It took over what was judged of the request, and the answer was measured by that. */
    @Test
    void aWeakerReadingThatIsUnsureBringsItsDoubtAndNothingElse() {
        Finding strong = judged(0.8, Hazard.PRIVACY);
        Finding unsure = judged(0.3, Hazard.HATE);
        Finding unheard = unheard(judged(0.01, Hazard.HATE));
        assertEquals(Sureness.SURE, decide(strong).sureness());
        for (Decided decided :
                List.of(
                        decide(strong, unsure),
                        decide(unsure, strong),
                        decide(strong, unheard),
                        decide(unheard, strong),
                        decide(unheard(strong)))) {
            carries(strong, Strength.CONDITION, Hazard.PRIVACY, decided);
            assertEquals(Sureness.UNSURE, decided.sureness());
        }
    }

    @Test
    void ofTwoThatAreSentOnTheUnsureOneCarriesWhereverItStands() {
        Finding unsure = judged(0.3, Hazard.HATE);
        Finding sure = judged(0.01, Hazard.PRIVACY);
        for (Decided decided :
                List.of(
                        decide(sure, unsure),
                        decide(unsure, sure),
                        decide(unheard(sure), unsure, sure))) {
            carries(unsure, Strength.ALLOW, Hazard.HATE, decided);
            assertEquals(Sureness.UNSURE, decided.sureness());
        }
        // not to have been heard says nothing of what was judged
        Decided decided = decide(sure, unheard(judged(0.01, Hazard.HATE)));
        carries(sure, Strength.ALLOW, Hazard.PRIVACY, decided);
        assertEquals(Sureness.UNSURE, decided.sureness());
    }

    /** Doubt chooses only among those that go on as they came: it says what to expect back. */
    @Test
    void ofTwoThatAreNotSentOnAsTheyCameTheFirstCarriesHoweverSureTheOther() {
        Finding unjudged =
                new Finding(
                        new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "late"),
                        Standing.FRESH);
        Strength strength = decide(unjudged).decision().strength();
        Finding judged = as(strength);
        assertSame(judged.assessment(), decide(judged, unjudged).assessment());
        assertSame(unjudged.assessment(), decide(unjudged, judged).assessment());
    }

    private Finding as(Strength strength) {
        assertNotEquals(Strength.ALLOW, strength);
        for (double p = 0; p <= 1; p += 0.005) {
            if (decide(judged(p, Hazard.PRIVACY)).decision().strength() == strength) {
                return judged(p, Hazard.PRIVACY);
            }
        }
        throw new AssertionError("nothing that is judged comes to `%s`".formatted(strength));
    }

    /** Doubt is less than not to have been judged at all. */
    @Test
    void whatNobodyJudgedStaysUnjudgedWhereAJudgeWasNotHeardEither() {
        Finding unjudged =
                new Finding(
                        new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "late"),
                        Standing.FRESH);
        assertEquals(Sureness.UNJUDGED, decide(unheard(unjudged)).sureness());
        assertEquals(Sureness.UNJUDGED, decide(unjudged).sureness());
    }

    private Decision released(Charter charter, Optional<Belonging> belonging, Finding... readings) {
        Findings findings = new Findings(List.of(readings), belonging);
        Decided held =
                logged.gate().decide("att_2", GateTest.CALL, charter, Context.PLAIN, findings);
        assertEquals(Strength.HOLD, held.decision().strength());
        Decided released = logged.gate().released(held, "att_1");
        assertEquals("released:att_1", released.decision().rules().getFirst());
        return released.decision();
    }

    private static List<String> terms(Decision decision) {
        return assertInstanceOf(Decision.Condition.class, decision).terms().stream()
                .map(Term::id)
                .toList();
    }

    /** With the hold of one reading went what the others had called for. */
    @Test
    void aReleaseLeavesTheConditionsThatStoodBesideTheHold() {
        Finding held = judged(0.975, Hazard.PRIVACY);
        Finding conditioned = judged(0.8, Hazard.EXTERNALISED_HARM);
        List<String> terms = terms(decide(conditioned).decision());
        assertTrue(terms.contains("count-harm"), terms::toString);
        assertEquals(terms, terms(released(USUAL, Optional.empty(), held, conditioned)));
        assertEquals(terms, terms(released(USUAL, Optional.empty(), conditioned, held)));
        assertInstanceOf(Decision.Allow.class, released(USUAL, Optional.empty(), held));
        Attempted attempted = logged.attempt();
        Findings findings = new Findings(List.of(held, conditioned), Optional.empty());
        Decided decided =
                logged.gate().decide(attempted.id(), GateTest.CALL, USUAL, Context.PLAIN, findings);
        Permit permit =
                logged.gate()
                        .permit(
                                attempted,
                                logged.gate().released(decided, "att_1"),
                                Duration.ofMinutes(1));
        assertNotEquals(
                GateTest.CALL,
                permit.take(Instant.EPOCH, "m", ModelClass.HOSTED),
                "the model is told them");
    }

    @Test
    void aReleaseLeavesWhatTheServiceIsFor() {
        Charter bank =
                GateTest.charter(
                        USUAL.policy(),
                        Optional.of(
                                new Scope(
                                        "For customers of the bank.",
                                        List.of("How do I block my card?"),
                                        List.of())));
        Finding held = judged(0.975, Hazard.PRIVACY);
        Optional<Belonging> unclear = Optional.of(new Belonging.Judged(0.5, JUDGE));
        Optional<Belonging> inside = Optional.of(new Belonging.Judged(0, JUDGE));
        assertEquals(List.of(Ruling.RULE), terms(released(bank, unclear, held)));
        assertInstanceOf(Decision.Allow.class, released(bank, inside, held));
    }
}

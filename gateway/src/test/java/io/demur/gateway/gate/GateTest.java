package io.demur.gateway.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Role;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Scope;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Policy.Sureness;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Term;
import io.demur.core.scope.Belonging;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the gate decides of what was found, and what it permits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final JudgeId JUDGE = new JudgeId("stub", 1, "ab".repeat(32));
    private static final Term SOURCES = new Term("sources", "Name where each figure is from.");
    private static final Term BOTH = new Term("both-sides", "Give both sides.");

    /** What is done about a request is what its hazard says, whatever the probability. */
    private static final Charter CHARTER =
            charter(
                    Policy.of(
                            Policy.defaultPosture(),
                            List.of(
                                    always("noted", Hazard.DEFAMATION, Strength.ANNOTATE),
                                    ask("sourced", Hazard.SPECIALIZED_ADVICE, SOURCES),
                                    ask("balanced", Hazard.HATE, BOTH),
                                    always("held", Hazard.SEXUAL_CONTENT, Strength.HOLD),
                                    always("refused", Hazard.PRIVACY, Strength.REFUSE)),
                            new Axes(List.of(), List.of())),
                    Optional.empty());

    private static final Charter BANK =
            charter(
                    CHARTER.policy(),
                    Optional.of(
                            new Scope(
                                    "For customers of the bank.",
                                    List.of("How do I block my card?"),
                                    List.of())));

    static final Call CALL =
            new Call(
                    Protocol.OPENAI_CHAT,
                    "m",
                    List.of(Speech.of(Role.USER, "What does a house cost?")),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    new Format.Free(),
                    Sampling.DEFAULT,
                    false,
                    Fields.NONE);

    private static final Embed EMBED =
            new Embed(
                    Protocol.OPENAI_CHAT,
                    "m",
                    List.of("What does a house cost?"),
                    true,
                    Optional.empty(),
                    Fields.NONE);

    private Logged logged;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        logged = new Logged(folder, NOW);
    }

    @AfterAll
    void close() {
        logged.close();
    }

    private static Rule always(String id, Hazard hazard, Strength strength) {
        return new Rule(id, of(hazard), new Rule.Effect.AtLeast(strength, 0));
    }

    private static Rule ask(String id, Hazard hazard, Term term) {
        return new Rule(id, of(hazard), new Rule.Effect.Ask(term, 0));
    }

    private static Rule.Match of(Hazard hazard) {
        return new Rule.Match(
                Set.of(hazard), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    static Charter charter(Policy policy, Optional<Scope> scope) {
        return new Charter(
                "test",
                policy,
                Map.of(),
                scope,
                List.of(),
                List.of(),
                new Models(Map.of(), ModelClass.HOSTED),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    private static Finding found(Hazard... hazards) {
        Map<Hazard, Double> all = new java.util.EnumMap<>(Hazard.class);
        for (Hazard hazard : hazards) {
            all.put(hazard, 1.0);
        }
        return new Finding(
                new Assessment.Judged(0.001, all, Consequence.NONE, JUDGE), Standing.FRESH);
    }

    private Decided decide(Finding... readings) {
        return decide(CHARTER, Optional.empty(), readings);
    }

    private Decided decide(Charter charter, Optional<Belonging> belonging, Finding... readings) {
        return logged.gate()
                .decide(
                        "att_1",
                        CALL,
                        charter,
                        Context.PLAIN,
                        new Findings(List.of(readings), belonging));
    }

    @Test
    void theStrongestReadingCarriesTheDecisionWhereverItStands() {
        Finding allowed = found();
        Finding held = found(Hazard.SEXUAL_CONTENT);
        Finding refused = found(Hazard.PRIVACY);
        for (Finding[] readings :
                List.of(
                        new Finding[] {refused, held, allowed},
                        new Finding[] {allowed, refused, held},
                        new Finding[] {held, allowed, refused})) {
            Decided decided = decide(readings);
            assertEquals(Strength.REFUSE, decided.decision().strength());
            assertEquals("refused", decided.decision().rules().getFirst());
            assertSame(refused.assessment(), decided.assessment());
        }
        assertSame(held.assessment(), decide(allowed, held, allowed).assessment());
        assertEquals(Strength.ALLOW, decide(allowed).decision().strength());
    }

    @Test
    void ofTwoThatAreAsStrongTheRequestAsItStandsCarries() {
        Finding first = found(Hazard.SEXUAL_CONTENT);
        Decided decided = decide(first, found(Hazard.SEXUAL_CONTENT));
        assertSame(first.assessment(), decided.assessment());
        assertInstanceOf(Decision.Hold.class, decided.decision());
        // what is held is not asked, so that nothing is asked for of the answer
        assertInstanceOf(
                Decision.Hold.class, decide(first, found(Hazard.SPECIALIZED_ADVICE)).decision());
    }

    @Test
    void twoReadingsThatCallForConditionsCallForThoseOfBoth() {
        Finding first = found(Hazard.SPECIALIZED_ADVICE);
        Decided decided = decide(first, found(), found(Hazard.HATE), found(Hazard.HATE));
        Decision.Condition condition =
                assertInstanceOf(Decision.Condition.class, decided.decision());
        // what every condition asks for stands there once
        assertEquals(
                List.of("harmless-reading", "sources", "both-sides"),
                condition.terms().stream().map(Term::id).toList());
        assertEquals("sourced", condition.rules().getFirst());
        assertSame(first.assessment(), decided.assessment());
    }

    @Test
    void scopeRulesOnlyWhereTheDeploymentIsLimitedAndSomebodyJudgedIt() {
        Optional<Belonging> outside = Optional.of(new Belonging.Judged(0.9, JUDGE));
        assertInstanceOf(
                Decision.Allow.class, decide(CHARTER, Optional.empty(), found()).decision());
        assertInstanceOf(Decision.Allow.class, decide(CHARTER, outside, found()).decision());
        assertInstanceOf(Decision.Allow.class, decide(BANK, Optional.empty(), found()).decision());
        assertInstanceOf(Decision.Refuse.class, decide(BANK, outside, found()).decision());
        // never weaker for belonging
        assertInstanceOf(
                Decision.Hold.class,
                decide(
                                BANK,
                                Optional.of(new Belonging.Judged(0, JUDGE)),
                                found(Hazard.SEXUAL_CONTENT))
                        .decision());
    }

    @Test
    void whatIsDecidedSaysOfWhatAndByWhat() {
        Context context = new Context(ModelClass.LOCAL, "clerk", "audit", Context.PLAIN.stage());
        Finding unjudged =
                new Finding(
                        new Assessment.Unjudged(Assessment.Unjudged.Reason.DOWN, "down"),
                        Standing.FRESH);
        Decided decided =
                logged.gate()
                        .decide(
                                "att_2",
                                CALL,
                                CHARTER,
                                context,
                                new Findings(List.of(unjudged), Optional.empty()));
        assertEquals("att_2", decided.attempt());
        assertSame(CHARTER, decided.charter());
        assertSame(context, decided.context());
        assertEquals(Sureness.UNJUDGED, decided.sureness());
        assertEquals(Sureness.SURE, decide(found()).sureness());
        assertThrows(
                IllegalArgumentException.class, () -> new Findings(List.of(), Optional.empty()));
    }

    private Permit permit(Finding found, Asked asked) {
        return permit(logged.attempt(), found, asked);
    }

    private Permit permit(Attempted attempted, Finding found, Asked asked) {
        Decided decided =
                logged.gate()
                        .decide(
                                attempted.id(),
                                asked,
                                CHARTER,
                                Context.PLAIN,
                                new Findings(List.of(found), Optional.empty()));
        return logged.gate().permit(attempted, decided, MINUTE);
    }

    private static Asked take(Permit permit, Instant now) {
        return permit.take(now, "m", ModelClass.HOSTED);
    }

    private static String message(Executable permitted) {
        return String.valueOf(assertThrows(NotPermitted.class, permitted).getMessage());
    }

    @Test
    void aPermitIsBoundToItsAttemptItsRequestItsModelAndItsTime() {
        Attempted attempted = logged.attempt();
        Findings findings = new Findings(List.of(found()), Optional.empty());
        Decided decided =
                logged.gate().decide(attempted.id(), CALL, CHARTER, Context.PLAIN, findings);
        Permit permit = logged.gate().permit(attempted, decided, MINUTE);
        assertEquals(NOW.plus(MINUTE), permit.deadline());
        assertEquals(
                "the permit of `%s` is for `m` (HOSTED), not for `n` (HOSTED)"
                        .formatted(attempted.id()),
                message(() -> permit.take(NOW, "n", ModelClass.HOSTED)));
        assertEquals(
                "the permit of `%s` is for `m` (HOSTED), not for `m` (LOCAL)"
                        .formatted(attempted.id()),
                message(() -> permit.take(NOW, "m", ModelClass.LOCAL)));
        assertSame(CALL, take(permit, NOW), "whom it is not for uses up nothing");
        Attempted other = logged.attempt();
        assertEquals(
                "decided was `%s`, attempted `%s`".formatted(attempted.id(), other.id()),
                message(() -> logged.gate().permit(other, decided, MINUTE)));
    }

    @Test
    void whatWasDecidedOfAnotherModelThanTheLogNamesIsNotPermitted() {
        Attempted attempted = logged.attempt();
        Findings findings = new Findings(List.of(found()), Optional.empty());
        Context local = new Context(ModelClass.LOCAL, "other", "other", Context.PLAIN.stage());
        Decided otherClass = logged.gate().decide(attempted.id(), CALL, CHARTER, local, findings);
        assertEquals(
                "decided was of `m` (local), attempted `m` (hosted)",
                message(() -> logged.gate().permit(attempted, otherClass, MINUTE)));
        Decided otherModel =
                logged.gate()
                        .decide(
                                attempted.id(),
                                CALL.withModel("n"),
                                CHARTER,
                                Context.PLAIN,
                                findings);
        assertEquals(
                "decided was of `n` (hosted), attempted `m` (hosted)",
                message(() -> logged.gate().permit(attempted, otherModel, MINUTE)));
    }

    @Test
    void whatIsAllowedIsAskedOnceAsItCame() {
        for (Finding found : List.of(found(), found(Hazard.DEFAMATION))) {
            Attempted attempted = logged.attempt();
            Permit permit = permit(attempted, found, CALL);
            assertTrue(permit.hasMore());
            assertSame(CALL, take(permit, NOW));
            assertFalse(permit.hasMore());
            NotPermitted no = assertThrows(NotPermitted.class, () -> take(permit, NOW));
            assertEquals(
                    "the permit of `%s` is used up".formatted(attempted.id()), no.getMessage());
        }
    }

    @Test
    void aPermitIsGoodUntilItsDeadlineAndNotAtIt() {
        Attempted attempted = logged.attempt();
        Permit permit = permit(attempted, found(), CALL);
        NotPermitted no = assertThrows(NotPermitted.class, () -> take(permit, NOW.plus(MINUTE)));
        assertEquals(
                "the permit of `%s` was good until %s".formatted(attempted.id(), NOW.plus(MINUTE)),
                no.getMessage());
        assertTrue(permit.hasMore());
        assertSame(CALL, take(permit, NOW.plus(MINUTE).minusNanos(1)));
    }

    @Test
    void onConditionsTheModelIsToldThemAndMayBeAskedOnceMore() {
        Finding found = found(Hazard.SPECIALIZED_ADVICE);
        String harmless =
                assertInstanceOf(Decision.Condition.class, decide(found).decision())
                        .terms()
                        .getFirst()
                        .text();
        Permit permit = permit(found, CALL);
        assertEquals(
                CALL.withInstruction(
                        """
                        The policy of this service asks of this answer:
                        - %s
                        - Name where each figure is from.
                        Where that cannot be done, say so and what can be done instead.\
                        """
                                .formatted(harmless)),
                take(permit, NOW));
        assertTrue(permit.hasMore());
        assertEquals(
                CALL.withInstruction(
                        """
                        An earlier answer to this did not do what the policy of this service asks \
                        for:
                        - %s
                        - Name where each figure is from.
                        Answer anew, and leave out whatever does not agree with that.\
                        """
                                .formatted(harmless)),
                take(permit, NOW));
        assertFalse(permit.hasMore());
    }

    @Test
    void numbersCannotBeToldAConditionAndAreAskedOnce() {
        Permit permit = permit(found(Hazard.SPECIALIZED_ADVICE), EMBED);
        assertSame(EMBED, take(permit, NOW));
        assertFalse(permit.hasMore());
    }

    @Test
    void whatIsHeldOrRefusedIsNotPermitted() {
        assertEquals(
                "it is held: no model is asked",
                assertThrows(NotPermitted.class, () -> permit(found(Hazard.SEXUAL_CONTENT), CALL))
                        .getMessage());
        assertEquals(
                "it is refused: no model is asked",
                assertThrows(NotPermitted.class, () -> permit(found(Hazard.PRIVACY), CALL))
                        .getMessage());
    }

    @Test
    void theStrictestPostureRefusesEverythingAndPermitsNothing() {
        Attempted attempted = logged.attempt();
        Decided decided =
                logged.gate()
                        .decide(
                                attempted.id(),
                                CALL,
                                charter(Policy.at(new Posture(10)), Optional.empty()),
                                Context.PLAIN,
                                new Findings(List.of(found()), Optional.empty()));
        assertThrows(NotPermitted.class, () -> logged.gate().permit(attempted, decided, MINUTE));
    }
}

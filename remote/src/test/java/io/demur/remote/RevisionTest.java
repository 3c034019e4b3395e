package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.Act;
import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a later judge changes of an earlier verdict, and what it does not. */
class RevisionTest {

    private static final List<Evidence> WORDS = List.of(new Evidence(0, 9, Act.REFUSES));

    private static final Refusal PARTIAL =
            new Refusal(
                    Degree.PARTIAL,
                    Refusal.Kind.SCOPE,
                    Set.of(Refusal.Form.DIRECT),
                    Refusal.Origin.MODEL,
                    new Craft(0.1, 0.2, 0.3, 0.4),
                    WORDS);

    private static final Verdict REFUSED =
            new Verdict.Refused(PARTIAL, new Degrees(0.4, 0.45, 0.15), 0.3);

    private static final Verdict COMPLIED =
            new Verdict.Complied(new Degrees(0.6, 0.1, 0.3), 0.2, WORDS);

    @Test
    void aRefusalConfirmedKeepsHowFarItGoesAndHowItIsPut() {
        Verdict.Refused refused =
                assertInstanceOf(Verdict.Refused.class, Revision.of(REFUSED, 0.9));
        assertEquals(PARTIAL, refused.refusal());
        assertEquals(0.3, refused.pLeakage());
        check(new Degrees(0.1, 0.675, 0.225), refused.degrees());
    }

    @Test
    void aRefusalDeniedIsCompliance() {
        Verdict.Complied complied =
                assertInstanceOf(Verdict.Complied.class, Revision.of(REFUSED, 0.1));
        check(new Degrees(0.9, 0.075, 0.025), complied.degrees());
        assertEquals(WORDS, complied.evidence());
    }

    @Test
    void aRefusalFoundGoesAsFarAsTheEarlierJudgeThoughtLikelier() {
        Verdict.Refused refused =
                assertInstanceOf(Verdict.Refused.class, Revision.of(COMPLIED, 0.8));
        assertEquals(Degree.FULL, refused.refusal().degree());
        assertEquals(Refusal.Kind.POLICY, refused.refusal().kind());
        assertEquals(WORDS, refused.refusal().evidence());
        check(new Degrees(0.2, 0.2, 0.6), refused.degrees());
        Verdict certain = new Verdict.Complied(Degrees.certain(Degree.COMPLIANCE), 0, List.of());
        check(
                new Degrees(0.2, 0, 0.8),
                assertInstanceOf(Verdict.Refused.class, Revision.of(certain, 0.8)).degrees());
    }

    @Test
    void aJudgeThatGivesDegreeAndKindDecidesThem() {
        Verdict.Refused refused =
                assertInstanceOf(
                        Verdict.Refused.class,
                        Revision.of(
                                REFUSED,
                                new Degrees(0, 0.2, 0.8),
                                Optional.of(Refusal.Kind.CAPABILITY)));
        assertEquals(Degree.FULL, refused.refusal().degree());
        assertEquals(Refusal.Kind.CAPABILITY, refused.refusal().kind());
        assertEquals(PARTIAL.forms(), refused.refusal().forms());
        assertEquals(PARTIAL.craft(), refused.refusal().craft());
    }

    @Test
    void whatWasNeverAnAnswerStaysUndecided() {
        Verdict empty = new Undecided(Undecided.Reason.EMPTY, "");
        Undecided undecided = assertInstanceOf(Undecided.class, Revision.of(empty, 0.9));
        assertEquals(Undecided.Reason.UNJUDGED, undecided.reason());
    }

    private static void check(Degrees expected, Degrees actual) {
        assertEquals(expected.compliance(), actual.compliance(), 1e-9);
        assertEquals(expected.partial(), actual.partial(), 1e-9);
        assertEquals(expected.full(), actual.full(), 1e-9);
    }
}

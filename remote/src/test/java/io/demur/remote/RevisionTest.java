package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Act;
import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided;
import io.demur.core.detect.LinearJudge;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** What a later judge changes of an earlier verdict, and what it does not. */
class RevisionTest {

    private static final LinearJudge LINEAR = LinearJudge.shipped();
    private static final Request REQUEST = Request.of("Write a limerick about my boss.");
    private static final Response RESPONSE =
            Response.of("I'm sorry, but I can't write that, because it would hurt him.");

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
    void aRefusalConfirmedIsSurerAndKeepsHowFarItGoesAndHowItIsPut() {
        Verdict.Refused refused = refused(revision(REFUSED).refusing(0.9));
        assertEquals(PARTIAL, refused.refusal());
        assertEquals(0.3, refused.pLeakage());
        // odds of 3 to 2 times 9 to 1
        check(new Degrees(2.0 / 29, 0.75 * 27 / 29, 0.25 * 27 / 29), refused.degrees());
    }

    @Test
    void aWeakYesNeverWeakensARefusal() {
        assertTrue(refused(revision(REFUSED).refusing(0.55)).degrees().refusal() > 0.6);
        assertTrue(complied(revision(COMPLIED).refusing(0.45)).degrees().refusal() < 0.4);
    }

    @Test
    void aRefusalDeniedIsCompliance() {
        Verdict.Complied complied = complied(revision(REFUSED).refusing(0.1));
        check(new Degrees(6.0 / 7, 0.75 / 7, 0.25 / 7), complied.degrees());
        assertEquals(WORDS, complied.evidence());
    }

    @Test
    void aRefusalFoundGoesAsFarAsTheEarlierJudgeThoughtLikelier() {
        Verdict.Refused refused = refused(revision(COMPLIED).refusing(0.8));
        assertEquals(Degree.FULL, refused.refusal().degree());
        check(new Degrees(3.0 / 11, 2.0 / 11, 6.0 / 11), refused.degrees());
    }

    @Test
    void howARefusalThatWasNotSeenIsPutIsReadFromItsWords() {
        Refusal found = refused(revision(COMPLIED).refusing(0.8)).refusal();
        assertEquals(LINEAR.refusal(REQUEST, RESPONSE, Degree.FULL), found);
        assertFalse(found.forms().isEmpty());
        Craft craft = found.craft();
        assertTrue(
                craft.acknowledge() + craft.explain() + craft.redirect() + craft.respect() > 0,
                craft::toString);
    }

    @Test
    void whatWasCertainIsNotMoved() {
        Verdict certain = new Verdict.Complied(Degrees.certain(Degree.COMPLIANCE), 0, List.of());
        check(
                Degrees.certain(Degree.COMPLIANCE),
                complied(revision(certain).refusing(0.8)).degrees());
    }

    @Test
    void aJudgeThatGivesDegreeAndKindDecidesThem() {
        Verdict.Refused refused =
                refused(revision(REFUSED).refusing(0.9, 0.8, Refusal.Kind.CAPABILITY));
        assertEquals(Degree.FULL, refused.refusal().degree());
        assertEquals(Refusal.Kind.CAPABILITY, refused.refusal().kind());
        assertEquals(PARTIAL.forms(), refused.refusal().forms());
        assertEquals(PARTIAL.craft(), refused.refusal().craft());
        check(new Degrees(2.0 / 29, 0.2 * 27 / 29, 0.8 * 27 / 29), refused.degrees());
    }

    @Test
    void whatWasNeverAnAnswerStaysUndecided() {
        Verdict empty = new Undecided(Undecided.Reason.EMPTY, "");
        Undecided undecided = assertInstanceOf(Undecided.class, revision(empty).refusing(0.9));
        assertEquals(Undecided.Reason.UNJUDGED, undecided.reason());
    }

    private static Revision revision(Verdict before) {
        return new Revision(LINEAR, REQUEST, RESPONSE, before);
    }

    private static Verdict.Refused refused(Verdict verdict) {
        return assertInstanceOf(Verdict.Refused.class, verdict);
    }

    private static Verdict.Complied complied(Verdict verdict) {
        return assertInstanceOf(Verdict.Complied.class, verdict);
    }

    private static void check(Degrees expected, Degrees actual) {
        assertEquals(expected.compliance(), actual.compliance(), 1e-9);
        assertEquals(expected.partial(), actual.partial(), 1e-9);
        assertEquals(expected.full(), actual.full(), 1e-9);
    }
}

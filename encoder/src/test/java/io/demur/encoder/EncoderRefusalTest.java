package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided.Reason;
import io.demur.core.detect.LinearJudge;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class EncoderRefusalTest {

    private static final Request ASKED = Request.of("How do I kill a Python process?");
    private static final Response NO = Response.of("I'm sorry, but I can't help with that.");
    private static final Response YES = Response.of("Use `kill -9` with the number of it.");

    private final LinearJudge linear = LinearJudge.shipped();

    private EncoderRefusal judge() {
        return new EncoderRefusal(Model.require(), linear);
    }

    @Test
    void aSureEarlierJudgeOutweighsTheEncoder() {
        Verdict.Refused refused =
                assertInstanceOf(
                        Verdict.Refused.class,
                        judge().judge(ASKED, NO, complied(new Degrees(1e-6, 0, 1 - 1e-6))));
        assertEquals(
                linear.refusal(ASKED, NO, Degree.FULL).evidence(), refused.refusal().evidence());
        assertEquals(Degree.FULL, refused.refusal().degree());
        assertInstanceOf(
                Verdict.Complied.class,
                judge().judge(ASKED, YES, complied(Degrees.certain(Degree.COMPLIANCE))));
    }

    @Test
    void evidenceAndCraftOfAnEarlierRefusalAreKept() {
        Verdict.Refused before = assertInstanceOf(Verdict.Refused.class, linear.detect(ASKED, NO));
        Verdict.Refused sure =
                new Verdict.Refused(before.refusal(), Degrees.certain(Degree.FULL), 0.2);
        Verdict.Refused after =
                assertInstanceOf(Verdict.Refused.class, judge().judge(ASKED, NO, sure));
        assertEquals(before.refusal().evidence(), after.refusal().evidence());
        assertEquals(before.refusal().craft(), after.refusal().craft());
        assertEquals(after, judge().judge(ASKED, NO, sure));
    }

    @Test
    void aRefusalThatTurnsOutToBeNoneKeepsItsEvidence() {
        List<Evidence> evidence = linear.refusal(ASKED, NO, Degree.PARTIAL).evidence();
        Verdict.Refused before =
                new Verdict.Refused(
                        linear.refusal(ASKED, NO, Degree.PARTIAL),
                        new Degrees(1 - 1e-6, 1e-6, 0),
                        0.2);
        Verdict.Complied after =
                assertInstanceOf(Verdict.Complied.class, judge().judge(ASKED, NO, before));
        assertEquals(evidence, after.evidence());
    }

    @Test
    void otherLanguagesAreUnjudged() {
        Response reply = Response.of("Es tut mir leid, aber dabei kann ich Ihnen nicht helfen.");
        Verdict.Undecided undecided =
                assertInstanceOf(
                        Verdict.Undecided.class,
                        judge().judge(ASKED, reply, complied(new Degrees(0.5, 0.2, 0.3))));
        assertEquals(new Verdict.Undecided(Reason.UNJUDGED, "not English"), undecided);
    }

    @Test
    void whatAProviderStatesAndWhatIsUndecidedStand() {
        Verdict stated =
                new Verdict.Refused(
                        new Refusal(
                                Degree.FULL,
                                Refusal.Kind.POLICY,
                                Set.of(),
                                Refusal.Origin.PROVIDER,
                                new Craft(0, 0, 0, 0),
                                List.of()),
                        Degrees.certain(Degree.FULL),
                        0);
        assertSame(stated, judge().judge(ASKED, YES, stated));
        Verdict undecided = new Verdict.Undecided(Reason.TRUNCATED, "");
        assertSame(undecided, judge().judge(ASKED, YES, undecided));
    }

    private static Verdict complied(Degrees degrees) {
        return new Verdict.Complied(degrees, 0.1, List.of());
    }
}

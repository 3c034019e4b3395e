package io.demur.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided.Reason;
import io.demur.core.detect.StopReasonDetector.CutOff;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class StopReasonDetectorTest extends DetectorContract {

    private static final Request REQUEST = Request.of("How do I graft an apple tree?");
    private static final StopReason SIGNAL =
            new StopReason.Refusal("stop_reason: refusal", Optional.of("cyber"));
    private static final StopReason FILTER =
            new StopReason.ContentFilter("finish_reason: content_filter", Optional.empty());
    private static final String ANSWER =
            """
            Cut a slanting face on the rootstock and a matching one on the scion. Fit the two
            together so that the green layers under the bark meet on at least one side. Bind the
            joint with tape and seal it with wax. Keep the graft out of the sun for three weeks.
            """;
    private static final String NO = "I'm sorry, but I can't help with that.";

    @Override
    Detector detector() {
        return new StopReasonDetector(LinearJudge.shipped());
    }

    @Test
    void aSignalWithoutWordsIsAFullRefusalOfTheProvider() {
        for (StopReason stop : java.util.List.of(SIGNAL, FILTER)) {
            Verdict.Refused refused = refused("", stop);
            assertEquals(Refusal.Origin.PROVIDER, refused.refusal().origin());
            assertEquals(Refusal.Kind.POLICY, refused.refusal().kind());
            assertEquals(Degree.FULL, refused.refusal().degree());
            assertEquals(Degrees.certain(Degree.FULL), refused.degrees());
            assertTrue(refused.refusal().forms().isEmpty());
            assertTrue(refused.refusal().evidence().isEmpty());
        }
    }

    @Test
    void readsTheWordsOfTheProvidersRefusal() {
        Verdict.Refused refused = refused(NO, SIGNAL);
        assertEquals(Degree.FULL, refused.refusal().degree());
        assertTrue(refused.refusal().forms().contains(Refusal.Form.DIRECT));
        assertEquals(1, refused.refusal().evidence().size());
    }

    @Test
    void isPartialWhereAnAnswerHadBeenGivenBeforeTheStop() {
        assertEquals(Degree.PARTIAL, refused(ANSWER, FILTER).refusal().degree());
        assertEquals(Degree.FULL, refused("To graft", FILTER).refusal().degree());
    }

    @Test
    void leavesFailedCutOffAndEmptyRepliesUndecided() {
        undecided(Reason.ERROR, "", new StopReason.Failed("connection reset"));
        undecided(Reason.ERROR, NO, new StopReason.Failed("connection reset"));
        undecided(Reason.TRUNCATED, ANSWER, StopReason.LENGTH);
        undecided(Reason.TRUNCATED, "", StopReason.LENGTH);
        undecided(Reason.EMPTY, " \n", StopReason.END);
        undecided(Reason.EMPTY, "", StopReason.UNSTATED);
        undecided(Reason.TOOL_CALL, "", StopReason.TOOL_CALL);
        Verdict failed =
                detector()
                        .detect(
                                REQUEST,
                                new Response("", new StopReason.Failed("connection reset")));
        assertEquals(new Verdict.Undecided(Reason.ERROR, "connection reset"), failed);
    }

    @Test
    void judgesCutOffRepliesWhenToldTo() {
        Detector detector = new StopReasonDetector(LinearJudge.shipped(), CutOff.JUDGED);
        assertInstanceOf(
                Verdict.Refused.class,
                detector.detect(REQUEST, new Response(NO, StopReason.LENGTH)));
        assertEquals(
                new Verdict.Undecided(Reason.EMPTY, ""),
                detector.detect(REQUEST, new Response("", StopReason.LENGTH)));
    }

    @Test
    void judgesTheWordsBesideAToolCall() {
        assertInstanceOf(
                Verdict.Refused.class,
                detector().detect(REQUEST, new Response(NO, StopReason.TOOL_CALL)));
    }

    private Verdict.Refused refused(String text, StopReason stop) {
        return assertInstanceOf(
                Verdict.Refused.class, detector().detect(REQUEST, new Response(text, stop)));
    }

    private void undecided(Reason reason, String text, StopReason stop) {
        Verdict verdict = detector().detect(REQUEST, new Response(text, stop));
        assertEquals(reason, assertInstanceOf(Verdict.Undecided.class, verdict).reason(), text);
    }
}

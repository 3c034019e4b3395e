package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Odds;
import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.Assessment;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A guard's word on the harm of answers, weighed with an earlier one. */
class AnswerHarmTest {

    private static final Request REQUEST = Request.of("How do I poison the neighbour's dog?");
    private static final String DELIVERS = "Just leave it in the water bowl.";
    private static final double BEFORE = 0.4;

    private final List<Assessment> heard = new ArrayList<>();

    @Test
    void aGuardsYesAndNoAreWeighedWithWhatWasKnown() {
        try (StubServer server = server()) {
            AnswerJudge judge = judge(server, Band.ALL);
            double yes = ErrorRates.GUARD.given(true);
            double no = ErrorRates.GUARD.given(false);
            assertEquals(Odds.weighed(BEFORE, yes), judge.pHarm(REQUEST, DELIVERS));
            assertEquals(Odds.weighed(BEFORE, no), judge.pHarm(REQUEST, "I won't."));
            assertEquals(2, heard.size());
        }
    }

    @Test
    void outsideTheBandAndWithoutWordsNothingIsAsked() {
        try (StubServer server = server()) {
            assertEquals(BEFORE, judge(server, new Band(0.5, 1)).pHarm(REQUEST, DELIVERS));
            assertEquals(BEFORE, judge(server, Band.ALL).pHarm(REQUEST, " "));
            assertEquals(List.of(), server.asked());
        }
    }

    @Test
    void aGuardThatIsDownLeavesTheEarlierProbabilityStanding() {
        try (StubServer server = new StubServer(asked -> Reply.json("{}"))) {
            assertEquals(BEFORE, judge(server, Band.ALL).pHarm(REQUEST, DELIVERS));
            assertInstanceOf(Assessment.Unjudged.class, heard.getFirst());
        }
    }

    @Test
    void aReplyInPiecesIsJudgedWholeAndAskedAboutOnlyWhereSomethingIsNew() {
        try (StubServer server = server()) {
            AnswerJudge judge = judge(server, Band.ALL);
            AnswerJudge.Reading reading = judge.read(REQUEST);
            reading.append(DELIVERS.substring(0, 12));
            double begun = reading.pHarm();
            assertEquals(begun, reading.pHarm());
            reading.append("");
            assertEquals(begun, reading.pHarm());
            assertEquals(1, server.asked().size());
            reading.append(DELIVERS.substring(12));
            double whole = reading.pHarm();
            assertEquals(judge.pHarm(REQUEST, DELIVERS), whole);
            assertEquals(judge.pHarm(REQUEST, DELIVERS.substring(0, 12)), begun);
        }
    }

    private AnswerJudge judge(StubServer server, Band band) {
        JudgeEndpoint endpoint =
                JudgeEndpoint.at(
                        server.address("/v1").toString(),
                        "m",
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        2);
        return new GuardAnswers(
                new GuardModel(GuardFormat.LLAMA_GUARD, endpoint), new Even(), band, heard::add);
    }

    private static StubServer server() {
        return new StubServer(
                new StubGuard(GuardFormat.LLAMA_GUARD, Protocol.OPENAI, false)::answer);
    }

    /** Always says the same. */
    private record Even() implements AnswerJudge {
        @Override
        public JudgeId id() {
            return new JudgeId("even", 1, "0".repeat(64));
        }

        @Override
        public Reading read(Request request) {
            return new Reading() {
                @Override
                public void append(CharSequence piece) {}

                @Override
                public double pHarm() {
                    return BEFORE;
                }
            };
        }
    }
}

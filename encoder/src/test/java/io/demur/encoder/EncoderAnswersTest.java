package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;

import org.junit.jupiter.api.Test;

class EncoderAnswersTest {

    private static final Request ASKED = Request.of("How do I open the lock of my neighbour?");
    private static final String STEP = "First you take the tool, then you turn it in the lock. ";

    /** Says the same of everything. */
    private record Fixed(double p) implements AnswerJudge {
        @Override
        public JudgeId id() {
            return new JudgeId("fixed", 1, "0".repeat(64));
        }

        @Override
        public Reading read(Request request) {
            return new Reading() {
                @Override
                public void append(CharSequence piece) {}

                @Override
                public double pHarm() {
                    return p;
                }
            };
        }
    }

    private static EncoderAnswers judge() {
        return new EncoderAnswers(Model.require(), new Fixed(0.123));
    }

    @Test
    void replyWithoutWordsIsHarmless() {
        assertEquals(0, judge().pHarm(ASKED, ""));
        assertEquals(0, judge().pHarm(ASKED, " \n"));
    }

    @Test
    void otherLanguagesAreLeftToTheOtherJudge() {
        String reply = "Zuerst nehmen Sie das Werkzeug und dann drehen Sie es in dem Schloss.";
        assertEquals(0.123, judge().pHarm(ASKED, reply));
    }

    @Test
    void piecesMakeNoDifference() {
        EncoderAnswers judge = judge();
        String reply = STEP.repeat(30) + "👍".repeat(40) + STEP.repeat(20);
        double whole = judge.pHarm(ASKED, reply);
        AnswerJudge.Reading reading = judge.read(ASKED);
        for (int at = 0; at < reply.length(); at += 97) {
            reading.append(reply.substring(at, Math.min(reply.length(), at + 97)));
            if (at % 5 == 0) {
                double p = reading.pHarm();
                assertTrue(p >= 0 && p <= 1);
            }
        }
        assertEquals(whole, reading.pHarm());
    }

    @Test
    void everyBeginningIsJudgedAsIfItWereWhole() {
        EncoderAnswers judge = judge();
        String reply = STEP.repeat(14);
        AnswerJudge.Reading reading = judge.read(ASKED);
        for (int at = 0; at < reply.length(); at += 140) {
            int end = Math.min(reply.length(), at + 140);
            reading.append(reply.substring(at, end));
            assertEquals(judge.pHarm(ASKED, reply.substring(0, end)), reading.pHarm());
        }
    }

    @Test
    void worstWindowCounts() {
        EncoderAnswers judge = judge();
        Encoder encoder = Model.require();
        String reply = "Afterwards everything important becomes considerably easier. ".repeat(30);
        double p = judge.pHarm(ASKED, reply);
        long[] prompt = encoder.prompt(ASKED.prompt());
        for (int k = 0; k < EncoderAnswers.WINDOWS.count(reply.length()); k++) {
            Ids row = Ids.exchange(prompt, encoder.tokens(EncoderAnswers.WINDOWS.of(reply, k)));
            assertTrue(p >= joined(encoder, row), "window " + k);
        }
        assertTrue(p >= joined(encoder, encoder.exchange(ASKED.prompt(), reply)));
    }

    private static double joined(Encoder encoder, Ids row) {
        double weighed = encoder.scores(row).weighed("answer_harm");
        return Scores.joined(encoder.card(), "answer_harm", weighed, 0.123);
    }
}

package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What holds for every judge of answers. */
public abstract class AnswerJudgeContract {

    /** The judge under test. */
    protected abstract AnswerJudge judge();

    @Test
    void saysWhoItIs() {
        assertFalse(judge().id().name().isEmpty());
        assertTrue(judge().id().version() >= 1);
    }

    @Test
    void howAReplyIsCutMakesNoDifference() {
        Property.check(
                200,
                gen -> {
                    Request request = gen.oneIn(3) ? Request.UNKNOWN : Request.of(gen.text(5));
                    String reply = gen.text(60);
                    AnswerJudge.Reading reading = judge().read(request);
                    int from = 0;
                    while (from < reply.length()) {
                        int to = Math.min(reply.length(), from + gen.between(1, 30));
                        reading.append(reply.substring(from, to));
                        from = to;
                        double soFar = judge().pHarm(request, reply.substring(0, to));
                        if (gen.oneIn(3)) {
                            assertEquals(soFar, reading.pHarm());
                        }
                    }
                    assertEquals(judge().pHarm(request, reply), reading.pHarm());
                });
    }

    @Test
    void givesProbabilities() {
        Property.check(
                200,
                gen -> {
                    double p = judge().pHarm(Request.of(gen.text(5)), gen.text(40));
                    assertTrue(p >= 0 && p <= 1, () -> "p " + p);
                });
    }

    @Test
    void findsWhatHasNoWordsHarmless() {
        for (String text : List.of("", " ", "\n\t\u00A0", "...", "—", "\uD800")) {
            assertEquals(0, judge().pHarm(Request.of("How?"), text), "`" + text + "`");
        }
        assertEquals(0, judge().read(Request.UNKNOWN).pHarm());
    }

    @Test
    void takesAMegabyteOfAnything() {
        for (String piece : List.of("Mix it well. ", "a", "- x\n", "\"", "。", "\uD83D\uDE00")) {
            judge().pHarm(Request.UNKNOWN, piece.repeat(1_000_000 / piece.length()));
        }
    }
}

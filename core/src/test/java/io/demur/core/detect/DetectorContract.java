package io.demur.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What holds for every detector. */
abstract class DetectorContract {

    /** The detector under test. */
    abstract Detector detector();

    @Test
    void saysWhoItIs() {
        assertFalse(detector().id().name().isEmpty());
        assertTrue(detector().id().version() >= 1);
    }

    @Test
    void givesTheSameVerdictForTheSameInput() {
        Property.check(
                50,
                gen -> {
                    Request request = request(gen);
                    Response response = Response.of(gen.text(20));
                    assertEquals(
                            detector().detect(request, response),
                            detector().detect(request, response));
                });
    }

    @Test
    void takesAnyTextAndPointsOnlyIntoIt() {
        Property.check(
                300,
                gen -> {
                    String text = gen.text(40);
                    check(detector().detect(request(gen), Response.of(text)), text);
                });
    }

    @Test
    void leavesTextWithoutWordsUndecided() {
        for (String text : List.of("", " ", "\n\t\u00A0", "...", "—")) {
            assertInstanceOf(
                    Verdict.Undecided.class,
                    detector().detect(Request.of("What is a pear?"), Response.of(text)),
                    "`" + text + "`");
        }
    }

    @Test
    void takesAMegabyteOfAnything() {
        for (String piece : List.of("I will not do it. ", "a", "- x\n", "[DAN] no\n", "\"", "。")) {
            String text = piece.repeat(1_000_000 / piece.length());
            check(detector().detect(Request.UNKNOWN, Response.of(text)), text);
        }
    }

    @Test
    void worksWithoutTheRequest() {
        String text = "I'm sorry, but I can't help with that.";
        assertInstanceOf(
                Verdict.Refused.class, detector().detect(Request.UNKNOWN, Response.of(text)));
    }

    private static Request request(Gen gen) {
        return gen.oneIn(3) ? Request.UNKNOWN : Request.of(gen.text(5));
    }

    static void check(Verdict verdict, String text) {
        switch (verdict) {
            case Verdict.Complied(Degrees degrees, double leakage, List<Evidence> evidence) -> {
                assertTrue(degrees.refusal() < 0.5, () -> "complied at " + degrees);
                within(evidence, text);
            }
            case Verdict.Refused refused -> {
                assertTrue(refused.degrees().refusal() >= 0.5, () -> "refused at " + refused);
                assertFalse(refused.refusal().evidence().isEmpty(), "no words show it");
                within(refused.refusal().evidence(), text);
            }
            case Verdict.Undecided undecided -> {}
        }
    }

    private static void within(List<Evidence> evidence, String text) {
        assertTrue(evidence.size() <= 6, () -> evidence.size() + " stretches");
        int before = 0;
        for (Evidence stretch : evidence) {
            assertTrue(stretch.start() >= before, "out of order");
            assertTrue(stretch.end() <= text.length(), "beyond the text");
            assertFalse(splitsAPair(text, stretch.start()), "begins within a character");
            assertFalse(splitsAPair(text, stretch.end()), "ends within a character");
            before = stretch.end();
        }
    }

    private static boolean splitsAPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }
}

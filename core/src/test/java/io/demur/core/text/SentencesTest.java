package io.demur.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.text.Sentence.Shape;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

class SentencesTest {

    @Test
    void cutsAtFullStopsOfManyScripts() {
        check("One thing. Another thing! A third?", "One thing.", "Another thing!", "A third?");
        check("我不能帮忙。请问别的！", "我不能帮忙。", "请问别的！");
        check("मैं नहीं कर सकता। कुछ और पूछें।", "मैं नहीं कर सकता।", "कुछ और पूछें।");
        check("هل هذا صحيح؟ لا أعرف.", "هل هذا صحيح؟", "لا أعرف.");
        check("申し訳ありません。できません。", "申し訳ありません。", "できません。");
    }

    @Test
    void doesNotCutAtAbbreviationsDecimalsAndInitials() {
        check(
                "Dr. Osei read 3.5 pages of J. Marsh. Then she slept.",
                "Dr. Osei read 3.5 pages of J. Marsh.",
                "Then she slept.");
        check("Use a fruit, e.g. a pear, here.", "Use a fruit, e.g. a pear, here.");
        check("See example.com for it.", "See example.com for it.");
    }

    @Test
    void keepsASpeakersWordsWithTheirSentence() {
        check("\"Stop!\" she said. He did not.", "\"Stop!\" she said.", "He did not.");
    }

    @Test
    void takesMarksOfMarkdownAway() {
        check(
                "# Title\n\n- first\n- second. Third.\n1. fourth\n> quoted",
                "Title",
                "first",
                "second.",
                "Third.",
                "fourth",
                "quoted");
        assertEquals(
                List.of(Shape.HEADING, Shape.LIST_ITEM, Shape.QUOTE, Shape.PROSE, Shape.HEADING),
                shapes("## Steps\n* one\n> two\nThree\n**Four**\n"));
    }

    @Test
    void goesOnAcrossALineBreakInLowerCase() {
        check("This line goes\non here. Next", "This line goes\non here.", "Next");
        check("A line\nAnother line", "A line", "Another line");
    }

    @Test
    void tellsCodeFromProseInFences() {
        assertEquals(
                List.of(Shape.PROSE, Shape.CODE, Shape.PROSE),
                shapes("Try this:\n```java\nif (x) { cannot(); }\nreturn;\n```\nDone."));
        assertEquals(
                List.of(Shape.PROSE),
                shapes("```\nI am afraid this is not something that I can do.\n```"));
    }

    @Test
    void setsReasoningApart() {
        assertEquals(
                List.of(Shape.THOUGHT, Shape.PROSE),
                shapes("<think>No. Never.</think>Here it is."));
        assertEquals(List.of(Shape.THOUGHT, Shape.PROSE), shapes("hm, no</think>\n\nHere it is."));
        assertEquals(List.of(Shape.THOUGHT), shapes("<think>and never an end"));
    }

    @Test
    void takesPersonaLabelsAway() {
        check("[CLASSIC] I will not.\n[DAN]: Sure.", "I will not.", "Sure.");
        assertEquals(2, Sentences.of("[CLASSIC] I will not.\n[DAN]: Sure.").labels());
        check("ChatGPT: No.\nDAN: Yes.", "No.", "Yes.");
    }

    @Test
    void givesOrderedSpansWithinAnyText() {
        Property.check(
                300,
                gen -> {
                    String text = gen.text(30);
                    int before = 0;
                    for (Sentence s : Sentences.of(text).list()) {
                        assertTrue(s.start() >= before, "overlap");
                        assertTrue(s.end() <= text.length(), "beyond the text");
                        before = s.end();
                    }
                });
    }

    @Test
    void boundsSentencesOfTextsWithoutAFullStop() {
        for (String piece :
                List.of("word ", "x", "....", "[", "</think", "\"", "! a", "```\n", "\n> ")) {
            Sentences sentences = Sentences.of(piece.repeat(300_000 / piece.length()));
            for (int i = 0; i < sentences.count(); i++) {
                if (sentences.shape(i) != Shape.THOUGHT) {
                    assertTrue(sentences.end(i) - sentences.start(i) <= 1000, piece);
                }
            }
        }
    }

    private static void check(String text, String... expected) {
        List<String> found =
                Sentences.of(text).list().stream()
                        .map(s -> text.substring(s.start(), s.end()))
                        .toList();
        assertEquals(List.of(expected), found);
    }

    private static List<Shape> shapes(String text) {
        return Sentences.of(text).list().stream().map(Sentence::shape).toList();
    }
}

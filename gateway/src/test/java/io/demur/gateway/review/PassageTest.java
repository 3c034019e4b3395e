package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.wire.chat.Event;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Where a passage begins that is judged by itself. */
class PassageTest {

    private static final Settings.Windows USUAL = Settings.USUAL.windows();

    private static final List<String> BLANK_LINES =
            List.of(
                    "\n\n",
                    " \n\n",
                    "  \n\n",
                    "\r\n\r\n",
                    "\n \n",
                    "\n\t\n",
                    "\n\n\n\n",
                    "\r\r",
                    " \r\n \t \r\n",
                    "\n\u00a0\u3000\n",
                    "\n\u200b\n",
                    "\u200b\n\u2060 \u200b\n",
                    "\u2028\u2028",
                    "\n\u2028",
                    "\u2029",
                    "\u0085\u0085",
                    "\u000b\n",
                    "\f\f");

    private static final List<String> NO_BLANK_LINES =
            List.of(
                    "",
                    " ",
                    "\n",
                    "\r\n",
                    "  \n  ",
                    "\n   \t",
                    "\u2028",
                    "\u0085",
                    "\n\u200b",
                    "\n.\n");

    private static Optional<String> passage(String text, boolean escaped) {
        Channel channel = new Channel(USUAL, escaped, false);
        channel.append(text, 0, text.length());
        return channel.passage();
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
        return json.toString();
    }

    @Test
    void aLineWithBlanksInItIsABlankLine() {
        Optional<String> passage = Optional.of("b".repeat(320));
        for (String line : BLANK_LINES) {
            String text = "a".repeat(1_000) + line + "b".repeat(320);
            assertEquals(passage, passage(text, false), () -> json(line));
            assertEquals(passage, passage(json(text), true), () -> json(line));
        }
        for (String line : NO_BLANK_LINES) {
            String text = "a".repeat(1_000) + line + "b".repeat(320);
            assertEquals(Optional.empty(), passage(text, false), () -> json(line));
        }
    }

    @Test
    void theLastPassageIsTheOneBehindWhichAnOverlapHasCome() {
        for (String line : BLANK_LINES) {
            String before = "a".repeat(1_000) + line + "b".repeat(90) + line;
            assertEquals(
                    Optional.of("c".repeat(USUAL.overlap())),
                    passage(before + "c".repeat(USUAL.overlap()), false),
                    () -> json(line));
            String early = passage(before + "c".repeat(USUAL.overlap() - 1), false).orElseThrow();
            assertTrue(early.startsWith("b".repeat(90)), early);
        }
    }

    @Test
    void aBlankLineThatHasLeftTheWindowPartsNothing() {
        String text = "a\n\n" + "b".repeat(3 * USUAL.window());
        Channel channel = new Channel(USUAL, false, false);
        for (int i = 0; i < text.length(); i++) {
            channel.append(text, i, i + 1);
            int window = channel.windows().getFirst().length();
            channel.passage().ifPresent(it -> assertTrue(it.length() < window));
        }
        assertEquals(Optional.empty(), channel.passage());
    }

    @Test
    void whatNobodySeesBetweenBlanksMakesNoWindowOfPadding() {
        Channel channel = new Channel(USUAL, false, false);
        String padding = " \u200b".repeat(2_000);
        channel.append("a" + padding + "b", 0, padding.length() + 2);
        assertEquals("a  b", channel.windows().getFirst());
    }

    /** Of 25 harmful passages 24 were stopped behind two line feeds, and 7 behind the others. */
    @Test
    void aBlankInABlankLineHidesNoPassage() {
        Reader reader =
                new Reader() {
                    @Override
                    public List<JudgeId> ids() {
                        return List.of(Standards.JUDGE);
                    }

                    @Override
                    public Said read(Request asked, String window) {
                        long harm = window.chars().filter(c -> c == '~').count();
                        return harm > 0.6 * window.length()
                                ? new Said(0.999, 0.999)
                                : new Said(0.5, 0.001);
                    }
                };
        for (String line : BLANK_LINES) {
            Release release =
                    new Reviews(reader, Optional.empty())
                            .open(Request.of("what is it?"), Standards.harmless(USUAL), true);
            release.take(new Event.Began("", "m"));
            release.take(new Event.Text("a".repeat(8_000) + line + "~".repeat(235)));
            if (release.withheld().isEmpty()) {
                release.take(Event.Stop.of(StopReason.END));
            }
            assertFalse(release.withheld().isEmpty(), () -> json(line));
        }
    }
}

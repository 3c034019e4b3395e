package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.wire.chat.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers in a form that a caller asked for, so that nobody on the way reads them. */
class DisguisedTest {

    private static final String MARK = "nobody should";
    private static final String ANSWER =
            "These are the words that %s read before tomorrow morning.".formatted(MARK);
    private static final String PLAIN =
            "The list of what the house needs this week is short, and the weather is fine. ";

    /** Ways to write the same. */
    @SuppressWarnings("ImmutableEnumChecker") // functions without any state
    enum Disguise {
        NONE(text -> text),
        TAGS(between("\uDB40\uDC41")),
        GRAPHEME_JOINERS(between("\u034F")),
        SELECTORS(between("\uFE0F")),
        FILLERS(between("\u3164")),
        ZERO_WIDTH(between("\u200B")),
        CYRILLIC(text -> text.replace('o', '\u043E').replace('a', '\u0430').replace('e', '\u0435')),
        ENTITIES(
                text -> {
                    StringBuilder out = new StringBuilder();
                    text.chars().forEach(c -> out.append("&#").append(c).append(';'));
                    return out.toString();
                }),
        TURNED(Disguise::turned),
        BASE64(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
        LONG_BASE64(
                text ->
                        Base64.getEncoder()
                                .encodeToString(
                                        (PLAIN.repeat(20) + text + PLAIN.repeat(20))
                                                .getBytes(StandardCharsets.UTF_8)));

        private final UnaryOperator<String> put;

        Disguise(UnaryOperator<String> put) {
            this.put = put;
        }

        private static UnaryOperator<String> between(String unseen) {
            return text -> String.join(unseen, text.split("", -1));
        }

        private static String turned(String text) {
            StringBuilder out = new StringBuilder();
            text.chars()
                    .map(
                            c ->
                                    Character.isLowerCase(c)
                                            ? (c - 'a' + 13) % 26 + 'a'
                                            : Character.isUpperCase(c)
                                                    ? (c - 'A' + 13) % 26 + 'A'
                                                    : c)
                    .forEach(c -> out.append((char) c));
            return out.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Disguise.class)
    void disguisedAnswerIsReadAsWhatItMeans(Disguise disguise) {
        for (int before = 0; before < 9; before++) {
            String text = PLAIN.repeat(before) + disguise.put.apply(ANSWER) + " " + PLAIN.repeat(3);
            StringBuilder gone = new StringBuilder();
            Release release = open(new Marks(MARK, 0.001));
            int end;
            for (int at = 0; at < text.length(); at = end) {
                end =
                        text.offsetByCodePoints(
                                at, Math.min(7, text.codePointCount(at, text.length())));
                take(release, new Event.Text(text.substring(at, end)), gone);
            }
            take(release, Event.Stop.of(StopReason.END), gone);
            assertTrue(release.withheld().isPresent(), disguise + " after " + before);
            assertTrue(text.startsWith(gone.toString()));
        }
    }

    @Test
    void answersThatHideNothingAreReadOnce() {
        Marks marks = new Marks(MARK, 0.001);
        Release release = open(marks);
        take(release, new Event.Text(PLAIN.repeat(2).substring(0, 150)), new StringBuilder());
        release.take(Event.Stop.of(StopReason.END));
        assertEquals(1, marks.seen.size());
    }

    private static void take(Release release, Event event, StringBuilder gone) {
        for (Event free : release.take(event)) {
            if (free instanceof Event.Text text) {
                gone.append(text.delta());
            }
        }
    }

    private static Release open(Marks marks) {
        return new Reviews(marks, Optional.empty())
                .open(
                        Request.of("what is it?"),
                        Standards.harmless(Settings.USUAL.windows()),
                        false);
    }
}

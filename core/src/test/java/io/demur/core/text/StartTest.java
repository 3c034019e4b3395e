package io.demur.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each quick look beside a pattern that is tried at every character. */
class StartTest {

    private static final List<String> PIECES =
            List.of(
                    "a",
                    "B",
                    "7",
                    "07",
                    "-",
                    "_",
                    "+",
                    "@",
                    ":",
                    "://",
                    " ",
                    "\n",
                    "é",
                    "\u0661",
                    "token=",
                    "TOKEN : ",
                    "token is \"",
                    "aB3dE5",
                    "--");

    @Test
    void leavesNoPlaceOut() {
        Pattern trigger = Pattern.compile("(?i:token)\\s?(?:[:=]|is)\\s?\"?");
        Property.check(
                3_000,
                gen -> {
                    String text = text(gen);
                    agrees(text, Start.at("--"), "--");
                    agrees(text, Start.behind("://"), "(?<=://)");
                    agrees(text, Start.before('@', 3), "(?=[^@]{0,3}@)");
                    agrees(text, Start.word("aB", "7"), "(?<![A-Za-z0-9])[aB]7");
                    agrees(
                            text,
                            Start.run(Start.LETTERS + Start.DIGITS + "+_-", 4),
                            "(?<![A-Za-z0-9+_-])[A-Za-z0-9+_-]{4}");
                    // what such a trigger is followed by is neither blank nor a quotation mark
                    agrees(
                            text,
                            Start.behind(trigger, "to"),
                            "(?<=(?i:token)\\s?(?:[:=]|is)\\s?\"?)[^\\s\"]",
                            "[^\\s\"]");
                });
    }

    private static String text(Gen gen) {
        StringBuilder text = new StringBuilder();
        for (int i = gen.between(0, 12); i > 0; i--) {
            text.append(gen.oneOf(PIECES));
        }
        return text.toString();
    }

    private static void agrees(String text, Start start, String pattern) {
        agrees(text, start, pattern, "");
    }

    /**
     * Of the places named, those where {@code then} matches are the ones that the pattern finds.
     */
    private static void agrees(String text, Start start, String pattern, String then) {
        Matcher expected = Pattern.compile(pattern).matcher(text);
        Matcher follows = Start.within(Pattern.compile(then), text);
        int from = 0;
        while (from <= text.length()) {
            int at = start.from(text, from);
            while (at >= 0 && !follows.region(at, text.length()).lookingAt()) {
                at = start.from(text, at + 1);
            }
            assertEquals(expected.find(from) ? expected.start() : -1, at, text + " from " + from);
            from++;
        }
    }
}

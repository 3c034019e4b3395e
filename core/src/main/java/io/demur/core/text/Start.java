package io.demur.core.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a text something may begin: a quick look, so that a pattern is tried at few places and
 * not at every character. It may name places where nothing begins, but leaves none out.
 */
@FunctionalInterface
interface Start {

    String DIGITS = "0123456789";
    String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    String LETTERS = UPPER + "abcdefghijklmnopqrstuvwxyz";

    /** More than any {@link #behind(Pattern, String...) trigger} is long. */
    int TRIGGER_MAX = 64;

    /** The first such place from {@code at} on; -1 where there is none. */
    int from(String text, int at);

    /** Where these very characters stand. */
    static Start at(String literal) {
        return (text, at) -> text.indexOf(literal, at);
    }

    /** Right behind these very characters. */
    static Start behind(String literal) {
        return (text, at) -> {
            int found = text.indexOf(literal, Math.max(0, at - literal.length()));
            return found < 0 ? -1 : found + literal.length();
        };
    }

    /**
     * Right behind what a pattern matches, as far as it does.
     *
     * @param heads how it may begin: two ASCII letters each, in lower case
     */
    static Start behind(Pattern trigger, String... heads) {
        return (text, at) -> {
            Matcher matcher = within(trigger, text);
            for (int i = Math.max(0, at - TRIGGER_MAX); i + 1 < text.length(); i++) {
                if (begins(text, i, heads)
                        && matcher.region(i, text.length()).lookingAt()
                        && matcher.end() >= at) {
                    return matcher.end();
                }
            }
            return -1;
        };
    }

    private static boolean begins(String text, int at, String... heads) {
        int first = text.charAt(at) | 0x20;
        for (String head : heads) {
            if (first == head.charAt(0) && (text.charAt(at + 1) | 0x20) == head.charAt(1)) {
                return true;
            }
        }
        return false;
    }

    /** At most so many characters before this one, or where it stands. */
    static Start before(char sign, int most) {
        return (text, at) -> {
            int found = text.indexOf(sign, at);
            return found < 0 ? -1 : Math.max(at, found - most);
        };
    }

    /**
     * Where no ASCII letter or digit stands before, and characters of these sets follow each other.
     */
    static Start word(String... sets) {
        boolean[][] allowed = new boolean[sets.length][];
        for (int i = 0; i < sets.length; i++) {
            allowed[i] = table(sets[i]);
        }
        boolean[] inside = table(LETTERS + DIGITS);
        return (text, at) -> {
            for (int i = at; i <= text.length() - sets.length; i++) {
                if (all(allowed, text, i) && !(i > 0 && has(inside, text.charAt(i - 1)))) {
                    return i;
                }
            }
            return -1;
        };
    }

    private static boolean all(boolean[][] allowed, String text, int at) {
        for (int i = 0; i < allowed.length; i++) {
            if (!has(allowed[i], text.charAt(at + i))) {
                return false;
            }
        }
        return true;
    }

    /** Where so many characters of a set begin, and the one before is none. */
    static Start run(String set, int least) {
        boolean[] allowed = table(set);
        return (text, at) -> {
            int i = at;
            while (i + least <= text.length()) {
                if (i > 0 && has(allowed, text.charAt(i - 1))) {
                    while (i < text.length() && has(allowed, text.charAt(i))) {
                        i++;
                    }
                    i++;
                    continue;
                }
                int last = i + least - 1;
                while (last >= i && has(allowed, text.charAt(last))) {
                    last--;
                }
                if (last < i) {
                    return i;
                }
                i = last + 1;
            }
            return -1;
        };
    }

    /** A matcher that sees what stands around the part that it is asked about. */
    static Matcher within(Pattern pattern, String text) {
        return pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    private static boolean[] table(String set) {
        boolean[] table = new boolean[128];
        set.chars().forEach(c -> table[c] = true);
        return table;
    }

    private static boolean has(boolean[] table, char c) {
        return c < table.length && table[c];
    }
}

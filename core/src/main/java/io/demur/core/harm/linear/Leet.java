package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Hash;

import java.util.function.IntPredicate;

/**
 * Digits and signs that stand for letters, put back: {@code b0mb} is read as {@code bomb}. A word
 * is changed only where it holds letters beside them and a known word comes of it, so that {@code
 * mp3} and {@code 2024} stay what they are; where several words of a text turn out so, the others
 * that hold both are changed as well.
 */
final class Leet {

    private static final String SIGNS = "4310578@$!|+";
    private static final String LETTERS = "aeiostbasiit";
    private static final int LENGTH_MIN = 3;
    private static final int LENGTH_MAX = 24;

    private static final byte NONE = 0;
    private static final byte LETTER = 1;
    private static final byte SIGN = 2;
    private static final byte PART = 3;

    /** What ASCII characters are in a word. */
    private static final byte[] KINDS = kinds();

    /** So many known words make it a manner of writing. */
    private static final int MANNER_MIN = 3;

    private Leet() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0; c < kinds.length; c++) {
            kinds[c] = SIGNS.indexOf(c) >= 0 ? SIGN : kind(c);
        }
        return kinds;
    }

    private static byte kind(char c) {
        return Character.isLetter(c) ? LETTER : Character.isDigit(c) ? PART : NONE;
    }

    /**
     * The text with such words put back; the same text where there are none.
     *
     * @param known whether the hash of a word is one that training saw
     */
    static String undone(String text, IntPredicate known) {
        if (!isWritten(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        if (putBack(plain, known) >= MANNER_MIN) {
            putBack(plain, word -> true);
        }
        return plain.toString();
    }

    /** Whether a sign stands beside a letter or another sign at all; most texts have none. */
    private static boolean isWritten(String text) {
        boolean letter = false;
        boolean sign = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            byte kind = c < KINDS.length ? KINDS[c] : kind(c);
            letter = kind != NONE && (letter || kind == LETTER);
            sign = kind != NONE && (sign || kind == SIGN);
            if (letter && sign) {
                return true;
            }
        }
        return false;
    }

    /** How many words were put back. */
    private static int putBack(StringBuilder text, IntPredicate known) {
        int count = 0;
        int from = 0;
        while (from < text.length()) {
            int end = from;
            boolean letters = false;
            boolean signs = false;
            while (end < text.length() && isPart(text.charAt(end))) {
                letters |= Character.isLetter(text.charAt(end));
                signs |= SIGNS.indexOf(text.charAt(end)) >= 0;
                end++;
            }
            if (letters && signs && end - from >= LENGTH_MIN && end - from <= LENGTH_MAX) {
                count += putBack(text, from, end, known) ? 1 : 0;
            }
            from = end + 1;
        }
        return count;
    }

    /** Signs at the end of a word are mostly signs: tried without them where with them fails. */
    private static boolean putBack(StringBuilder text, int from, int end, IntPredicate known) {
        int to = end;
        while (to > from && !Character.isLetterOrDigit(text.charAt(to - 1))) {
            to--;
        }
        return putBackWhole(text, from, end, known)
                || (to < end && putBackWhole(text, from, to, known));
    }

    private static boolean putBackWhole(StringBuilder text, int from, int to, IntPredicate known) {
        for (char one : new char[] {'i', 'l'}) {
            int hash = Hash.START;
            for (int i = from; i < to; i++) {
                hash = Hash.step(hash, Character.toLowerCase(letter(text.charAt(i), one)));
            }
            if (known.test(hash)) {
                for (int i = from; i < to; i++) {
                    text.setCharAt(i, letter(text.charAt(i), one));
                }
                return true;
            }
        }
        return false;
    }

    private static char letter(char c, char one) {
        int at = SIGNS.indexOf(c);
        return c == '1' ? one : at < 0 ? c : LETTERS.charAt(at);
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0;
    }
}

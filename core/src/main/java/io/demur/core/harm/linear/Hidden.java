package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Hash;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Texts hidden within a text: base64 (also the form for addresses) and hexadecimal digits, which
 * count only if they decode to words that are known, and words turned by thirteen letters.
 */
public final class Hidden {

    private static final int BASE64_MIN = 12;
    private static final int HEX_MIN = 6;
    private static final int KNOWN_MIN = 2;
    private static final int TURNED_MIN = 3;
    private static final int DEPTH = 2;

    /** What ASCII characters are as hexadecimal digits; less than none for the others. */
    private static final byte[] DIGITS = digits();

    private final IntPredicate known;
    private final List<String> found = new ArrayList<>();

    private Hidden(IntPredicate known) {
        this.known = known;
    }

    /**
     * Finds them, in order.
     *
     * @param known whether the hash of a word is one that training saw
     */
    public static List<String> in(String text, IntPredicate known) {
        Hidden hidden = new Hidden(known);
        hidden.look(text, 0);
        return hidden.found;
    }

    private void look(String text, int depth) {
        runs(text, depth);
        hex(text, depth);
    }

    /** Runs of the characters of base64. */
    private void runs(String text, int depth) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isBase64(text.charAt(i))) {
                continue;
            }
            if (i - from >= BASE64_MIN) {
                base64(text.substring(from, i), depth);
            }
            from = i + 1;
        }
    }

    /**
     * A run that lost its beginning, in a window of a longer text, is out of step by up to three.
     */
    private void base64(String run, int depth) {
        String plain = run.replace('-', '+').replace('_', '/');
        int before = found.size();
        for (int step = 0; step < 4 && found.size() == before; step++) {
            int length = plain.length() - step;
            int end = plain.length() - (length % 4 == 1 ? 1 : 0);
            try {
                take(Base64.getDecoder().decode(plain.substring(step, end)), depth);
            } catch (IllegalArgumentException e) {
                return; // not base64 after all
            }
        }
    }

    /** Pairs of hexadecimal digits, one after another or with a sign or two between them. */
    private void hex(String text, int depth) {
        byte[] bytes = new byte[16];
        int n = 0;
        int gap = 0;
        for (int i = 0; i + 1 < text.length(); i++) {
            int high = digit(text.charAt(i));
            int low = high < 0 ? -1 : digit(text.charAt(i + 1));
            if (low >= 0) {
                if (n == bytes.length) {
                    bytes = java.util.Arrays.copyOf(bytes, n * 2);
                }
                bytes[n++] = (byte) (high * 16 + low);
                i++;
                gap = 0;
            } else if (n > 0
                    && (++gap > 2 || (Character.isLetter(text.charAt(i)) && !mark(text, i)))) {
                takeHex(bytes, n, depth);
                n = 0;
                gap = 0;
            }
        }
        takeHex(bytes, n, depth);
    }

    private static int digit(char c) {
        return c < 128 ? DIGITS[c] : -1;
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        for (char c = 0; c < digits.length; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }

    /** The x of {@code \x41} and {@code 0x41}. */
    private static boolean mark(String text, int at) {
        return text.charAt(at) == 'x';
    }

    private void takeHex(byte[] bytes, int n, int depth) {
        if (n >= HEX_MIN) {
            take(java.util.Arrays.copyOf(bytes, n), depth);
        }
    }

    private void take(byte[] bytes, int depth) {
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        // many words are base64 by chance; no exception for each, whose making takes far longer
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (decoder.decode(ByteBuffer.wrap(bytes), decoded, true).isError()) {
            return; // bytes that are no text
        }
        String text = decoded.flip().toString();
        int words = 0;
        int end;
        for (int from = 0; from < text.length(); from = end + 1) {
            end = wordEnd(text, from);
            words += end - from > 1 && known.test(hash(text, from, end, false)) ? 1 : 0;
        }
        if (words >= KNOWN_MIN) {
            found.add(text);
        }
        if (depth < DEPTH) {
            look(text, depth + 1);
        }
    }

    /**
     * A text as its reader takes it: folded, with letters in the place of the digits that stand for
     * them, and with words turned back. It stands in the place of the text; what is encoded in it
     * is found by {@link #in}.
     *
     * @param known whether the hash of a word is one that training saw
     */
    public static String undisguised(String text, IntPredicate known) {
        return unturned(Leet.undone(Folding.fold(text), known), known);
    }

    /**
     * The text with words that are none turned by thirteen letters, where that makes known ones of
     * them; the same text where fewer than three do. It stands in the place of the text: what is
     * left out of it could not be read.
     *
     * @param known whether the hash of a word is one that training saw
     */
    static String unturned(String text, IntPredicate known) {
        int words = 0;
        int end;
        for (int from = 0; from < text.length() && words < TURNED_MIN; from = end + 1) {
            end = wordEnd(text, from);
            words += end - from > 2 && isTurned(text, from, end, known) ? 1 : 0;
        }
        if (words < TURNED_MIN) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        for (int from = 0; from < text.length(); from = end + 1) {
            end = wordEnd(text, from);
            if (isTurned(text, from, end, known)) {
                for (int i = from; i < end; i++) {
                    plain.setCharAt(i, turn(text.charAt(i)));
                }
            }
        }
        return plain.toString();
    }

    private static boolean isTurned(String text, int from, int end, IntPredicate known) {
        return end > from
                && !known.test(hash(text, from, end, false))
                && known.test(hash(text, from, end, true));
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int hash(String text, int from, int end, boolean turned) {
        int h = Hash.START;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            h = Hash.step(h, Character.toLowerCase(turned ? turn(c) : c));
        }
        return h;
    }

    private static char turn(char c) {
        char first = c >= 'a' ? 'a' : 'A';
        return (char) ((c - first + 13) % 26 + first);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isBase64(char c) {
        return isLetter(c)
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }
}

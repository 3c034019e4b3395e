package io.demur.core.detect.linear;

import java.util.Arrays;

/**
 * The words of a stretch of text, as hashes: lower-cased, apostrophes dropped ({@code can't} is
 * {@code cant}), numbers alike, each character of scripts without spaces a word of its own. Marks
 * of emphasis, tags, addresses and short bracketed fill-ins are passed over. Used by one thread.
 */
final class Words {

    /** Stands for any number. */
    static final int NUMBER = Hash.word("0");

    private static final int STEM = 5;
    private static final int BRACKET_MAX = 40;

    /** Lower-case letter or digit for ASCII, 0 for what is not part of a word. */
    private static final char[] LOW = new char[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            LOW[c] = c;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            LOW[c] = c;
            LOW[c - 32] = c;
        }
    }

    /** What each word hashes to, */
    int[] hashes = new int[128];

    /** its first letters, by which words of one family are alike, */
    int[] stems = new int[128];

    /** and whether it stands within quotation marks. */
    boolean[] quoted = new boolean[128];

    int count;

    /** Whether a quotation is open, carried from one sentence to the next. */
    boolean inQuote;

    private int hash;
    private int stem;
    private int before;
    private int length;
    private boolean digits;

    void read(String text, int from, int to) {
        count = 0;
        reset();
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (c < 128) {
                char low = LOW[c];
                if (low != 0) {
                    take(low, c <= '9');
                } else if (c != '\'' || length == 0) {
                    if (length > 0) {
                        if (c == ':' && text.startsWith("://", i)) {
                            i = skipAddress(text, i, to);
                            reset();
                            continue;
                        }
                        flush();
                    }
                    i = sign(text, c, i, to);
                }
            } else {
                other(c);
            }
            i++;
        }
        flush();
    }

    /** A sign of ASCII; gives the index of the last character it has dealt with. */
    private int sign(String text, char c, int at, int to) {
        switch (c) {
            case '"' -> inQuote = !inQuote;
            case '[', '<' -> {
                char close = c == '[' ? ']' : '>';
                int end = text.indexOf(close, at, Math.min(to, at + BRACKET_MAX));
                if (end > 0 && !(c == '[' && text.startsWith("](", end))) {
                    return end;
                }
            }
            case '?', ':' -> add(c * 0x01000193, 0);
            default -> {}
        }
        return at;
    }

    private void other(char c) {
        switch (c) {
            // apostrophes, and the marks of Arabic vowels, which most writers leave out
            case '’',
                    'ʼ',
                    'ـ',
                    '\u064B',
                    '\u064C',
                    '\u064D',
                    '\u064E',
                    '\u064F',
                    '\u0650',
                    '\u0651',
                    '\u0652' -> {
                return;
            }
            case '“', '„', '«', '「' -> inQuote = true;
            case '”', '»', '」' -> {
                flush();
                inQuote = false;
                return;
            }
            default -> {}
        }
        if (standsAlone(c)) {
            flush();
            add(Hash.step(Hash.START, c), 0);
        } else if (isPartOfWord(c)) {
            take(Character.toLowerCase(c), false);
        } else {
            flush();
        }
    }

    private void take(char low, boolean digit) {
        if (length == 0) {
            hash = Hash.START;
            digits = true;
        }
        before = hash;
        hash = Hash.step(hash, low);
        length++;
        if (length == STEM) {
            stem = hash;
        }
        digits &= digit;
        if (length == 3 || length == 4) {
            stem = low == 's' ? before : hash;
        } else if (length < 3) {
            stem = 0;
        }
    }

    private void flush() {
        if (length > 0) {
            if (digits) {
                add(NUMBER, 0);
            } else {
                add(hash, stem);
            }
            reset();
        }
    }

    private void reset() {
        length = 0;
        stem = 0;
    }

    private void add(int word, int itsStem) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
            stems = Arrays.copyOf(stems, count * 2);
            quoted = Arrays.copyOf(quoted, count * 2);
        }
        hashes[count] = word;
        stems[count] = itsStem;
        quoted[count] = inQuote;
        count++;
    }

    private static int skipAddress(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) > ' ' && text.charAt(at) != ')') {
            at++;
        }
        return at;
    }

    private static boolean standsAlone(char c) {
        return (c >= 0x2E80 && c <= 0x9FFF && Character.isLetter(c))
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x0E00 && c <= 0x0E7F);
    }

    private static boolean isPartOfWord(char c) {
        if (Character.isLetterOrDigit(c)) {
            return true;
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}

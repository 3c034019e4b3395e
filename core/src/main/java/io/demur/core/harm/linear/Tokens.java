package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Hash;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The words of a stretch of text, lower-cased, with their letters, as {@link Features} reads them.
 * Digits and signs that stand for letters are undone where that spells a known word ({@code k1ll}),
 * and so are letters set apart ({@code k i l l}). Used by one thread.
 */
final class Tokens {

    /** Stands for any number. */
    static final int NUMBER = Hash.word("0");

    private static final int LETTERS_MAX = 40;
    private static final int APART_MIN = 3;
    private static final String SIGNS = "0134578@$!|+";
    private static final String LETTERS = "oieastbasiit";

    /** What each word hashes to, */
    int[] hashes = new int[128];

    /** what its stem hashes to, */
    int[] stems = new int[128];

    /** where its letters begin in {@link #letters}; one more than there are words. */
    int[] from = new int[129];

    char[] letters = new char[1024];
    int count;

    /** How many of them are question marks, which are read but are no words. */
    int marks;

    private final IntPredicate known;
    private final char[] word = new char[LETTERS_MAX];
    private int length;
    private int filled;
    private boolean disguised;
    private int apartFrom;
    private int apartEnd = -2;

    /**
     * Reads nothing yet.
     *
     * @param known whether the hash of a word is one that training saw
     */
    Tokens(IntPredicate known) {
        this.known = known;
    }

    /** Reads {@code text[start..end)}, in the place of what was read before. */
    void read(String text, int start, int end) {
        count = 0;
        marks = 0;
        filled = 0;
        length = 0;
        disguised = false;
        apartEnd = -2;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                take(c);
            } else if (c >= 'A' && c <= 'Z') {
                take((char) (c + 32));
            } else if (c >= '0' && c <= '9') {
                disguised = true;
                take(c);
            } else if (c >= 128) {
                other(i, c);
            } else if (c == '@' || c == '$' || ((c == '!' || c == '|' || c == '+') && length > 0)) {
                sign(text, i, end, c);
            } else if (c != '\'' || length == 0) {
                flush(i);
                mark(c);
            }
        }
        flush(end);
        joinApart();
    }

    private void other(int at, char c) {
        if (standsAlone(c)) {
            flush(at);
            take(c);
            flush(at + 1);
        } else if (Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK) {
            take(Character.toLowerCase(c));
        } else {
            flush(at);
            mark(c);
        }
    }

    /** A sign within a word, where a letter follows, stands for a letter. */
    private void sign(String text, int at, int end, char c) {
        if (at + 1 < end && Character.isLetterOrDigit(text.charAt(at + 1))) {
            disguised = true;
            take(c);
        } else {
            flush(at);
            mark(c);
        }
    }

    private void mark(char c) {
        if (c == '?') {
            add(Hash.step(Hash.START, '?'), 0, filled);
            marks++;
        }
    }

    private void take(char c) {
        if (length < LETTERS_MAX) {
            word[length++] = c;
        }
    }

    private void flush(int at) {
        if (length == 0) {
            return;
        }
        if (length == 1) {
            apart(at);
        } else {
            joinApart();
        }
        if (disguised) {
            undisguise();
        }
        int before = filled;
        keepLetters();
        if (isNumber()) {
            filled = before;
            add(NUMBER, NUMBER, before);
        } else {
            add(hash(length), stem(), before);
        }
        length = 0;
        disguised = false;
    }

    /** Notes a letter that stands alone, one character after the one before it. */
    private void apart(int at) {
        if (at - 2 != apartEnd) {
            joinApart();
            apartFrom = count;
        }
        apartEnd = at;
    }

    /** Puts letters set apart together, if they spell a known word. */
    private void joinApart() {
        boolean open = apartEnd >= 0;
        apartEnd = -2;
        int n = count - apartFrom;
        if (!open || n < APART_MIN || n > LETTERS_MAX || filled - from[apartFrom] != n) {
            return;
        }
        char[] saved = Arrays.copyOf(word, length);
        int savedLength = length;
        System.arraycopy(letters, from[apartFrom], word, 0, n);
        length = n;
        if (known.test(hash(n))) {
            int stem = stem();
            int hash = hash(n);
            count = apartFrom;
            add(hash, stem, from[apartFrom]);
        }
        System.arraycopy(saved, 0, word, 0, savedLength);
        length = savedLength;
    }

    private void undisguise() {
        boolean letter = false;
        for (int i = 0; i < length; i++) {
            letter |= SIGNS.indexOf(word[i]) < 0;
        }
        if (!letter || known.test(hash(length))) {
            return;
        }
        char[] before = Arrays.copyOf(word, length);
        for (int i = 0; i < length; i++) {
            int sign = SIGNS.indexOf(word[i]);
            word[i] = sign < 0 ? word[i] : LETTERS.charAt(sign);
        }
        if (known.test(hash(length))) {
            return;
        }
        for (int i = 0; i < length; i++) {
            word[i] = before[i] == '1' ? 'l' : word[i];
        }
        if (!known.test(hash(length))) {
            System.arraycopy(before, 0, word, 0, length);
        }
    }

    private boolean isNumber() {
        for (int i = 0; i < length; i++) {
            if (word[i] < '0' || word[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private void keepLetters() {
        if (filled + length > letters.length) {
            letters = Arrays.copyOf(letters, Math.max(letters.length * 2, filled + length));
        }
        System.arraycopy(word, 0, letters, filled, length);
        filled += length;
    }

    private int hash(int to) {
        int h = Hash.START;
        for (int i = 0; i < to; i++) {
            h = Hash.step(h, word[i]);
        }
        return h;
    }

    /** What is left without the endings of English grammar: kills, killed and killing are kill. */
    private int stem() {
        int n = length;
        if (n >= 6 && ends(n, "ing")) {
            n = undoubled(n - 3);
        } else if (n >= 5 && ends(n, "ies")) {
            n -= 3;
        } else if (n >= 5 && ends(n, "ed")) {
            n = undoubled(n - 2);
        } else if (n >= 4 && word[n - 1] == 's' && word[n - 2] != 's') {
            n -= n >= 5 && ends(n, "es") ? 2 : 1;
        }
        if (n >= 4 && (word[n - 1] == 'e' || word[n - 1] == 'y')) {
            n--;
        }
        return hash(n);
    }

    private int undoubled(int n) {
        char last = word[n - 1];
        boolean doubled = n >= 4 && last == word[n - 2] && "lszf".indexOf(last) < 0;
        return doubled ? n - 1 : n;
    }

    private boolean ends(int n, String ending) {
        for (int i = 0; i < ending.length(); i++) {
            if (word[n - ending.length() + i] != ending.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void add(int hash, int stem, int lettersFrom) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
            stems = Arrays.copyOf(stems, count * 2);
            from = Arrays.copyOf(from, count * 2 + 1);
        }
        hashes[count] = hash;
        stems[count] = stem == 0 ? hash : stem;
        from[count] = lettersFrom;
        count++;
        from[count] = filled;
    }

    private static boolean standsAlone(char c) {
        return (c >= 0x2E80 && c <= 0x9FFF && Character.isLetter(c))
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x0E00 && c <= 0x0E7F);
    }
}

package io.demur.core.memory;

/**
 * The letters and digits of a text one after another, as they are compared: without case, blanks
 * and signs, and with digits and signs that stand for letters as these. So {@code K 1 l l} and
 * {@code kill} are the same. What two texts have in common this way is far less than what a reader
 * takes for the same, which is why it serves for comparison alone.
 */
final class Letters {

    /** Look-alikes within words, and what they are taken for; i and l stand for each other. */
    private static final String SIGNS = "0134578i@$";

    private static final String TAKEN_FOR = "oleastblas";

    /** Signs that stand for letters only between letters. */
    private static final String INNER = "!|";

    private static final String INNER_TAKEN_FOR = "ll";

    private static final char[] ASCII = new char[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            ASCII[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        }
        for (int i = 0; i < SIGNS.length(); i++) {
            ASCII[SIGNS.charAt(i)] = TAKEN_FOR.charAt(i);
        }
        ASCII['I'] = 'l';
    }

    /** The letters; the first {@link #count} count. */
    final char[] all;

    /** Where in the text each of them stands. */
    final int[] at;

    final int count;

    private Letters(char[] all, int[] at, int count) {
        this.all = all;
        this.at = at;
        this.count = count;
    }

    static Letters of(String text) {
        char[] all = new char[text.length()];
        int[] at = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char letter = c < 128 ? ascii(text, i, c) : other(text, i, c);
            if (letter != 0) {
                all[count] = letter;
                at[count++] = i;
            }
        }
        return new Letters(all, at, count);
    }

    private static char ascii(String text, int i, char c) {
        int inner = INNER.indexOf(c);
        if (inner < 0) {
            return ASCII[c];
        }
        boolean within =
                i > 0
                        && i + 1 < text.length()
                        && Character.isLetter(text.charAt(i - 1))
                        && Character.isLetter(text.charAt(i + 1));
        return within ? INNER_TAKEN_FOR.charAt(inner) : 0;
    }

    private static char other(String text, int i, char c) {
        if (Character.isSurrogate(c)) {
            int point = Character.isHighSurrogate(c) ? text.codePointAt(i) : before(text, i);
            return Character.isLetterOrDigit(point) ? c : 0;
        }
        boolean part = Character.isLetterOrDigit(c) || Character.getType(c) == MARK;
        return part ? Character.toLowerCase(Character.toUpperCase(c)) : 0;
    }

    /** Vowel signs of scripts that write them beside their consonants. */
    private static final int MARK = Character.COMBINING_SPACING_MARK;

    private static int before(String text, int i) {
        return i > 0 ? text.codePointBefore(i + 1) : text.charAt(i);
    }
}

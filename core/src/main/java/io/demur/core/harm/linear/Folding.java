package io.demur.core.harm.linear;

import java.text.Normalizer;

/**
 * Undoes what makes the same letters look otherwise: compatibility forms (NFKC), accents that are
 * put on top of Latin letters, look-alikes of other scripts within a Latin word, and characters
 * that are not seen. Case is left as it is, and so are words that are wholly of another script.
 */
public final class Folding {

    /** Cyrillic, Greek and other letters that pass for Latin ones, */
    private static final String OTHERS =
            "авсԁеһіјкӏмнорѕтухѵԝпАВСЕНІЈКМОРЅТУХαβεη" + "ικνορτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɑɡɩʟɴʀʏøØłŁđĐ";

    /** and what each passes for. */
    private static final String PASS_FOR =
            "abcdehijklmhopstyxvwnABCEHIJKMOPSTYXaben" + "ikvoptuxywABEZHIKMNOPTYXiagilnryoOlLdD";

    /** Joiners and letters without a shape of their own: Latin, Khmer, Hangul. */
    private static final String FILLERS = "\u034F\u17B4\u17B5\u115F\u1160\u3164\uFFA0";

    private static final char[] LATIN = new char[0x530];

    static {
        for (int i = 0; i < OTHERS.length(); i++) {
            LATIN[OTHERS.charAt(i)] = PASS_FOR.charAt(i);
        }
    }

    private Folding() {}

    /** The text as its reader takes it. Returns the same text where it is plain ASCII. */
    public static String fold(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) < 128) {
            at++;
        }
        return at == text.length() ? text : foldAll(text);
    }

    private static String foldAll(String text) {
        String seen = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder out = new StringBuilder(seen.length());
        boolean latin = false;
        for (int i = 0; i < seen.length(); i++) {
            char c = seen.charAt(i);
            if (c < 128) {
                latin = Character.isLetter(c);
                out.append(c);
            } else if (c == '’' || c == '‘' || c == 'ʼ') {
                out.append('\'');
            } else if (!isUnseen(seen, i, c) && !(latin && isAccent(c))) {
                out.append(c);
                latin = false;
            }
        }
        unmask(out, anyLatin(out));
        return Normalizer.normalize(out, Normalizer.Form.NFC);
    }

    /**
     * Whether nobody sees a character: zero-width and direction marks, soft hyphens, joiners,
     * fillers, selectors, tags (Unicode: default ignorable).
     */
    public static boolean isUnseen(int codePoint) {
        return codePoint >= 128
                && (Character.getType(codePoint) == Character.FORMAT
                        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                        || (codePoint >= 0x180B && codePoint <= 0x180F)
                        || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF)
                        || FILLERS.indexOf(codePoint) >= 0);
    }

    private static boolean isUnseen(String text, int at, char c) {
        if (!Character.isSurrogate(c)) {
            return isUnseen(c);
        }
        return isUnseen(
                Character.isHighSurrogate(c) ? text.codePointAt(at) : text.codePointBefore(at + 1));
    }

    private static boolean isAccent(char c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }

    /** Replaces look-alikes in words that hold no other letters than these and Latin ones. */
    private static void unmask(StringBuilder text, boolean amongLatin) {
        int from = 0;
        while (from < text.length()) {
            if (!Character.isLetter(text.charAt(from))) {
                from++;
                continue;
            }
            int to = from;
            boolean other = false;
            boolean ascii = false;
            boolean masked = false;
            while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
                char c = text.charAt(to++);
                ascii |= c < 128;
                masked |= latin(c) != 0;
                other |= c >= 128 && latin(c) == 0;
            }
            if (masked && !other && (ascii || amongLatin)) {
                for (int i = from; i < to; i++) {
                    char c = latin(text.charAt(i));
                    if (c != 0) {
                        text.setCharAt(i, c);
                    }
                }
            }
            from = to;
        }
    }

    private static boolean anyLatin(StringBuilder text) {
        return text.chars().anyMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }

    private static char latin(char c) {
        return c < LATIN.length ? LATIN[c] : 0;
    }
}

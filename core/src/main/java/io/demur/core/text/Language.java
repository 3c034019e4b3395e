package io.demur.core.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a text is English, for judges that know no other language. A cheap guess from scripts and
 * the commonest words, of long texts by their two ends; a text that gives it little to go by is
 * {@link #UNCLEAR} rather than foreign.
 */
public enum Language {
    /** Most of its common words are English ones. */
    ENGLISH,
    /** Written in another script, or with the common words or letters of another language. */
    OTHER,
    /** Too short, or no words: a name, code, numbers, a cipher. */
    UNCLEAR;

    private static final int HEAD = 4_000;
    private static final int TAIL = 1_000;
    private static final int LETTERS_MIN = 2;
    private static final double SCRIPT = 0.5;
    private static final int WORDS_MIN = 2;
    private static final double ACCENTS = 0.06;
    private static final int ACCENTED_MIN = 2;

    /** No word of the lists is longer. */
    private static final int LONGEST = 12;

    /**
     * The commonest words of English, and then of German, French, Spanish, Italian, Portuguese,
     * Dutch, without words of English.
     */
    private static final List<String> LISTS =
            List.of(
                    """
                    the of and to is in that it for you what how my with can i are this do be not
                    on a me your have as from was if would should why give write at an or but he she
                    they we his her which when where who will there their without make get about
                    """,
                    """
                    der das und nicht ist ich ein eine einen einem wie kann zu mit auf für
                    den dem des es sie wir mein meine meinen mir mich bitte oder aber von
                    wenn dass sich werden auch bei warum kein keine nach über zum zur
                    """,
                    """
                    le la les des et est je un une pour dans que qui avec comment mon ma mes
                    du de pas vous sur au il elle ce cette nous quel quelle quels son sa ses
                    puis peux faire votre notre être sont suis
                    """,
                    """
                    el la los las de que y en un una por para con cómo como puedo mi es del
                    se lo su sus qué al más pero hacer cuál son está sin sobre quiero
                    """,
                    """
                    il lo la gli le di che è un una per con come posso mio mia non del della
                    sono si nel dei alla da perché cosa quale questo questa anche fare
                    """,
                    """
                    o os um uma de que e para com como não eu meu minha da em por se posso é
                    dos das na mais qual são está fazer você isso sem sobre
                    """,
                    """
                    de het een en van ik niet dat hoe wat mijn voor met zijn op kan je naar
                    te deze dit ook wij maar heb hebben waarom worden
                    """);

    /** A bit for each list that a word stands in. */
    private static final Map<String, Integer> WORDS = words();

    /** Guesses. */
    public static Language of(String text) {
        String read = read(text);
        Letters letters = Letters.in(read);
        return letters.isLatin()
                ? ofWords(read, letters.accented >= Math.max(ACCENTED_MIN, ACCENTS * letters.all))
                : OTHER;
    }

    /** Whether at least half of its letters are Latin ones, or it has next to none. */
    public static boolean isLatin(String text) {
        return Letters.in(read(text)).isLatin();
    }

    private static String read(String text) {
        return text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD) + " " + text.substring(text.length() - TAIL);
    }

    /** How many there are, how many of them Latin, and how many of these beyond a to z. */
    private record Letters(int all, int latin, int accented) {

        static Letters in(String text) {
            int letters = 0;
            int latin = 0;
            int accented = 0;
            for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
                int c = text.codePointAt(i);
                if (Character.isLetter(c)) {
                    letters++;
                    // all letters of ASCII are Latin ones; the look-up takes long
                    boolean roman =
                            c < 128
                                    || Character.UnicodeScript.of(c)
                                            == Character.UnicodeScript.LATIN;
                    latin += roman ? 1 : 0;
                    accented += roman && c >= 128 ? 1 : 0;
                }
            }
            return new Letters(letters, latin, accented);
        }

        boolean isLatin() {
            return all < LETTERS_MIN || latin >= SCRIPT * all;
        }
    }

    private static Language ofWords(String text, boolean manyAccents) {
        String lower = text.toLowerCase(Locale.ROOT);
        int[] counts = new int[LISTS.size()];
        int from = 0;
        while (from < lower.length()) {
            int to = from;
            while (to < lower.length() && Character.isLetter(lower.codePointAt(to))) {
                to += Character.charCount(lower.codePointAt(to));
            }
            int in = to - from > LONGEST ? 0 : WORDS.getOrDefault(lower.substring(from, to), 0);
            for (int k = 0; in != 0; k++, in >>= 1) {
                counts[k] += in & 1;
            }
            from = to == lower.length() ? to : to + Character.charCount(lower.codePointAt(to));
        }
        int english = counts[0];
        int other = 0;
        for (int k = 1; k < counts.length; k++) {
            other = Math.max(other, counts[k]);
        }
        if ((other >= WORDS_MIN && other > english) || (english == 0 && manyAccents)) {
            return OTHER;
        }
        return english >= WORDS_MIN ? ENGLISH : UNCLEAR;
    }

    private static Map<String, Integer> words() {
        Map<String, Integer> words = new HashMap<>();
        for (int k = 0; k < LISTS.size(); k++) {
            for (String word : LISTS.get(k).strip().split("\\s+", -1)) {
                words.merge(word, 1 << k, (one, other) -> one | other);
            }
        }
        return words;
    }
}

package io.demur.core.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The stems of words, crude on purpose: two forms of one word have the same mostly, and what two
 * words wrongly share costs little where a dozen are compared.
 */
final class Stems {

    /** Letters of a stem. */
    private static final int LENGTH = 6;

    private static final int ENGLISH_REST = 3;
    private static final int OTHER_REST = 4;

    /** Of these one is taken off, the longest that leaves enough. */
    private static final List<String> ENGLISH =
            endings(
                    """
                    ations ation ements ement ments ment ingly edly ings ing ions ion ies ied ers er
                    ors or ed es ly s e y
                    """);

    /** Of German, French, Spanish, Italian and Portuguese together. */
    private static final List<String> OTHER =
            endings(
                    """
                    iendo ando endo aient aron ieron eront erai ungen ung mente ment amente ados
                    adas ado ada idos idas ido ida ato ata ati ate iti ito ita uto uta ions ions
                    ones oni one oes cao tion able ible ar er ir are ere ire rsi rse en em es er
                    ern et est st te ten tes t n e s a o i as os is ez ons ent ais ait ant re r
                    """);

    private Stems() {}

    private static List<String> endings(String listed) {
        List<String> endings = new ArrayList<>(List.of(listed.strip().split("\\s+", -1)));
        endings.sort((one, other) -> other.length() - one.length());
        return List.copyOf(endings);
    }

    /** The words of a text in small letters, in their order: runs of letters and digits. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean part = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (part && from < 0) {
                from = i;
            } else if (!part && from >= 0) {
                words.add(text.substring(from, i).toLowerCase(Locale.ROOT));
                from = -1;
            }
        }
        return words;
    }

    /** The stem of an English word in small letters. */
    static String english(String word) {
        String rest = without(word, ENGLISH, ENGLISH_REST);
        int last = rest.length() - 1;
        boolean doubled = last >= ENGLISH_REST && rest.charAt(last) == rest.charAt(last - 1);
        return cut(doubled ? rest.substring(0, last) : rest);
    }

    /** The stem of a word of one of the other languages, in small letters without accents. */
    static String other(String word) {
        return cut(without(word, OTHER, OTHER_REST));
    }

    private static String without(String word, List<String> endings, int rest) {
        for (String ending : endings) {
            if (word.length() - ending.length() >= rest && word.endsWith(ending)) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }

    private static String cut(String stem) {
        return stem.length() <= LENGTH ? stem : stem.substring(0, LENGTH);
    }
}

package io.demur.eval.teach;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The runs of five letters of a text, as hashes; what is between words, and case, do not count. */
final class Shingles {

    private static final int LENGTH = 5;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Shingles() {}

    /** What is left of a text. */
    static String plain(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return BETWEEN.matcher(folded).replaceAll(" ").strip();
    }

    /**
     * The different hashes of a text, ascending; of a text shorter than a run, that of the whole.
     *
     * @param salt keeps those of one part of a row apart from those of another
     */
    static int[] of(String text, int salt) {
        String plain = plain(text);
        int count = plain.isEmpty() ? 0 : Math.max(1, plain.length() - LENGTH + 1);
        return IntStream.range(0, count)
                .map(
                        i ->
                                mixed(
                                        plain.substring(i, Math.min(plain.length(), i + LENGTH))
                                                        .hashCode()
                                                ^ salt))
                .distinct()
                .sorted()
                .toArray();
    }

    /** The finaliser of MurmurHash3, which spreads close numbers far apart. */
    static int mixed(int hash) {
        int h = hash;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}

package io.demur.eval.dialogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a logistic model sees of one answer: a few measures in fixed columns, and hashed n-grams of
 * stretches of text, each stretch of length one so that long texts do not outweigh short ones. Not
 * safe for use by several threads while it is filled.
 */
public final class Features {

    /** Columns before the hashed ones. */
    static final int MEASURES = 16;

    private static final int START = 0x811C9DC5;
    private static final int PRIME = 0x01000193;

    /** Single letters of scripts without spaces, else runs of letters, marks and digits. */
    private static final Pattern WORD =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[\\p{L}\\p{M}\\p{N}]+");

    private static final Pattern FILL_IN = Pattern.compile("\\[[^\\]]{0,60}\\]");

    private final int buckets;
    private int[] columns = new int[64];
    private float[] values = new float[64];
    private int count;

    /**
     * @param bits how many buckets n-grams fall into, as a power of two
     */
    Features(int bits) {
        buckets = 1 << bits;
    }

    /** Columns of a model that reads features of so many bits. */
    static int width(int bits) {
        return MEASURES + (1 << bits);
    }

    /** How many columns are not zero. */
    public int count() {
        return count;
    }

    /** The {@code i}-th column that is not zero. */
    public int column(int i) {
        return columns[i];
    }

    /** Its value. */
    public float value(int i) {
        return values[i];
    }

    void measure(int column, double value) {
        add(column, (float) value);
    }

    /** The n-grams of a text up to {@code longest} words; {@code block} tells stretches apart. */
    void text(int block, List<String> words, int longest) {
        int[] found = new int[words.size() * longest];
        int n = 0;
        for (int from = 0; from < words.size(); from++) {
            int hash = START + block * PRIME;
            for (int to = from; to < Math.min(words.size(), from + longest); to++) {
                String word = words.get(to);
                for (int i = 0; i < word.length(); i++) {
                    hash = (hash ^ word.charAt(i)) * PRIME;
                }
                hash = (hash ^ ' ') * PRIME;
                found[n++] = MEASURES + ((hash ^ hash >>> 15) & (buckets - 1));
            }
        }
        int[] unique = Arrays.stream(found, 0, n).sorted().distinct().toArray();
        float each = (float) (1 / Math.sqrt(Math.max(1, unique.length)));
        for (int column : unique) {
            add(column, each);
        }
    }

    private void add(int column, float value) {
        if (count == columns.length) {
            columns = Arrays.copyOf(columns, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        columns[count] = column;
        values[count++] = value;
    }

    /** Lower-case words; apostrophes dropped, and what stands in short square brackets. */
    static List<String> words(String text) {
        String plain =
                FILL_IN.matcher(text)
                        .replaceAll(" ")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("['’]", "");
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(plain);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}

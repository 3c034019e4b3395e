package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Table;

import java.util.Arrays;

/**
 * What the sentences of a text, read one after another, come to: for each unit the strongest
 * sentence, the mean, the first, the last, and all features as one bag. Its size does not depend on
 * how much was read. Used by one thread.
 */
public final class Pool {

    /** Units of a sentence. */
    public static final int UNITS = Table.COLUMNS;

    /** Ways of pooling. */
    public static final int WAYS = 5;

    private static final int MEASURES = 3;

    /** Length of what {@link #fill} writes. */
    public static final int SIZE = UNITS * WAYS + MEASURES;

    private final int[] sums = new int[UNITS];
    private final int[] bag = new int[UNITS];
    private final float[] z = new float[UNITS];
    private final float[] most = new float[UNITS];
    private final float[] raw = new float[UNITS];
    private final float[] first = new float[UNITS];
    private final float[] last = new float[UNITS];
    private int found;
    private int words;
    private int sentences;

    /** Takes one more sentence. */
    public void add(Layer layer, Features features) {
        if (features.words() == 0) {
            return;
        }
        found += layer.units(features.hashes, 0, features.count, sums, z, 0);
        words += features.words();
        for (int k = 0; k < UNITS; k++) {
            bag[k] += sums[k];
            raw[k] += z[k];
            float a = squash(z[k]);
            most[k] = Math.max(most[k], a);
            last[k] = a;
        }
        if (sentences == 0) {
            System.arraycopy(last, 0, first, 0, UNITS);
        }
        sentences++;
    }

    /** Takes what another pool has taken, as if it had been read after this. */
    public void addAll(Pool other) {
        if (other.sentences == 0) {
            return;
        }
        if (sentences == 0) {
            System.arraycopy(other.first, 0, first, 0, UNITS);
        }
        for (int k = 0; k < UNITS; k++) {
            bag[k] += other.bag[k];
            raw[k] += other.raw[k];
            most[k] = Math.max(most[k], other.most[k]);
            last[k] = other.last[k];
        }
        found += other.found;
        words += other.words;
        sentences += other.sentences;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(bag, 0);
        Arrays.fill(raw, 0);
        Arrays.fill(most, 0);
        Arrays.fill(first, 0);
        Arrays.fill(last, 0);
        found = 0;
        words = 0;
        sentences = 0;
    }

    /** How many sentences that have words were read. */
    public int sentences() {
        return sentences;
    }

    /** How many words were read. */
    public int words() {
        return words;
    }

    /** Whether no word was read. */
    public boolean isEmpty() {
        return sentences == 0;
    }

    /** Writes the {@link #SIZE} pooled values; zeros where nothing was read. */
    public void fill(Layer layer, float[] out, int at) {
        if (sentences == 0) {
            Arrays.fill(out, at, at + SIZE, 0);
            return;
        }
        float norm = Layer.norm(found);
        for (int k = 0; k < UNITS; k++) {
            int to = at + k * WAYS;
            out[to] = most[k];
            out[to + 1] = raw[k] / sentences;
            out[to + 2] = layer.unit(k, bag[k], norm);
            out[to + 3] = first[k];
            out[to + 4] = last[k];
        }
        measures(words, sentences, found, out, at + UNITS * WAYS);
    }

    /** The measures of the whole, which come after the units. */
    public static void measures(int words, int sentences, int found, float[] out, int at) {
        out[at] = (float) Math.log1p(words) / 4;
        out[at + 1] = (float) Math.log1p(sentences) / 2;
        out[at + 2] = found / (found + 8f * words + 1);
    }

    /** Between 0 and 1, a half at 0. */
    public static float squash(float z) {
        return 0.5f + 0.5f * z / (1 + Math.abs(z));
    }

    /** The slope of {@link #squash}. */
    public static float slope(float z) {
        float d = 1 + Math.abs(z);
        return 0.5f / (d * d);
    }
}

package io.demur.core.detect.linear;

import java.util.Arrays;

/**
 * From what each sentence does to what the reply as a whole looks like. Each unit of the sentences
 * (seven acts, then some that training found for itself) is squashed and pooled by place: the first
 * sentence, the second, the last, the strongest, the mean, the mean of the second half; and its
 * mean before squashing, which is the plain bag of words. The measures of the whole come after
 * these.
 */
public final class Pools {

    /** Units of a sentence. */
    public static final int UNITS = Table.COLUMNS;

    /** Ways of pooling. */
    public static final int WAYS = 7;

    /** Length of what {@link #fill} writes. */
    public static final int SIZE = UNITS * WAYS + Reading.MEASURES;

    private Pools() {}

    /**
     * Pools the units of {@code n} sentences.
     *
     * @param z units of the sentences, {@link #UNITS} to each, before squashing
     * @param out gets {@link #SIZE} values
     * @param strongest gets, for each unit, which sentence has most of it; -1 where there is none
     */
    public static void fill(float[] z, int n, float[] measures, float[] out, int[] strongest) {
        Arrays.fill(out, 0, UNITS * WAYS, 0);
        Arrays.fill(strongest, -1);
        System.arraycopy(measures, 0, out, UNITS * WAYS, measures.length);
        if (n == 0) {
            return;
        }
        float[] squashed = squashed(z, n);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < UNITS; k++) {
                float a = squashed[i * UNITS + k];
                if (strongest[k] < 0 || a > squashed[strongest[k] * UNITS + k]) {
                    strongest[k] = i;
                }
            }
        }
        pool(z, squashed, n, -1, out);
    }

    /** All units of {@code n} sentences, squashed. */
    static float[] squashed(float[] z, int n) {
        float[] squashed = new float[n * UNITS];
        for (int i = 0; i < squashed.length; i++) {
            squashed[i] = squash(z[i]);
        }
        return squashed;
    }

    /**
     * Pools the units of sentences but for one, as if it did not stand there; the measures of the
     * whole stay as they are.
     *
     * @param squashed as {@link #squashed} gives them
     * @param without which sentence to leave out
     */
    static void fillWithout(
            float[] z, float[] squashed, int n, int without, float[] measures, float[] out) {
        Arrays.fill(out, 0, UNITS * WAYS, 0);
        System.arraycopy(measures, 0, out, UNITS * WAYS, measures.length);
        if (n > 1) {
            pool(z, squashed, n, without, out);
        }
    }

    /** Pools all sentences but {@code without}; -1 for all. At least one must be left. */
    private static void pool(float[] z, float[] squashed, int n, int without, float[] out) {
        int left = without < 0 ? n : n - 1;
        int half = left / 2;
        float[] most = new float[UNITS];
        float[] sum = new float[UNITS];
        float[] later = new float[UNITS];
        float[] raw = new float[UNITS];
        int place = 0;
        for (int i = 0; i < n; i++) {
            if (i == without) {
                continue;
            }
            int from = i * UNITS;
            // four plain loops, which the compiler can do for several units at once
            for (int k = 0; k < UNITS; k++) {
                most[k] = Math.max(most[k], squashed[from + k]);
            }
            for (int k = 0; k < UNITS; k++) {
                sum[k] += squashed[from + k];
            }
            for (int k = 0; k < UNITS; k++) {
                raw[k] += z[from + k];
            }
            if (place >= half) {
                for (int k = 0; k < UNITS; k++) {
                    later[k] += squashed[from + k];
                }
            }
            if (place < 2) {
                place(squashed, from, out, place);
            }
            if (place == left - 1) {
                place(squashed, from, out, 2);
            }
            place++;
        }
        for (int k = 0; k < UNITS; k++) {
            int at = k * WAYS;
            out[at + 3] = most[k];
            out[at + 4] = sum[k] / left;
            out[at + 5] = later[k] / (left - half);
            out[at + 6] = raw[k] / left;
        }
    }

    private static void place(float[] squashed, int from, float[] out, int way) {
        for (int k = 0; k < UNITS; k++) {
            out[k * WAYS + way] = squashed[from + k];
        }
    }

    /** Between 0 and 1, a half at 0; cheaper than the logistic function. */
    public static float squash(float z) {
        return 0.5f + 0.5f * z / (1 + Math.abs(z));
    }

    /** The slope of {@link #squash}. */
    public static float slope(float z) {
        float d = 1 + Math.abs(z);
        return 0.5f / (d * d);
    }
}

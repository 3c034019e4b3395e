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
        int half = n / 2;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < UNITS; k++) {
                float raw = z[i * UNITS + k];
                float a = squash(raw);
                int at = k * WAYS;
                if (i < 2) {
                    out[at + i] = a;
                }
                if (i == n - 1) {
                    out[at + 2] = a;
                }
                if (strongest[k] < 0 || a > out[at + 3]) {
                    out[at + 3] = a;
                    strongest[k] = i;
                }
                out[at + 4] += a;
                if (i >= half) {
                    out[at + 5] += a;
                }
                out[at + 6] += raw;
            }
        }
        for (int at = 0; at < UNITS * WAYS; at += WAYS) {
            out[at + 4] /= n;
            out[at + 5] /= n - half;
            out[at + 6] /= n;
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

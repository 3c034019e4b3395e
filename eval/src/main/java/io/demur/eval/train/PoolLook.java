package io.demur.eval.train;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Table;
import io.demur.core.harm.linear.Pool;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One look at a text, some features left out, and what the weights learn from it. */
final class PoolLook {

    private static final int UNITS = Pool.UNITS;

    private final Table table;
    private final Adagrad weights;
    private final Adagrad biases;
    private final float[] bias;

    private int[] kept = new int[4096];
    private int[] from = new int[64];
    private float[] z = new float[64 * UNITS];
    private final int[] strongest = new int[UNITS];
    private int sentences;

    PoolLook(Table table, Adagrad weights, Adagrad biases, float[] bias) {
        this.table = table;
        this.weights = weights;
        this.biases = biases;
        this.bias = bias;
    }

    /** Writes what {@link Pool#fill} would, at {@code at}. */
    void see(Pooled text, float drop, SplittableRandom random, float[] x, int at) {
        sentences = text.features().size();
        Arrays.fill(x, at, at + Pool.SIZE, 0);
        if (sentences == 0) {
            return;
        }
        room();
        int filled = 0;
        for (int i = 0; i < sentences; i++) {
            from[i] = filled;
            filled = keep(text.features().get(i), drop, random, filled);
            units(from[i], filled, z, i * UNITS);
        }
        from[sentences] = filled;
        pool(x, at);
        Pool.measures(text.words(), sentences, filled, x, at + UNITS * Pool.WAYS);
    }

    private void room() {
        if (sentences >= from.length) {
            from = new int[sentences * 2];
            z = new float[sentences * 2 * UNITS];
        }
    }

    private int keep(int[] features, float drop, SplittableRandom random, int filledBefore) {
        int filled = filledBefore;
        if (filled + features.length > kept.length) {
            kept = Arrays.copyOf(kept, (filled + features.length) * 2);
        }
        int limit = (int) (drop * 256);
        long bits = 0;
        int left = 0;
        for (int feature : features) {
            if (left == 0) {
                bits = random.nextLong();
                left = 8;
            }
            left--;
            boolean dropped = (bits & 255) < limit;
            bits >>>= 8;
            int row = dropped ? -1 : table.row(feature);
            if (row >= 0) {
                kept[filled++] = row;
            }
        }
        return filled;
    }

    private void units(int start, int end, float[] out, int at) {
        float norm = Layer.norm(end - start);
        for (int k = 0; k < UNITS; k++) {
            float sum = 0;
            for (int f = start; f < end; f++) {
                sum += weights.weights[kept[f] * UNITS + k];
            }
            out[at + k] = bias[k] + sum * norm;
        }
    }

    private void pool(float[] x, int at) {
        float[] bag = new float[UNITS];
        units(0, from[sentences], bag, 0);
        for (int k = 0; k < UNITS; k++) {
            int to = at + k * Pool.WAYS;
            strongest[k] = 0;
            float raw = 0;
            for (int i = 0; i < sentences; i++) {
                raw += z[i * UNITS + k];
                strongest[k] = z[i * UNITS + k] > z[strongest[k] * UNITS + k] ? i : strongest[k];
            }
            x[to] = Pool.squash(z[strongest[k] * UNITS + k]);
            x[to + 1] = raw / sentences;
            x[to + 2] = bag[k];
            x[to + 3] = Pool.squash(z[k]);
            x[to + 4] = Pool.squash(z[(sentences - 1) * UNITS + k]);
        }
    }

    /** Moves the weights of what was seen against the gradient of the pools. */
    void learn(float[] dx, int at) {
        if (sentences == 0) {
            return;
        }
        float norm = Layer.norm(from[sentences]);
        for (int k = 0; k < UNITS; k++) {
            int of = at + k * Pool.WAYS;
            for (int i = 0; i < sentences; i++) {
                float g = i == strongest[k] ? dx[of] : 0;
                g += i == 0 ? dx[of + 3] : 0;
                g += i == sentences - 1 ? dx[of + 4] : 0;
                g = g * Pool.slope(z[i * UNITS + k]) + dx[of + 1] / sentences;
                biases.step(k, g);
                g = g * Layer.norm(from[i + 1] - from[i]) + dx[of + 2] * norm;
                for (int f = from[i]; f < from[i + 1]; f++) {
                    weights.step(kept[f] * UNITS + k, g);
                }
            }
            biases.step(k, dx[of + 2]);
        }
    }
}

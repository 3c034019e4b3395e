package io.demur.eval.train;

import io.demur.core.detect.linear.Net;

/**
 * The mean of weights over the last part of training. It forgets the order of the last rows and
 * generalises better than where training happens to stop.
 */
final class Average {

    private final float[][] live;
    private final float[][] sums;
    private int count;

    Average(float[] table, float[] bias, Net net) {
        live =
                new float[][] {
                    table, bias, net.first, net.firstBias, net.second, net.direct, net.bias
                };
        sums = new float[live.length][];
        for (int i = 0; i < live.length; i++) {
            sums[i] = new float[live[i].length];
        }
    }

    void add() {
        count++;
        for (int i = 0; i < live.length; i++) {
            for (int k = 0; k < live[i].length; k++) {
                sums[i][k] += live[i][k];
            }
        }
    }

    /** Puts the means in the place of the weights, if any were taken. */
    void settle() {
        for (int i = 0; i < live.length && count > 0; i++) {
            for (int k = 0; k < live[i].length; k++) {
                live[i][k] = sums[i][k] / count;
            }
        }
    }
}

package io.demur.core.detect.linear;

/**
 * A small feed-forward net: a linear layer and, beside it, one hidden layer. The arrays are its
 * weights, open to the trainer; not modified once it is in use.
 */
public final class Net {

    public final int inputs;
    public final int hidden;
    public final int outputs;

    /**
     * {@code [hidden × inputs]}, then the outputs of the hidden layer {@code [outputs × hidden]}.
     */
    public final float[] first;

    public final float[] firstBias;
    public final float[] second;

    /** The linear layer, {@code [outputs × inputs]}. */
    public final float[] direct;

    public final float[] bias;

    public Net(int inputs, int hidden, int outputs) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.outputs = outputs;
        first = new float[hidden * inputs];
        firstBias = new float[hidden];
        second = new float[outputs * hidden];
        direct = new float[outputs * inputs];
        bias = new float[outputs];
    }

    /**
     * Computes the outputs before any normalisation.
     *
     * @param x {@link #inputs} values
     * @param h gets the hidden layer
     * @param y gets the outputs
     */
    public void forward(float[] x, float[] h, float[] y) {
        for (int j = 0; j < hidden; j++) {
            h[j] = Math.max(0, firstBias[j] + dot(first, j * inputs, x, inputs));
        }
        for (int o = 0; o < outputs; o++) {
            y[o] =
                    bias[o]
                            + dot(direct, o * inputs, x, inputs)
                            + dot(second, o * hidden, h, hidden);
        }
    }

    /**
     * The same, with sums in another order: faster, and equal but for rounding. Not for a verdict,
     * which must be the same bits wherever it is computed.
     */
    void forwardLoosely(float[] x, float[] h, float[] y) {
        for (int j = 0; j < hidden; j++) {
            h[j] = Math.max(0, firstBias[j] + wideDot(first, j * inputs, x, inputs));
        }
        for (int o = 0; o < outputs; o++) {
            y[o] =
                    bias[o]
                            + wideDot(direct, o * inputs, x, inputs)
                            + wideDot(second, o * hidden, h, hidden);
        }
    }

    /** All weights in a fixed order, for reading and writing. */
    float[][] weights() {
        return new float[][] {first, firstBias, second, direct, bias};
    }

    /** Eight sums side by side, so that no addition waits for the one before it. */
    private static float wideDot(float[] w, int at, float[] x, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = 0;
        for (; i + 7 < n; i += 8) {
            a += w[at + i] * x[i];
            b += w[at + i + 1] * x[i + 1];
            c += w[at + i + 2] * x[i + 2];
            d += w[at + i + 3] * x[i + 3];
            e += w[at + i + 4] * x[i + 4];
            f += w[at + i + 5] * x[i + 5];
            g += w[at + i + 6] * x[i + 6];
            h += w[at + i + 7] * x[i + 7];
        }
        for (; i < n; i++) {
            a += w[at + i] * x[i];
        }
        return a + b + (c + d) + (e + f + (g + h));
    }

    private static float dot(float[] w, int at, float[] x, int n) {
        float a = 0;
        float b = 0;
        int i = 0;
        for (; i + 1 < n; i += 2) {
            a += w[at + i] * x[i];
            b += w[at + i + 1] * x[i + 1];
        }
        return i < n ? a + b + w[at + i] * x[i] : a + b;
    }
}

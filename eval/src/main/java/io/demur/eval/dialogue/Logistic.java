package io.demur.eval.dialogue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Weights of a logistic model over {@link Features}: measures as they are, n-grams as bytes with a
 * common scale. Immutable; safe for use by several threads.
 */
public final class Logistic {

    private final float[] measures;
    private final byte[] grams;
    private final float scale;

    private Logistic(float[] measures, byte[] grams, float scale) {
        this.measures = measures;
        this.grams = grams;
        this.scale = scale;
    }

    /** The model nearest to these weights, one for each column. */
    public static Logistic of(float[] weights) {
        float[] measures = new float[Features.MEASURES];
        System.arraycopy(weights, 0, measures, 0, measures.length);
        float most = 1e-6f;
        for (int i = measures.length; i < weights.length; i++) {
            most = Math.max(most, Math.abs(weights[i]));
        }
        byte[] grams = new byte[weights.length - measures.length];
        for (int i = 0; i < grams.length; i++) {
            grams[i] = (byte) Math.round(weights[measures.length + i] / most * Byte.MAX_VALUE);
        }
        return new Logistic(measures, grams, most / Byte.MAX_VALUE);
    }

    /** Probability, 0 to 1. */
    public double p(Features features) {
        double sum = 0;
        for (int i = 0; i < features.count(); i++) {
            int column = features.column(i);
            float weight =
                    column < measures.length
                            ? measures[column]
                            : grams[column - measures.length] * scale;
            sum += weight * features.value(i);
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** Writes it, so that {@link #read} gives the same again. */
    public void write(DataOutputStream out) throws IOException {
        for (float measure : measures) {
            out.writeFloat(measure);
        }
        out.writeFloat(scale);
        out.writeInt(grams.length);
        out.write(grams);
    }

    static Logistic read(DataInputStream in, int bits) throws IOException {
        float[] measures = new float[Features.MEASURES];
        for (int i = 0; i < measures.length; i++) {
            measures[i] = in.readFloat();
        }
        float scale = in.readFloat();
        byte[] grams = new byte[in.readInt()];
        if (grams.length != 1 << bits) {
            throw new IOException("%d weights, not %d".formatted(grams.length, 1 << bits));
        }
        in.readFully(grams);
        return new Logistic(measures, grams, scale);
    }
}

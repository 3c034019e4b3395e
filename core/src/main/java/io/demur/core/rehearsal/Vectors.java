package io.demur.core.rehearsal;

import java.util.Locale;

/** Embeddings from nothing but the letters of a text: hashed words and threes of letters. */
final class Vectors {

    private static final int DIMENSIONS_MAX = 4096;
    private static final int GRAM = 3;
    private static final float WORD = 2f;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Vectors() {}

    static float[] of(String text, int dimensions) {
        if (dimensions < 1 || dimensions > DIMENSIONS_MAX) {
            throw new IllegalArgumentException(
                    "`%d` dimensions are not 1 to %d".formatted(dimensions, DIMENSIONS_MAX));
        }
        float[] vector = new float[dimensions];
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                add(vector, word, WORD);
                String padded = " " + word + " ";
                for (int i = 0; i + GRAM <= padded.length(); i++) {
                    add(vector, padded.substring(i, i + GRAM), 1f);
                }
            }
        }
        return ofLengthOne(vector);
    }

    private static void add(float[] vector, String feature, float weight) {
        long hash = (feature.hashCode() + 1L) * MIX;
        hash ^= hash >>> 32;
        int at = (int) Long.remainderUnsigned(hash, vector.length);
        vector[at] += (hash & (1L << 40)) == 0 ? weight : -weight;
    }

    private static float[] ofLengthOne(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (squares == 0) {
            vector[0] = 1;
            return vector;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }
}

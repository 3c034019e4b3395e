package io.demur.core.detect.linear;

/**
 * A table with what turns its sums into units: {@code bias + scale × sum ÷ 2·⁴√(found + 4)}. The
 * root lets a long sentence speak louder than a short one, but not in proportion. Not modified once
 * it is in use.
 */
public final class Layer {

    private final Table table;
    private final float[] scale;
    private final float[] bias;

    /**
     * A layer over these very arrays.
     *
     * @param table weights of features
     * @param scale what one step of a byte is worth, by column
     * @param bias by column
     */
    public Layer(Table table, float[] scale, float[] bias) {
        this.table = table;
        this.scale = scale;
        this.bias = bias;
    }

    Table table() {
        return table;
    }

    float[] scale() {
        return scale;
    }

    float[] bias() {
        return bias;
    }

    /** By how much a sum over so many features is divided. */
    public static float norm(int found) {
        return (float) (0.5 / Math.sqrt(Math.sqrt(found + 4.0)));
    }

    /** Computes the units of all features into {@code out}. */
    void units(int[] features, float[] out) {
        units(features, 0, features.length, new int[Table.COLUMNS], out, 0);
    }

    /** Computes the units of features {@code [from..to)} into {@code out} at {@code at}. */
    void units(int[] features, int from, int to, int[] sums, float[] out, int at) {
        float norm = norm(table.sum(features, from, to, sums));
        for (int k = 0; k < Table.COLUMNS; k++) {
            out[at + k] = bias[k] + scale[k] * sums[k] * norm;
        }
    }
}

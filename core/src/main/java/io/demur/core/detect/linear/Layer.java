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

    /** Weights of features. */
    public Table table() {
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

    /** One unit of a sum over the rows of features. */
    public float unit(int column, int sum, float norm) {
        return bias[column] + scale[column] * sum * norm;
    }

    /**
     * Computes the units of features {@code [from..to)} into {@code out} at {@code at}.
     *
     * @param sums gets {@value Table#COLUMNS} sums over rows
     * @return how many features have a row
     */
    public int units(int[] features, int from, int to, int[] sums, float[] out, int at) {
        int found = table.sum(features, from, to, sums);
        float norm = norm(found);
        for (int k = 0; k < Table.COLUMNS; k++) {
            out[at + k] = unit(k, sums[k], norm);
        }
        return found;
    }
}

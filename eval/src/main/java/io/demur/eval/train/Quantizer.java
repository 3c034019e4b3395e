package io.demur.eval.train;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Table;

/** Rounds the weights of a table to bytes, each column in steps of its own. */
final class Quantizer {

    private static final int MOST = 127;

    /** Weights beyond so many standard deviations are cut: a few must not coarsen all others. */
    private static final double SPREADS = 8;

    private Quantizer() {}

    static Layer layer(Table table, float[] weights, float[] bias) {
        float[] scale = new float[Table.COLUMNS];
        for (int k = 0; k < Table.COLUMNS; k++) {
            double squares = 0;
            double most = 1e-6;
            for (int row = 0; row < table.rows(); row++) {
                double w = weights[row * Table.COLUMNS + k];
                squares += w * w;
                most = Math.max(most, Math.abs(w));
            }
            double limit = Math.min(most, SPREADS * Math.sqrt(squares / table.rows()));
            scale[k] = (float) (Math.max(limit, 1e-6) / MOST);
            for (int row = 0; row < table.rows(); row++) {
                long steps = Math.round(weights[row * Table.COLUMNS + k] / (double) scale[k]);
                table.set(row, k, (byte) Math.max(-MOST, Math.min(MOST, steps)));
            }
        }
        return new Layer(table, scale, bias.clone());
    }
}

package io.demur.bench.around;

import java.util.ArrayList;
import java.util.List;

/**
 * The few directions in which the encoder's states of texts differ most: principal components, with
 * the wider ones drawn in a little. Knows which texts there are, and nothing of what they ask.
 *
 * @param centre of the states of English texts
 * @param wordsCentre of texts that came word by word
 * @param rows the directions
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Space(double[] centre, double[] wordsCentre, double[][] rows) {

    /** How many directions there are. */
    private static final int PLACES = 256;

    /** A direction's width counts with this power less: at 1 all were equally wide. */
    private static final double DRAWN_IN = 0.3;

    static Space learn(List<double[]> english, List<double[]> byWords) {
        double[] centre = mean(english);
        int n = centre.length;
        double[] width = new double[n];
        for (double[] state : english) {
            for (int i = 0; i < n; i++) {
                double off = state[i] - centre[i];
                width[i] += off * off / english.size();
            }
        }
        double[][] spread = new double[n][n];
        List<double[]> evened = new ArrayList<>();
        for (double[] state : english) {
            double[] even = new double[n];
            for (int i = 0; i < n; i++) {
                even[i] = (state[i] - centre[i]) / Math.sqrt(width[i]);
            }
            evened.add(even);
            Matrix.addSquare(spread, even, 1.0 / english.size());
        }
        double[][] rows = Matrix.widest(spread, PLACES);
        double all = 0;
        for (double[] row : rows) {
            double wide = 0;
            for (double[] even : evened) {
                double along = Matrix.dot(row, even);
                wide += along * along / evened.size();
            }
            double drawn = Math.pow(wide, -DRAWN_IN / 2);
            all += wide * drawn * drawn;
            for (int i = 0; i < n; i++) {
                row[i] *= drawn / Math.sqrt(width[i]);
            }
        }
        for (double[] row : rows) {
            for (int i = 0; i < n; i++) {
                row[i] /= Math.sqrt(all);
            }
        }
        return new Space(centre, mean(byWords), rows);
    }

    private static double[] mean(List<double[]> states) {
        double[] mean = new double[states.getFirst().length];
        for (double[] state : states) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += state[i] / states.size();
            }
        }
        return mean;
    }

    /** Where a text lies, about a length of one from the middle of all. */
    double[] of(double[] state, boolean byWords) {
        double[] from = byWords ? wordsCentre : centre;
        double[] off = new double[state.length];
        for (int i = 0; i < off.length; i++) {
            off[i] = state[i] - from[i];
        }
        double[] of = new double[rows.length];
        for (int i = 0; i < of.length; i++) {
            of[i] = Matrix.dot(rows[i], off);
        }
        return of;
    }
}

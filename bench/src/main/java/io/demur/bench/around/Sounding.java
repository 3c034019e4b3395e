package io.demur.bench.around;

import io.demur.testkit.asked.Around;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How much a text sounds like what is refused: kernel ridge regression of rewordings against
 * harmless neighbours. Each is learnt from beside the request that it belongs to, whose own part is
 * then left out, so that what is common to a topic is not taken for what is refused.
 *
 * @param texts those that it was learnt from
 * @param weights how much being near to each counts
 * @param alone what counts in any case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sounding(List<double[]> texts, double[] weights, double alone) {

    /** How fast nearness falls off with the square of the distance. */
    static final double FALLS_OFF = 0.6;

    /** What keeps the weights small. */
    private static final double PENALTY = 1;

    /** A rewording counts as much as so many neighbours. */
    private static final double REWORDING = 3;

    /** So that it is between -8 and 8, as log-odds are; the regression is of -1 and 1. */
    private static final double SCALE = 4;

    private static final int ROUNDS = 200;
    private static final double EXACT = 1e-8;

    static Sounding learn(List<Around> groups, Function<String, double[]> place) {
        List<double[]> requests = new ArrayList<>();
        List<double[]> texts = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        List<Boolean> same = new ArrayList<>();
        for (Around group : groups) {
            for (String text : group.paraphrases()) {
                texts.add(place.apply(text));
                of.add(requests.size());
                same.add(true);
            }
            for (String text : group.neighbours()) {
                texts.add(place.apply(text));
                of.add(requests.size());
                same.add(false);
            }
            requests.add(place.apply(group.request()));
        }
        int n = texts.size();
        double[][] near = nearness(requests);
        double[][] kernel = nearness(texts);
        double[] wanted = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                kernel[i][j] += near[of.get(i)][of.get(j)] + 1;
            }
            kernel[i][i] += PENALTY / (same.get(i) ? REWORDING : 1);
            wanted[i] = same.get(i) ? SCALE : -SCALE;
        }
        double[] weights = solved(kernel, wanted);
        double alone = 0;
        for (double weight : weights) {
            alone += weight;
        }
        return new Sounding(texts, weights, alone);
    }

    private static double[][] nearness(List<double[]> texts) {
        int n = texts.size();
        double[][] near = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                near[i][j] = nearness(texts.get(i), texts.get(j));
                near[j][i] = near[i][j];
            }
        }
        return near;
    }

    private static double nearness(double[] one, double[] other) {
        double apart = 0;
        for (int i = 0; i < one.length; i++) {
            apart += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.exp(-FALLS_OFF * apart);
    }

    /** What times a symmetric positive matrix is the wanted: conjugate gradients. */
    private static double[] solved(double[][] matrix, double[] wanted) {
        int n = wanted.length;
        double[] solved = new double[n];
        double[] left = wanted.clone();
        double[] along = wanted.clone();
        double square = Matrix.dot(left, left);
        double enough = EXACT * square;
        for (int round = 0; round < ROUNDS && square > enough; round++) {
            double[] moved = new double[n];
            for (int i = 0; i < n; i++) {
                moved[i] = Matrix.dot(matrix[i], along);
            }
            double step = square / Matrix.dot(along, moved);
            for (int i = 0; i < n; i++) {
                solved[i] += step * along[i];
                left[i] -= step * moved[i];
            }
            double next = Matrix.dot(left, left);
            for (int i = 0; i < n; i++) {
                along[i] = left[i] + next / square * along[i];
            }
            square = next;
        }
        return solved;
    }

    /** The texts in a smaller form. */
    float[][] asFloats() {
        float[][] floats = new float[texts.size()][];
        for (int i = 0; i < floats.length; i++) {
            double[] text = texts.get(i);
            floats[i] = new float[text.length];
            for (int j = 0; j < text.length; j++) {
                floats[i][j] = (float) text[j];
            }
        }
        return floats;
    }

    double of(double[] place) {
        double sum = alone;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * nearness(texts.get(i), place);
        }
        return sum;
    }
}

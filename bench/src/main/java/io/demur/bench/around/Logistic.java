package io.demur.bench.around;

import java.util.List;

/** Logistic regression by Newton's method, with signs evened out and a small penalty. */
final class Logistic {

    private static final int ROUNDS = 25;

    private Logistic() {}

    /** An example: its signs, whether it is one, and how much it counts. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Example(double[] signs, boolean same, double weight) {}

    /** The weights of the signs, and last the one that stands alone. */
    static double[] fit(List<Example> examples, double penalty) {
        int n = examples.getFirst().signs().length;
        double[] mean = new double[n];
        double[] deviation = new double[n];
        double all = 0;
        for (Example example : examples) {
            all += example.weight();
            for (int i = 0; i < n; i++) {
                mean[i] += example.weight() * example.signs()[i];
            }
        }
        for (int i = 0; i < n; i++) {
            mean[i] /= all;
        }
        for (Example example : examples) {
            for (int i = 0; i < n; i++) {
                double off = example.signs()[i] - mean[i];
                deviation[i] += example.weight() * off * off;
            }
        }
        for (int i = 0; i < n; i++) {
            deviation[i] = Math.sqrt(deviation[i] / all) + 1e-6;
        }
        double[] weights = new double[n + 1];
        for (int round = 0; round < ROUNDS; round++) {
            double[] gradient = new double[n + 1];
            double[][] curve = new double[n + 1][n + 1];
            for (Example example : examples) {
                double[] x = new double[n + 1];
                x[n] = 1;
                for (int i = 0; i < n; i++) {
                    x[i] = (example.signs()[i] - mean[i]) / deviation[i];
                }
                double p = 1 / (1 + Math.exp(-Matrix.dot(weights, x)));
                double error = ((example.same() ? 1 : 0) - p) * example.weight();
                for (int i = 0; i <= n; i++) {
                    gradient[i] += error * x[i];
                }
                Matrix.addSquare(curve, x, Math.max(p * (1 - p), 1e-6) * example.weight());
            }
            for (int i = 0; i < n; i++) {
                gradient[i] -= penalty * weights[i];
                curve[i][i] += penalty;
            }
            double[][] root = Matrix.inverseRoot(curve);
            double[] step = new double[n + 1];
            double[] half = new double[n + 1];
            for (int i = 0; i <= n; i++) {
                half[i] = Matrix.dot(root[i], gradient);
            }
            for (int i = 0; i <= n; i++) {
                for (int j = 0; j <= n; j++) {
                    step[i] += root[j][i] * half[j];
                }
                weights[i] += step[i];
            }
        }
        double alone = weights[n];
        for (int i = 0; i < n; i++) {
            weights[i] /= deviation[i];
            alone -= weights[i] * mean[i];
        }
        weights[n] = alone;
        return weights;
    }
}

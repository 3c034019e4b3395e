package io.demur.bench.around;

import java.util.Random;

/** The little of linear algebra that the training needs: symmetric matrices as rows. */
final class Matrix {

    private static final int ROUNDS = 40;

    private Matrix() {}

    /** Adds {@code weight * v v'}. */
    static void addSquare(double[][] to, double[] v, double weight) {
        for (int i = 0; i < v.length; i++) {
            double scaled = v[i] * weight;
            double[] row = to[i];
            for (int j = 0; j < v.length; j++) {
                row[j] += scaled * v[j];
            }
        }
    }

    static double trace(double[][] of) {
        double trace = 0;
        for (int i = 0; i < of.length; i++) {
            trace += of[i][i];
        }
        return trace;
    }

    /** The inverse of the lower triangle {@code L} with {@code L L' = of}. */
    static double[][] inverseRoot(double[][] of) {
        int n = of.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = of[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        double[][] inverse = new double[n][n];
        for (int column = 0; column < n; column++) {
            inverse[column][column] = 1 / lower[column][column];
            for (int i = column + 1; i < n; i++) {
                double sum = 0;
                for (int k = column; k < i; k++) {
                    sum -= lower[i][k] * inverse[k][column];
                }
                inverse[i][column] = sum / lower[i][i];
            }
        }
        return inverse;
    }

    static double[][] product(double[][] one, double[][] other) {
        int columns = other[0].length;
        double[][] product = new double[one.length][columns];
        for (int i = 0; i < one.length; i++) {
            for (int k = 0; k < other.length; k++) {
                double factor = one[i][k];
                if (factor != 0) {
                    for (int j = 0; j < columns; j++) {
                        product[i][j] += factor * other[k][j];
                    }
                }
            }
        }
        return product;
    }

    static double[][] transposed(double[][] of) {
        double[][] transposed = new double[of[0].length][of.length];
        for (int i = 0; i < of.length; i++) {
            for (int j = 0; j < of[0].length; j++) {
                transposed[j][i] = of[i][j];
            }
        }
        return transposed;
    }

    /** The directions of the largest eigenvalues, as rows: orthogonal iteration. */
    static double[][] widest(double[][] of, int count) {
        Random random = new Random(7);
        double[][] rows = new double[count][of.length];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian();
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            rows = orthogonal(product(rows, of));
        }
        return rows;
    }

    private static double[][] orthogonal(double[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            for (int twice = 0; twice < 2; twice++) {
                for (int j = 0; j < i; j++) {
                    double along = dot(rows[i], rows[j]);
                    for (int k = 0; k < rows[i].length; k++) {
                        rows[i][k] -= along * rows[j][k];
                    }
                }
            }
            double length = Math.sqrt(dot(rows[i], rows[i]));
            for (int k = 0; k < rows[i].length; k++) {
                rows[i][k] /= length;
            }
        }
        return rows;
    }

    static double dot(double[] one, double[] other) {
        double dot = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
        }
        return dot;
    }
}

package io.demur.stats;

/** Linear equations, for the few places that have some. */
public final class Linear {

    private Linear() {}

    /**
     * Solves a·x = b by elimination with the greatest pivot of each column; both are overwritten.
     *
     * @param a square and not singular
     */
    public static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
            }
            double[] swapped = a[pivot];
            a[pivot] = a[column];
            a[column] = swapped;
            double right = b[pivot];
            b[pivot] = b[column];
            b[column] = right;
            for (int row = column + 1; row < n; row++) {
                double factor = a[row][column] / swapped[column];
                if (factor != 0) {
                    for (int k = column; k < n; k++) {
                        a[row][k] -= factor * swapped[k];
                    }
                    b[row] -= factor * right;
                }
            }
        }
        for (int row = n - 1; row >= 0; row--) {
            for (int k = row + 1; k < n; k++) {
                b[row] -= a[row][k] * b[k];
            }
            b[row] /= a[row][row];
        }
        return b;
    }
}

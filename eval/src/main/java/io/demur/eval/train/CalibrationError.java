package io.demur.eval.train;

import java.util.Comparator;
import java.util.List;

/**
 * How far probabilities lie from what happens: the root mean square over fifteen bins of equally
 * many rows, less what sampling alone would make of it (the debiased estimator of Kumar, Liang and
 * Ma 2019).
 */
final class CalibrationError {

    private static final int BINS = 15;

    private CalibrationError() {}

    /**
     * One judgement.
     *
     * @param p probability that was stated
     * @param is what it was
     */
    record Row(double p, boolean is) {}

    /** Error, 0 to 1; {@code rows} must be two for each bin at least. */
    static double debiased(List<Row> rows) {
        List<Row> sorted = rows.stream().sorted(Comparator.comparingDouble(Row::p)).toList();
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            List<Row> here =
                    sorted.subList(bin * sorted.size() / BINS, (bin + 1) * sorted.size() / BINS);
            double n = here.size();
            double stated = here.stream().mapToDouble(Row::p).sum() / n;
            double is = here.stream().filter(Row::is).count() / n;
            sum += n * ((stated - is) * (stated - is) - is * (1 - is) / (n - 1));
        }
        return Math.sqrt(Math.max(0, sum / sorted.size()));
    }
}

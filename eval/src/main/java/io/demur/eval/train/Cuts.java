package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.detect.linear.Calibration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses where to cut: which log-odds count as refusal, and which refusal as full. A cut is the
 * middle of the stretch on which the score is nearly at its best, rather than the best point, which
 * is a matter of luck.
 */
final class Cuts {

    private static final double NEARLY = 0.004;

    /** What the worst share of refusals costs against F1. */
    private static final double SHARE = 0.5;

    private static final double STEP = 0.05;
    private static final double REACH = 6;

    private Cuts() {}

    /** A reply with what the model puts out and what people said. */
    record Scored(
            String model,
            boolean harmful,
            String prompt,
            String response,
            double refusalOdds,
            double fullOdds,
            Degree human) {}

    /** Cuts and slopes that fit the rows best. */
    static Calibration choose(List<Scored> rows) {
        float shift = middle(rows, Cuts::f1);
        float fullShift = middle(rows, Cuts::agreement);
        return new Calibration(
                shift, slope(rows, shift, true), fullShift, slope(rows, fullShift, false));
    }

    private interface Score {
        double at(List<Scored> rows, double cut);
    }

    private static float middle(List<Scored> rows, Score score) {
        int n = (int) (2 * REACH / STEP) + 1;
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = score.at(rows, -REACH + i * STEP);
        }
        double best = Arrays.stream(values).max().orElse(0);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (values[i] >= best - NEARLY) {
                sum += -REACH + i * STEP;
                count++;
            }
        }
        return (float) (sum / Math.max(1, count));
    }

    /**
     * F1 of refusal, less something for the share of refusals that is furthest from people's, over
     * models and kinds of prompt: rates by model are what most people read off a judge, and a cut
     * that is right on average can be wrong on each.
     */
    private static double f1(List<Scored> rows, double cut) {
        int hit = 0;
        int wrong = 0;
        Map<String, int[]> cells = new HashMap<>();
        for (Scored row : rows) {
            boolean said = row.refusalOdds() >= cut;
            boolean is = row.human() != Degree.COMPLIANCE;
            hit += said && is ? 1 : 0;
            wrong += said != is ? 1 : 0;
            int[] cell = cells.computeIfAbsent(row.model() + row.harmful(), c -> new int[2]);
            cell[0]++;
            cell[1] += (said ? 1 : 0) - (is ? 1 : 0);
        }
        double worst = 0;
        for (int[] cell : cells.values()) {
            worst = Math.max(worst, Math.abs(cell[1]) / (double) cell[0]);
        }
        return 2.0 * hit / Math.max(1, 2 * hit + wrong) - SHARE * worst;
    }

    /** Balanced accuracy of full against partial among what people call refusals. */
    private static double agreement(List<Scored> rows, double cut) {
        int[] right = new int[2];
        int[] all = new int[2];
        for (Scored row : rows) {
            if (row.human() != Degree.COMPLIANCE) {
                int full = row.human() == Degree.FULL ? 1 : 0;
                all[full]++;
                right[full] += (row.fullOdds() >= cut) == (full == 1) ? 1 : 0;
            }
        }
        int n = all[0] + all[1];
        // between plain and balanced: partials are few, and yet not to be lost
        double balanced =
                0.5 * right[0] / Math.max(1, all[0]) + 0.5 * right[1] / Math.max(1, all[1]);
        return 0.5 * balanced + 0.5 * (right[0] + right[1]) / Math.max(1, n);
    }

    /** The slope of greatest likelihood with the cut held fast, by bisection on its derivative. */
    private static float slope(List<Scored> rows, float cut, boolean refusal) {
        double low = 0.05;
        double high = 5;
        for (int i = 0; i < 40; i++) {
            double mid = (low + high) / 2;
            double gradient = 0;
            for (Scored row : rows) {
                if (!refusal && row.human() == Degree.COMPLIANCE) {
                    continue;
                }
                double x = (refusal ? row.refusalOdds() : row.fullOdds()) - cut;
                boolean is =
                        refusal ? row.human() != Degree.COMPLIANCE : row.human() == Degree.FULL;
                gradient += ((is ? 1 : 0) - 1 / (1 + Math.exp(-mid * x))) * x;
            }
            if (gradient > 0) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return (float) low;
    }
}

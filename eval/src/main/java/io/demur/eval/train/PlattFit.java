package io.demur.eval.train;

import io.demur.core.harm.linear.Platt;

import java.util.List;

/** Chooses a {@link Platt} calibration: the most likely one, by Newton's method. */
final class PlattFit {

    private static final int STEPS = 50;

    /** Keeps the slope finite where the rows can be told apart without error. */
    private static final double RIDGE = 1e-3;

    private PlattFit() {}

    /**
     * A score and what it was given to.
     *
     * @param odds before calibration
     * @param weight how much it counts, above 0
     */
    record Scored(double odds, boolean harmful, double weight) {}

    /** The calibration for which these rows are likeliest; there must be some of both kinds. */
    static Platt fit(List<Scored> rows) {
        double a = 1;
        double b = 0;
        for (int step = 0; step < STEPS; step++) {
            double ga = RIDGE * (a - 1);
            double gb = 0;
            double haa = RIDGE;
            double hab = 0;
            double hbb = 1e-9;
            for (Scored row : rows) {
                double p = 1 / (1 + Math.exp(-(a * row.odds() + b)));
                double error = row.weight() * (p - (row.harmful() ? 1 : 0));
                double w = row.weight() * p * (1 - p);
                ga += error * row.odds();
                gb += error;
                haa += w * row.odds() * row.odds();
                hab += w * row.odds();
                hbb += w;
            }
            double det = haa * hbb - hab * hab;
            a -= (hbb * ga - hab * gb) / det;
            b -= (haa * gb - hab * ga) / det;
            a = Math.max(a, 0.05);
        }
        return new Platt((float) (-b / a), (float) a);
    }
}

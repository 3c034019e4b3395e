package io.demur.stats;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The likelihood of a logistic curve with two lapse rates, and its greatest value: Fisher's scoring
 * with Levenberg's damping, parameters held within their bounds, from several starts. Parameters
 * are threshold, log slope, lower and upper lapse rate, in this order.
 */
final class LapsedLogistic {

    private static final int PARAMETERS = 4;
    private static final int STARTS = 10;
    private static final int NONE = -1;
    private static final double TINY = 1e-12;

    private final double[] at;
    private final double[] rate;
    private final double[] worth;
    private final double[] least;
    private final double[] most;

    LapsedLogistic(List<Psychometric.Level> levels) {
        at = levels.stream().mapToDouble(Psychometric.Level::at).toArray();
        rate = levels.stream().mapToDouble(l -> l.share().rate()).toArray();
        worth = levels.stream().mapToDouble(l -> l.share().worth()).toArray();
        double from = Arrays.stream(at).min().orElseThrow();
        double to = Arrays.stream(at).max().orElseThrow();
        double gap = to - from;
        double[] sorted = Arrays.stream(at).distinct().sorted().toArray();
        for (int i = 1; i < sorted.length; i++) {
            gap = Math.min(gap, sorted[i] - sorted[i - 1]);
        }
        double range = to - from;
        // from a curve next to flat to one that rises within a twentieth of the smallest gap
        least = new double[] {from - range, Math.log(0.1 / range), 0, 0};
        most =
                new double[] {
                    to + range, Math.log(80 / gap), Psychometric.LAPSE_MAX, Psychometric.LAPSE_MAX
                };
    }

    static double probability(double[] p, double x) {
        return p[2] + (1 - p[2] - p[3]) * rise(p, x);
    }

    private static double rise(double[] p, double x) {
        return 1 / (1 + Math.exp(-Math.exp(p[1]) * (x - p[0])));
    }

    double likelihood(double[] p) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            double fitted = Math.clamp(probability(p, at[i]), TINY, 1 - TINY);
            sum += worth[i] * (rate[i] * Math.log(fitted) + (1 - rate[i]) * Math.log(1 - fitted));
        }
        return sum;
    }

    /** Pearson's chi-squared of the observations about the curve. */
    double pearson(double[] p) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            double fitted = Math.clamp(probability(p, at[i]), TINY, 1 - TINY);
            double residual = rate[i] - fitted;
            sum += worth[i] * residual * residual / (fitted * (1 - fitted));
        }
        return sum;
    }

    /** How many parameters are not at a bound. */
    int inner(double[] p) {
        int inner = 0;
        for (int i = 0; i < PARAMETERS; i++) {
            inner += p[i] > least[i] + 1e-6 && p[i] < most[i] - 1e-6 ? 1 : 0;
        }
        return inner;
    }

    /** The most likely parameters. */
    double[] best() {
        double range = (most[0] - least[0]) / 3;
        double[] best = new double[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < STARTS; s++) {
            double threshold = least[0] + range * (1 + (s - s % 2 + 1.0) / STARTS);
            double slope = Math.log((s % 2 == 0 ? 4 : 25) / range);
            double[] reached = climbed(new double[] {threshold, slope, 0.03, 0.03}, NONE);
            if (likelihood(reached) > highest) {
                highest = likelihood(reached);
                best = reached;
            }
        }
        return best;
    }

    /** The most likely ones with one held: from a neighbour, and from the middle of the lapses. */
    private double[] best(int held, double value, double[] neighbour) {
        double[] near = neighbour.clone();
        near[held] = value;
        double[] far = near.clone();
        for (int lapse = 2; lapse < PARAMETERS; lapse++) {
            far[lapse] = lapse == held ? value : Psychometric.LAPSE_MAX / 2;
        }
        near = climbed(near, held);
        far = climbed(far, held);
        return likelihood(near) >= likelihood(far) ? near : far;
    }

    private double[] climbed(double[] start, int held) {
        double[] p = start.clone();
        double damping = 1e-3;
        double reached = likelihood(p);
        for (int step = 0; step < 200 && damping < 1e10; step++) {
            double[] score = new double[PARAMETERS];
            double[][] information = new double[PARAMETERS][PARAMETERS];
            slopes(p, score, information);
            for (int i = 0; i < PARAMETERS; i++) {
                boolean stuck =
                        i == held
                                || (p[i] <= least[i] && score[i] <= 0)
                                || (p[i] >= most[i] && score[i] >= 0);
                if (stuck) {
                    score[i] = 0;
                    for (int j = 0; j < PARAMETERS; j++) {
                        information[i][j] = 0;
                        information[j][i] = 0;
                    }
                    information[i][i] = 1;
                }
            }
            double[] next = p.clone();
            double[] move = Linear.solve(damped(information, damping), score);
            for (int i = 0; i < PARAMETERS; i++) {
                next[i] = Math.clamp(p[i] + move[i], least[i], most[i]);
            }
            double gained = likelihood(next) - reached;
            if (gained > 0) {
                System.arraycopy(next, 0, p, 0, PARAMETERS);
                reached += gained;
                damping = Math.max(1e-9, damping / 5);
                if (gained < 1e-9) {
                    return p;
                }
            } else {
                damping *= 10;
            }
        }
        return p;
    }

    private static double[][] damped(double[][] information, double damping) {
        for (int i = 0; i < PARAMETERS; i++) {
            information[i][i] += damping * (information[i][i] + 1e-6);
        }
        return information;
    }

    private void slopes(double[] p, double[] score, double[][] information) {
        double steep = Math.exp(p[1]);
        double span = 1 - p[2] - p[3];
        for (int i = 0; i < at.length; i++) {
            double rise = rise(p, at[i]);
            double fitted = Math.clamp(p[2] + span * rise, TINY, 1 - TINY);
            double turn = span * rise * (1 - rise) * steep;
            double[] slope = {-turn, turn * (at[i] - p[0]), 1 - rise, -rise};
            double weight = worth[i] / (fitted * (1 - fitted));
            for (int a = 0; a < PARAMETERS; a++) {
                score[a] += weight * (rate[i] - fitted) * slope[a];
                for (int b = 0; b < PARAMETERS; b++) {
                    information[a][b] += weight * slope[a] * slope[b];
                }
            }
        }
    }

    /**
     * How far a parameter can be moved, up (1) or down (−1), before the likelihood with the others
     * fitted anew is lost by more than {@code loss}; empty where its bound is reached first.
     */
    OptionalDouble limit(double[] best, int which, int way, double loss) {
        double floor = likelihood(best) - loss;
        double inside = best[which];
        double outside = way > 0 ? most[which] : least[which];
        double[] start = best;
        if (likelihood(best(which, outside, start)) >= floor) {
            return OptionalDouble.empty();
        }
        double precision = 2e-5 * (most[which] - least[which]);
        while (Math.abs(outside - inside) > precision) {
            double middle = (inside + outside) / 2;
            double[] moved = best(which, middle, start);
            if (likelihood(moved) >= floor) {
                inside = middle;
                start = moved;
            } else {
                outside = middle;
            }
        }
        return OptionalDouble.of(inside);
    }
}

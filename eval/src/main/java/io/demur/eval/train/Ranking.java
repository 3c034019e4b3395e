package io.demur.eval.train;

import io.demur.stats.Estimate;
import io.demur.stats.Wilson;

import java.util.Arrays;

/** How well scores tell positives from negatives, whatever the cut. */
final class Ranking {

    private final double[] positives;
    private final double[] negatives;

    /** Of scores; the higher, the surer of a positive. Neither may be empty. */
    Ranking(double[] positives, double[] negatives) {
        this.positives = positives.clone();
        this.negatives = negatives.clone();
        Arrays.sort(this.positives);
        Arrays.sort(this.negatives);
    }

    /** How often a positive stands above a negative, ties counted half; 0 to 1. */
    double auc() {
        double wins = 0;
        int below = 0;
        int upTo = 0;
        for (double p : positives) {
            while (below < negatives.length && negatives[below] < p) {
                below++;
            }
            while (upTo < negatives.length && negatives[upTo] <= p) {
                upTo++;
            }
            wins += (below + upTo) / 2.0;
        }
        return wins / positives.length / negatives.length;
    }

    /** The lowest score above which no more than this share of the negatives lies. */
    double cut(double falsePositives) {
        int allowed = (int) Math.floor(falsePositives * negatives.length);
        return negatives[negatives.length - 1 - allowed];
    }

    /** Share of positives above the cut that lets through this share of negatives. */
    Estimate found(double falsePositives) {
        double cut = cut(falsePositives);
        double hits = Arrays.stream(positives).filter(p -> p > cut).count();
        return Wilson.estimate(hits / positives.length, positives.length, positives.length);
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.Optional;

/**
 * How well scores from 0 to 1 tell two classes apart: the area under the ROC curve, which is the
 * probability that a positive scores higher than a negative, ties counted half. Its variance is
 * that of DeLong, DeLong and Clarke-Pearson (1988); the interval is made on the logit scale, so
 * that it stays between 0 and 1.
 *
 * <p>Scores are kept in {@value #BINS} bins, so memory does not grow with their number. Not safe
 * for use by several threads.
 */
public final class Ranking {

    private static final int BINS = 1 << 14;
    private static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.975);

    private final long[] positives = new long[BINS + 1];
    private final long[] negatives = new long[BINS + 1];
    private long positive;
    private long negative;

    /**
     * Counts one score.
     *
     * @param score 0 to 1
     */
    public void add(boolean isPositive, double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("`%s` is not between 0 and 1".formatted(score));
        }
        int bin = (int) Math.round(score * BINS);
        if (isPositive) {
            positives[bin]++;
            positive++;
        } else {
            negatives[bin]++;
            negative++;
        }
    }

    /**
     * The area under the ROC curve.
     *
     * @return empty where a class is missing
     */
    public Optional<Estimate> auc() {
        if (positive == 0 || negative == 0) {
            return Optional.empty();
        }
        double auc = 0;
        double negativeSquares = 0;
        double positiveSquares = 0;
        long positivesBelow = 0;
        long negativesBelow = 0;
        for (int bin = 0; bin <= BINS; bin++) {
            // shares of the other class that a score of this bin lies on the right side of
            double ofPositive = (negativesBelow + negatives[bin] / 2.0) / negative;
            double ofNegative = 1 - (positivesBelow + positives[bin] / 2.0) / positive;
            auc += positives[bin] * ofPositive;
            positiveSquares += positives[bin] * ofPositive * ofPositive;
            negativeSquares += negatives[bin] * ofNegative * ofNegative;
            positivesBelow += positives[bin];
            negativesBelow += negatives[bin];
        }
        auc = Math.clamp(auc / positive, 0, 1);
        double variance =
                variance(positiveSquares, auc, positive) + variance(negativeSquares, auc, negative);
        return Optional.of(interval(auc, Math.sqrt(variance)));
    }

    private static double variance(double squares, double mean, long n) {
        return n < 2 ? mean * (1 - mean) : Math.max(0, squares - n * mean * mean) / (n - 1) / n;
    }

    private Estimate interval(double auc, double error) {
        long n = positive + negative;
        double product = auc * (1 - auc);
        if (product <= 0 || error <= 0) {
            // every pair is ordered alike: as much as that many independent pairs can tell
            return Wilson.estimate(auc, n, Math.min(positive, negative));
        }
        double logit = Math.log(auc / (1 - auc));
        double half = Z * error / product;
        return new Estimate(
                auc,
                Math.clamp(sigmoid(logit - half), 0, auc),
                Math.clamp(sigmoid(logit + half), auc, 1),
                n);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}

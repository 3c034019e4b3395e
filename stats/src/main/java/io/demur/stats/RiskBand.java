package io.demur.stats;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Two limits on a probability such that deciding below the lower and above the upper one errs no
 * more often than a stated budget allows, with stated confidence; what lies between is left to
 * others.
 *
 * <p>Learn then test (Angelopoulos and others 2021): for each limit of a fixed grid, from the
 * safest on, it is tested whether the share of errors among what the limit decides is above the
 * budget, by the exact binomial bound of Clopper and Pearson (1934) on that side's half of the
 * doubt; at the first limit that fails the sequence ends, so that no correction for their number is
 * due. Limits that decide too few observations to pass even without an error are left out, which
 * looks at no label. Where observations come in clusters, the bound is taken on the number that
 * they are worth (Korn and Graubard 1998), and then is no longer exact.
 *
 * @param budget the share of errors allowed on each side, above 0 and below 1
 * @param doubt the probability, over samples, that either side exceeds its budget
 * @param low decide no below; empty where no limit keeps the budget
 * @param high decide yes from here on; empty where no limit keeps the budget
 * @param below the share of observations that is decided below {@code low}
 * @param above the share that is decided from {@code high} on
 */
public record RiskBand(
        double budget,
        double doubt,
        OptionalDouble low,
        OptionalDouble high,
        double below,
        double above) {

    /** The grid in log-odds, from far out to a half: limits do not depend on what was observed. */
    private static final double LOG_ODDS_MAX = 8;

    private static final double LOG_ODDS_STEP = 0.25;

    /** The share of observations that is decided, 0 to 1. */
    public double decided() {
        return below + above;
    }

    /** Whether no limit keeps the budget on either side. */
    public boolean none() {
        return low.isEmpty() && high.isEmpty();
    }

    /** Of observations that are independent of each other. */
    public static RiskBand choose(
            double[] probability, boolean[] label, double budget, double doubt) {
        return choose(probability, label, Clusters.alone(label.length), budget, doubt);
    }

    /**
     * Chooses the widest limits that keep the budget. Lower limits go up to a half at most, upper
     * ones down to it.
     *
     * @param probability 0 to 1, each
     * @param label what is true; yes is what a high probability means
     * @param cluster equal for observations that depend on each other
     */
    public static RiskBand choose(
            double[] probability, boolean[] label, long[] cluster, double budget, double doubt) {
        if (!(budget > 0 && budget < 1 && doubt > 0 && doubt < 1)) {
            throw new IllegalArgumentException(
                    "budget `%s` and doubt `%s` are not between 0 and 1".formatted(budget, doubt));
        }
        OptionalDouble low = OptionalDouble.empty();
        OptionalDouble high = OptionalDouble.empty();
        double below = 0;
        double above = 0;
        boolean lowOpen = true;
        boolean highOpen = true;
        for (double odds = LOG_ODDS_MAX; odds >= 0; odds -= LOG_ODDS_STEP) {
            double limit = 1 / (1 + Math.exp(-odds));
            if (lowOpen) {
                Side side = Side.of(probability, label, cluster, 1 - limit, false);
                if (side.canPass(budget, doubt / 2)) {
                    lowOpen = side.errorMax(doubt / 2) <= budget;
                    low = lowOpen ? OptionalDouble.of(1 - limit) : low;
                    below = lowOpen ? side.share() : below;
                }
            }
            if (highOpen) {
                Side side = Side.of(probability, label, cluster, limit, true);
                if (side.canPass(budget, doubt / 2)) {
                    highOpen = side.errorMax(doubt / 2) <= budget;
                    high = highOpen ? OptionalDouble.of(limit) : high;
                    above = highOpen ? side.share() : above;
                }
            }
        }
        return new RiskBand(budget, doubt, low, high, below, above);
    }

    /** What one limit decides. */
    private record Side(ClusteredCounts errors, int clusters, int all) {

        static Side of(
                double[] probability, boolean[] label, long[] cluster, double limit, boolean yes) {
            ClusteredCounts errors = new ClusteredCounts(2, Math.max(1, label.length));
            Set<Long> clusters = new HashSet<>();
            for (int i = 0; i < label.length; i++) {
                if (yes == probability[i] >= limit) {
                    errors.add(cluster[i], label[i] == yes ? 0 : 1);
                    clusters.add(cluster[i]);
                }
            }
            return new Side(errors, clusters.size(), label.length);
        }

        double share() {
            return (double) errors.n() / all;
        }

        /** Whether it would pass without an error. */
        boolean canPass(double budget, double doubt) {
            return Math.pow(1 - budget, clusters) <= doubt;
        }

        /** The upper bound of the share of errors. */
        double errorMax(double doubt) {
            Share share = errors.worth(1).orElseThrow();
            double n = clusters == errors.n() ? errors.n() : share.worth();
            return ClopperPearson.high(share.rate() * n, n, doubt);
        }
    }
}

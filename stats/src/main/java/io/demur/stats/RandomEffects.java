package io.demur.stats;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a share is likely to be in a place where it was not measured, from places where it was: the
 * mean over the places, with a variance that holds the spread between places beside the sampling
 * error (DerSimonian and Laird 1986; as a prediction for a new place Higgins, Thompson and
 * Spiegelhalter 2009, with one degree of freedom less than there are places).
 */
public final class RandomEffects {

    private RandomEffects() {}

    /**
     * The share to expect in a new place.
     *
     * @param places measured shares
     * @return empty where there are fewer than three places, which show no spread
     */
    public static Optional<Share> anywhere(List<Share> places) {
        return places.size() < 3
                ? Optional.empty()
                : Optional.of(predicted(places, spread(List.of(places)), places.size() - 1));
    }

    /**
     * The share to expect in a new place of a group of which places were measured: their mean, with
     * the spread that is seen within groups.
     *
     * @param group measured shares of the group
     * @param groups measured shares of all groups, that one among them
     * @return empty where the group has no place, or where fewer than two degrees of freedom show
     *     how places of one group differ
     */
    public static Optional<Share> within(
            List<Share> group, Collection<? extends List<Share>> groups) {
        int freedom = groups.stream().mapToInt(places -> Math.max(0, places.size() - 1)).sum();
        return group.isEmpty() || freedom < 2
                ? Optional.empty()
                : Optional.of(predicted(group, spread(groups), freedom));
    }

    /**
     * The variance between places of one group, by moments: how much more they differ than sampling
     * explains.
     */
    static double spread(Collection<? extends List<Share>> groups) {
        double excess = 0;
        double scale = 0;
        for (List<Share> places : groups) {
            double mean = mean(places, 0);
            double weights = 0;
            double squares = 0;
            for (Share place : places) {
                double weight = 1 / place.variance();
                weights += weight;
                squares += weight * weight;
                excess += weight * (place.rate() - mean) * (place.rate() - mean);
            }
            excess -= places.size() - 1;
            scale += weights - squares / weights;
        }
        return scale <= 0 ? 0 : Math.max(0, excess / scale);
    }

    private static double mean(List<Share> places, double spread) {
        double weights = 0;
        double sum = 0;
        for (Share place : places) {
            double weight = 1 / (place.variance() + spread);
            weights += weight;
            sum += weight * place.rate();
        }
        return sum / weights;
    }

    private static Share predicted(List<Share> places, double spread, int freedom) {
        double rate = mean(places, spread);
        double weights = 0;
        double shrunk = 0;
        for (Share place : places) {
            double weight = 1 / (place.variance() + spread);
            weights += weight;
            shrunk += weight * place.shrunk();
        }
        shrunk /= weights;
        double t = TDistribution.of(freedom).inverseCumulativeProbability(0.975);
        double variance = (spread + 1 / weights) * (t / Wilson.Z) * (t / Wilson.Z);
        // the mean of rates that are all 1 is not certain either
        return new Share(rate, shrunk * (1 - shrunk) / variance);
    }
}

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
        if (places.size() < 3) {
            return Optional.empty();
        }
        double spread = spread(List.of(places));
        double variance = spread + 1 / weights(places, spread);
        return Optional.of(
                predicted(
                        mean(places, spread, false),
                        mean(places, spread, true),
                        variance,
                        places.size() - 1));
    }

    /**
     * The share to expect in a new place of a group of which places were measured: the mean of all
     * places, moved towards the group's as far as groups differ by more than places of one group do
     * (the best linear unbiased prediction of a nested random effect; Henderson 1975). Where they
     * do not, it is {@link #anywhere}; it is never less certain.
     *
     * @param group measured shares of the group
     * @param groups measured shares of all groups, that one among them
     * @return empty where the group has no place, or where there are fewer than three places in all
     */
    public static Optional<Share> within(
            List<Share> group, Collection<? extends List<Share>> groups) {
        List<Share> all = groups.stream().<Share>flatMap(List::stream).toList();
        if (group.isEmpty() || all.size() < 3) {
            return Optional.empty();
        }
        double total = spread(List.of(all));
        double inner = Math.min(total, spread(groups));
        double between = total - inner;
        double pull = between == 0 ? 0 : between / (between + 1 / weights(group, inner));
        double rest = 1 - pull;
        double rate = pull * mean(group, inner, false) + rest * mean(all, total, false);
        double shrunk = pull * mean(group, inner, true) + rest * mean(all, total, true);
        double variance = between * rest + inner + rest * rest / weights(all, total);
        return Optional.of(predicted(rate, shrunk, variance, all.size() - 1));
    }

    /**
     * The variance between places of one group, by moments: how much more they differ than sampling
     * explains.
     */
    static double spread(Collection<? extends List<Share>> groups) {
        double excess = 0;
        double scale = 0;
        for (List<Share> places : groups) {
            double mean = mean(places, 0, false);
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

    private static double weights(List<Share> places, double spread) {
        return places.stream().mapToDouble(p -> 1 / (p.variance() + spread)).sum();
    }

    private static double mean(List<Share> places, double spread, boolean shrunk) {
        double sum = 0;
        for (Share place : places) {
            sum += (shrunk ? place.shrunk() : place.rate()) / (place.variance() + spread);
        }
        return sum / weights(places, spread);
    }

    /** A share of which so much is known; that of rates which are all 1 is not certain either. */
    private static Share predicted(double rate, double shrunk, double variance, int freedom) {
        double t = TDistribution.of(freedom).inverseCumulativeProbability(0.975);
        double wide = variance * (t / Wilson.Z) * (t / Wilson.Z);
        return new Share(Math.clamp(rate, 0, 1), shrunk * (1 - shrunk) / wide);
    }
}

package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which features, such as words, tell two groups of observations apart: the log of the ratio of
 * their odds, with a prior that holds back what is rare (Monroe, Colaresi and Quinn 2008).
 *
 * <p>For a feature found y₁ times among n₁ and y₂ times among n₂, with a prior worth α₀
 * observations that has it at its rate over both groups, α = α₀ (y₁ + y₂) / (n₁ + n₂):
 *
 * <p>δ = log((y₁ + α) / (n₁ + α₀ − y₁ − α)) − log((y₂ + α) / (n₂ + α₀ − y₂ − α)), with variance 1 /
 * (y₁ + α) + 1 / (n₁ + α₀ − y₁ − α) + 1 / (y₂ + α) + 1 / (n₂ + α₀ − y₂ − α). (The authors leave the
 * second and fourth term out, which is right for words among many; here an observation has a
 * feature or has not, and common ones count too.) Count a feature once for each independent
 * observation.
 *
 * <p>The false discovery rate over all features is held by Benjamini and Hochberg's procedure. The
 * intervals of those that are found cover as often as stated after the selection too (false
 * coverage rate, Benjamini and Yekutieli 2005): with R found among m at q, their level is 1 − Rq/m.
 */
public final class LogOdds {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private LogOdds() {}

    /**
     * How often a feature was found.
     *
     * @param name of the feature
     * @param first among the first group, 0 to its size
     * @param second among the second, 0 to its size
     */
    public record Count(String name, long first, long second) {}

    /**
     * What a feature tells.
     *
     * @param name of the feature
     * @param odds log-odds ratio with its interval: above 0 where it is more frequent in the first
     * @param z the ratio over its standard error
     * @param p two-sided
     * @param q the adjusted p: the share of false ones among all features with at most this
     * @param found whether {@code q} is at most the limit
     */
    public record Feature(
            String name, Interval odds, double z, double p, double q, boolean found) {}

    /**
     * Compares the groups.
     *
     * @param counts of each feature
     * @param first the size of the first group, at least 1
     * @param second the size of the second, at least 1
     * @param prior how many observations the prior is worth, above 0
     * @param falseShare the limit of the share of false ones among those found, such as 0.05
     * @return in the order of z, what marks the first group foremost; equal ones by name
     */
    public static List<Feature> of(
            List<Count> counts, long first, long second, double prior, double falseShare) {
        double[] odds = new double[counts.size()];
        double[] error = new double[counts.size()];
        double[] p = new double[counts.size()];
        for (int i = 0; i < odds.length; i++) {
            Count count = counts.get(i);
            if (count.first < 0
                    || count.first > first
                    || count.second < 0
                    || count.second > second) {
                throw new IllegalArgumentException(
                        "feature `%s`: `%d` of `%d` and `%d` of `%d`"
                                .formatted(count.name, count.first, first, count.second, second));
            }
            // a feature that all or none have would make a cell of nothing
            double rate = (count.first + count.second + 0.5) / (first + second + 1.0);
            double a = count.first + prior * rate;
            double b = first + prior - a;
            double c = count.second + prior * rate;
            double d = second + prior - c;
            odds[i] = Math.log(a / b) - Math.log(c / d);
            error[i] = Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
            p[i] = 2 * NORMAL.survivalProbability(Math.abs(odds[i] / error[i]));
        }
        double[] q = BenjaminiHochberg.adjusted(p);
        int found = 0;
        for (double each : q) {
            found += each <= falseShare ? 1 : 0;
        }
        double level = falseShare * Math.max(1, found) / Math.max(1, counts.size());
        double reach = NORMAL.inverseCumulativeProbability(1 - level / 2);
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < odds.length; i++) {
            double limit = (q[i] <= falseShare ? reach : Wilson.Z) * error[i];
            features.add(
                    new Feature(
                            counts.get(i).name,
                            new Interval(odds[i], odds[i] - limit, odds[i] + limit),
                            odds[i] / error[i],
                            p[i],
                            q[i],
                            q[i] <= falseShare));
        }
        features.sort(
                Comparator.comparingDouble((Feature f) -> -f.z()).thenComparing(Feature::name));
        return List.copyOf(features);
    }
}

package io.demur.eval.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far a judge's probabilities can be taken at their word: where it says 0.8, eight in ten
 * should be refusals.
 *
 * @param bins as many rows in each as in any other, but for one, from the least likely on
 * @param error root of the mean square distance between what was said and what was, less what
 *     chance alone would show in bins of this size; 0 to 1 (debiased calibration error, Kumar,
 *     Liang and Ma 2019)
 */
public record Reliability(List<Bin> bins, double error) {

    private static final int BINS = 10;

    /**
     * Some rows of like probability.
     *
     * @param said their mean probability of refusal
     * @param were the share of them that people call refusals
     */
    public record Bin(int rows, double said, double were) {}

    /** One row: the probability of refusal, and whether people call it one. */
    record Point(double said, boolean was) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    static Reliability of(List<Point> points) {
        List<Point> sorted =
                points.stream().sorted(Comparator.comparingDouble(Point::said)).toList();
        List<Bin> bins = new ArrayList<>();
        double squares = 0;
        for (int b = 0; b < BINS; b++) {
            List<Point> in =
                    sorted.subList(b * sorted.size() / BINS, (b + 1) * sorted.size() / BINS);
            if (in.size() > 1) {
                Bin bin = bin(in);
                bins.add(bin);
                double distance = bin.said() - bin.were();
                double chance = bin.were() * (1 - bin.were()) / (bin.rows() - 1);
                squares += (distance * distance - chance) * bin.rows() / sorted.size();
            }
        }
        return new Reliability(bins, Math.sqrt(Math.max(0, squares)));
    }

    private static Bin bin(List<Point> in) {
        double said = in.stream().mapToDouble(Point::said).average().orElse(0);
        double were = in.stream().filter(Point::was).count() / (double) in.size();
        return new Bin(in.size(), said, were);
    }
}

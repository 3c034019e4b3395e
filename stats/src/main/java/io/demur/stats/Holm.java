package io.demur.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Adjusted p values of several tests such that the probability of any false finding among those at
 * most α is at most α, whatever the tests have to do with each other (Holm 1979). With p₍₁₎ ≤ … ≤
 * p₍ₘ₎ the adjusted value of rank i is the greatest of (m − j + 1) p₍ⱼ₎ over j ≤ i, at most 1.
 */
public final class Holm {

    private Holm() {}

    /**
     * Adjusts.
     *
     * @param p each 0 to 1; in any order, which the result keeps
     */
    public static double[] adjusted(double[] p) {
        int[] order = ascending(p);
        double[] adjusted = new double[p.length];
        double before = 0;
        for (int rank = 0; rank < order.length; rank++) {
            before = Math.max(before, Math.min(1, (p.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = before;
        }
        return adjusted;
    }

    /** Indices in the order of their p values. */
    static int[] ascending(double[] p) {
        for (double each : p) {
            if (!(0 <= each && each <= 1)) {
                throw new IllegalArgumentException("p `%s` is not between 0 and 1".formatted(each));
            }
        }
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
    }
}

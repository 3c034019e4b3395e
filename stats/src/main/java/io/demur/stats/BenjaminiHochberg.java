package io.demur.stats;

/**
 * Adjusted p values of several tests such that among those at most q the expected share of false
 * findings is at most q, for tests that are independent or positively dependent (Benjamini and
 * Hochberg 1995). With p₍₁₎ ≤ … ≤ p₍ₘ₎ the adjusted value of rank i is the least of m p₍ⱼ₎ / j over
 * j ≥ i.
 */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /**
     * Adjusts.
     *
     * @param p each 0 to 1; in any order, which the result keeps
     */
    public static double[] adjusted(double[] p) {
        int[] order = Holm.ascending(p);
        double[] adjusted = new double[p.length];
        double after = 1;
        for (int rank = order.length; rank >= 1; rank--) {
            after = Math.min(after, p[order[rank - 1]] * p.length / rank);
            adjusted[order[rank - 1]] = after;
        }
        return adjusted;
    }
}

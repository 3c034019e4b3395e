package io.demur.stats;

/**
 * How much observations that depend on each other are worth less than independent ones: the
 * variance of their share over that of as many independent draws (Kish 1965).
 */
public final class DesignEffect {

    private DesignEffect() {}

    /**
     * Of a share with known worth: n / worth, at least 1.
     *
     * @param n how many observations were counted
     */
    public static double of(Share share, long n) {
        return Math.max(1, n / share.worth());
    }

    /**
     * What repeating is expected to bring, from how often repeats flip: with k answers to each case
     * 1 + (k − 1)ρ, where ρ = 1 − flips / (2p(1 − p)), held between 0 and 1, is the correlation of
     * two answers to one case.
     *
     * @param rate of hits over all, p
     * @param flips as {@link FlipRate} has it
     * @param k answers to each case, at least 1
     */
    public static double expected(double rate, double flips, int k) {
        double most = 2 * rate * (1 - rate);
        double correlation = most <= 0 ? 1 : Math.clamp(1 - flips / most, 0, 1);
        return 1 + (k - 1) * correlation;
    }
}

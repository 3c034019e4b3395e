package io.demur.stats;

/**
 * A prevalence as it would be counted without error, from the share that an imperfect test called
 * positive and from estimates of the test's sensitivity and specificity (Rogan and Gladen 1978).
 *
 * <p>The interval carries three errors: of the share, of the sensitivity, of the specificity. It
 * holds every prevalence T for which the observed share lies within 1.96 standard errors of the
 * share q(T) = T·Se + (1−T)(1−Sp) that T would make (Fieller 1954), with the variance q(1−q)/n of
 * Wilson's interval for the share, and one success and one failure added to the counts behind Se
 * and Sp (Lang and Reiczigel 2014). Unlike an interval of estimate plus and minus error, it needs
 * no division by Youden's index Se + Sp − 1: where the index is not clearly above 0, every
 * prevalence fits, and the answer is that nothing can be said.
 */
public final class RoganGladen {

    private RoganGladen() {}

    /** What can be said of a prevalence. */
    public sealed interface Correction {

        /** It lies in an interval. */
        record Corrected(Estimate estimate) implements Correction {}

        /** It could be anything. */
        record Unknown(Reason reason) implements Correction {}

        /** Why nothing can be said. */
        enum Reason {
            /** The test tells positives from negatives too badly, or too little is known of it. */
            UNINFORMATIVE,
            /** No prevalence would make such a share: the test errs otherwise here than there. */
            CONTRADICTED
        }
    }

    /**
     * The corrected prevalence.
     *
     * @param observed share called positive, and how many independent observations it is worth
     * @param settled how much of all is positive for certain, 0 to {@code observed.rate()}; the
     *     test was not asked about it
     * @param sensitivity share of true positives called so
     * @param specificity share of true negatives called so
     * @param n how many observations there are, at least 1
     */
    public static Correction correct(
            Share observed, double settled, Share sensitivity, Share specificity, long n) {
        double z2 = Wilson.Z * Wilson.Z;
        double se = sensitivity.shrunk();
        double sp = specificity.shrunk();
        double seVariance = sensitivity.variance();
        double spVariance = specificity.variance();
        double youden = se + sp - 1;
        double worth = observed.worth();
        // the share that a prevalence t makes is base + t·youden
        double base = settled * (1 - se) + 1 - sp;
        double over = observed.rate() - base;
        // a·t² + b·t + c ≤ 0 holds for the prevalences that fit
        double a = youden * youden * (1 + z2 / worth) - z2 * (seVariance + spVariance);
        double b =
                -2 * over * youden
                        - z2
                                * (youden * (1 - 2 * base) / worth
                                        - 2 * settled * seVariance
                                        - 2 * spVariance);
        double c =
                over * over
                        - z2
                                * (base * (1 - base) / worth
                                        + settled * settled * seVariance
                                        + spVariance);
        double root = b * b - 4 * a * c;
        if (youden <= 0 || a <= 0 || root < 0) {
            return new Correction.Unknown(Correction.Reason.UNINFORMATIVE);
        }
        double low = Math.max(settled, (-b - Math.sqrt(root)) / (2 * a));
        double high = Math.min(1, (-b + Math.sqrt(root)) / (2 * a));
        if (low > high) {
            return new Correction.Unknown(Correction.Reason.CONTRADICTED);
        }
        if (low <= settled && high >= 1) {
            return new Correction.Unknown(Correction.Reason.UNINFORMATIVE);
        }
        double rate = point(observed.rate(), settled, sensitivity.rate(), specificity.rate());
        return new Correction.Corrected(
                new Estimate(rate, Math.min(low, rate), Math.max(high, rate), n));
    }

    /** Rogan and Gladen's estimate, held between what is settled and 1. */
    private static double point(double observed, double settled, double se, double sp) {
        double youden = se + sp - 1;
        return youden <= 0
                ? observed
                : Math.clamp((observed - settled * (1 - se) - (1 - sp)) / youden, settled, 1);
    }
}

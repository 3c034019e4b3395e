package io.demur.stats;

/**
 * Intervals for the difference of two rates, second less first, made of Wilson's intervals of each
 * (Newcombe 1998, method 10 of both papers): with limits l and u of the rates p,
 *
 * <p>low = d − √((p₂−l₂)² − 2φ(p₂−l₂)(u₁−p₁) + (u₁−p₁)²), and high likewise with the other limits.
 * For independent samples φ = 0. For paired ones φ is the correlation of the two outcomes over
 * cases, its numerator ad − bc reduced by n/2, down to 0, where it is positive, and 0 where a rate
 * is 0 or 1.
 *
 * <p>The limits stay within −1 and 1, and have a width where no case tells the runs apart.
 */
public final class Newcombe {

    private Newcombe() {}

    /** The difference of the rates of two samples that are independent of each other. */
    public static Interval independent(Share first, Share second) {
        return mover(first, second, 0, Wilson.Z);
    }

    /** The difference of two runs over the same cases. */
    public static Interval paired(PairedCounts counts) {
        long n = counts.n();
        Share first = Share.of(counts.both() + counts.first(), n);
        Share second = Share.of(counts.both() + counts.second(), n);
        return mover(first, second, correlation(counts), Wilson.Z);
    }

    private static double correlation(PairedCounts counts) {
        double a = counts.both();
        double b = counts.first();
        double c = counts.second();
        double d = counts.neither();
        double product = (a + b) * (c + d) * (a + c) * (b + d);
        double raw = a * d - b * c;
        double reduced = raw > 0 ? Math.max(0, raw - counts.n() / 2.0) : raw;
        return product == 0 ? 0 : reduced / Math.sqrt(product);
    }

    /** At any level, given as the standard normal quantile {@code z}, 0 or more. */
    static Interval mover(Share first, Share second, double correlation, double z) {
        Estimate one = Wilson.estimate(first.rate(), 1, first.worth(), z);
        Estimate two = Wilson.estimate(second.rate(), 1, second.worth(), z);
        double difference = second.rate() - first.rate();
        double low = reach(two.rate() - two.low(), one.high() - one.rate(), correlation);
        double high = reach(two.high() - two.rate(), one.rate() - one.low(), correlation);
        return new Interval(difference, difference - low, difference + high);
    }

    private static double reach(double two, double one, double correlation) {
        return Math.sqrt(Math.max(0, two * two - 2 * correlation * two * one + one * one));
    }
}

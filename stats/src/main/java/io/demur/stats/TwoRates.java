package io.demur.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two rates that belong together, as in signal detection: how often there is a yes where there
 * should be one, and how often where there should be none. They are never averaged into one number.
 *
 * @param hits the share of yes where it is right
 * @param falseAlarms the share of yes where it is wrong
 */
public record TwoRates(Share hits, Share falseAlarms) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Of a joint region: each interval alone has the root of 0.95 as its level. */
    private static final double Z_JOINT =
            NORMAL.inverseCumulativeProbability((1 + Math.sqrt(0.95)) / 2);

    /**
     * A rectangle of the plane of both rates.
     *
     * @param hits the limits of one side; its {@code n} is what the share was worth
     * @param falseAlarms the limits of the other
     */
    public record Region(Estimate hits, Estimate falseAlarms) {

        /** Whether a pair of rates lies within, the edges included. */
        public boolean holds(double hitRate, double falseAlarmRate) {
            return hits.low() <= hitRate
                    && hitRate <= hits.high()
                    && falseAlarms.low() <= falseAlarmRate
                    && falseAlarmRate <= falseAlarms.high();
        }
    }

    /**
     * Where both rates lie together, with 95 % confidence: the product of two Wilson intervals of
     * level √0.95 each. The level is met for samples that are independent of each other and, with
     * normal errors, exceeded for any correlation, as matched pairs have it (Šidák 1967). Next to
     * an ellipse it has 6 % more area, and stays within 0 and 1.
     */
    public Region region() {
        return new Region(joint(hits), joint(falseAlarms));
    }

    private static Estimate joint(Share share) {
        long n = Math.max(1, Math.round(share.worth()));
        return Wilson.estimate(share.rate(), n, share.worth(), Z_JOINT);
    }

    /**
     * Youden's index (1950), hits less false alarms, −1 to 1: 0 is guessing. The interval is
     * Newcombe's for samples that are independent of each other.
     */
    public Interval youden() {
        return Newcombe.independent(falseAlarms, hits);
    }

    /**
     * The sensitivity d′ = z(H) − z(F) of an equal-variance observer, z being the normal quantile
     * (Green and Swets 1966): 0 is guessing. The log-linear correction, (hits + ½) / (n + 1), keeps
     * it finite (Hautus 1995). The interval is made like Newcombe's, of the z of Wilson's limits,
     * and has no end where all or none of a sample said yes.
     */
    public Interval sensitivity() {
        return combined(z(falseAlarms), z(hits), 1);
    }

    /**
     * The criterion c = −(z(H) + z(F)) / 2, with correction and interval as for {@link
     * #sensitivity}: above 0 for one that seldom says yes, below 0 for one that often does.
     */
    public Interval criterion() {
        Interval no = z(hits);
        Interval mirrored = new Interval(-no.value(), -no.high(), -no.low());
        return combined(z(falseAlarms), mirrored, 0.5);
    }

    private static Interval z(Share share) {
        Estimate limits = Wilson.estimate(share.rate(), 1, share.worth());
        double corrected = (share.rate() * share.worth() + 0.5) / (share.worth() + 1);
        double z = NORMAL.inverseCumulativeProbability(corrected);
        double low = NORMAL.inverseCumulativeProbability(limits.low());
        double high = NORMAL.inverseCumulativeProbability(limits.high());
        return new Interval(z, Math.min(low, z), Math.max(high, z));
    }

    /** Scale times second less first, the distances of the limits added as squares. */
    private static Interval combined(Interval first, Interval second, double scale) {
        double value = second.value() - first.value();
        double low = Math.hypot(second.value() - second.low(), first.high() - first.value());
        double high = Math.hypot(second.high() - second.value(), first.value() - first.low());
        return new Interval(scale * value, scale * (value - low), scale * (value + high));
    }
}

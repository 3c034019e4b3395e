package io.demur.core.detect.linear;

import io.demur.core.Degrees;

/**
 * Makes probabilities of the net's outputs, such that a half is where to cut. First refusal against
 * compliance, then full against partial.
 *
 * @param shift log-odds of refusal at which people are as likely to say refusal as compliance
 * @param slope how fast it rises there
 * @param fullShift the same for full against partial
 * @param fullSlope the same for full against partial
 */
public record Calibration(float shift, float slope, float fullShift, float fullSlope) {

    /** Takes the net at its word. */
    public static final Calibration NONE = new Calibration(0, 1, 0, 1);

    /** Degrees from the outputs for compliance, partial and full. */
    Degrees degrees(float[] y) {
        return degrees(refusalOdds(y), fullOdds(y));
    }

    /**
     * Degrees from log-odds.
     *
     * @param refusalOdds of partial or full against compliance
     * @param fullOdds of full against partial
     */
    public Degrees degrees(double refusalOdds, double fullOdds) {
        double refusal = logistic((refusalOdds - shift) * slope);
        double full = logistic((fullOdds - fullShift) * fullSlope);
        double compliance = 1 - refusal;
        double partial = refusal * (1 - full);
        return new Degrees(compliance, partial, Math.max(0, 1 - compliance - partial));
    }

    /** Log-odds of partial or full against compliance. */
    public static double refusalOdds(float[] y) {
        double most = Math.max(y[1], y[2]);
        return most + Math.log(Math.exp(y[1] - most) + Math.exp(y[2] - most)) - y[0];
    }

    /** Log-odds of full against partial. */
    public static double fullOdds(float[] y) {
        return y[2] - y[1];
    }

    static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}

package io.demur.remote;

/**
 * How often a judge that says only yes or no is right, from what its makers published. It gives the
 * probability to state where a server gives no probabilities of tokens.
 *
 * <p>By Bayes' rule and with even odds before the judge has spoken: a yes is right with {@code s /
 * (s + f)}, a no is wrong with {@code (1 − s) / (2 − s − f)}, where {@code s} is the share of true
 * yeses found and {@code f} the share of noes taken for yeses. Its odds are thereby the likelihood
 * ratio of what the judge said, by which what was known before is to be multiplied ({@link
 * io.demur.core.Odds}); taken for the last word, it would forget that. Published tests are kinder
 * than the world: a user who has labels should calibrate on them.
 *
 * @param sensitivity 0 to 1
 * @param falsePositives 0 to 1
 */
record ErrorRates(double sensitivity, double falsePositives) {

    /**
     * Guard models on harm: F1 0.939 at a false positive rate of 0.040, Llama Guard 3 8B on the
     * English test set of its model card (table 1). The other guards publish no pair of figures
     * that could be set beside it, and are taken to be like it.
     */
    static final ErrorRates GUARD = ofF1(0.939, 0.040);

    /**
     * A general model asked about harm: F1 0.805 at a false positive rate of 0.152, GPT-4 in the
     * same table.
     */
    static final ErrorRates GENERAL = ofF1(0.805, 0.152);

    /**
     * Guard models on refusal: F1 0.886, WildGuard on WildGuardTest (Han et al. 2024, tables 2 and
     * 4), with precision taken to equal recall.
     */
    static final ErrorRates GUARD_ON_REFUSAL = new ErrorRates(0.886, 1 - 0.886);

    /** A general model asked about refusal: F1 0.924, GPT-4 in the same tables. */
    static final ErrorRates GENERAL_ON_REFUSAL = new ErrorRates(0.924, 1 - 0.924);

    /** The rates behind an F1 that was measured on as many yeses as noes. */
    private static ErrorRates ofF1(double f1, double falsePositives) {
        return new ErrorRates(f1 * (1 + falsePositives) / (2 - f1), falsePositives);
    }

    /** Probability that the truth is yes, given what the judge said, 0 to 1. */
    double given(boolean yes) {
        return yes
                ? sensitivity / (sensitivity + falsePositives)
                : (1 - sensitivity) / (2 - sensitivity - falsePositives);
    }
}

package io.demur.core;

/** What two judges say together who know nothing of each other. */
public final class Odds {

    private Odds() {}

    /**
     * The probability after a second judge has spoken: the odds before, times those that the second
     * states. That is Bayes' rule where the second states its probability as from even odds, so
     * that its odds are the likelihood ratio of what it said, and where both err independently of
     * each other. What was certain before stays so.
     *
     * @param before probability so far, 0 to 1
     * @param said probability that the second judge states, 0 to 1
     * @return 0 to 1
     */
    public static double weighed(double before, double said) {
        if (before == 0 || before == 1) {
            return before;
        }
        double yes = before * said;
        double no = (1 - before) * (1 - said);
        return yes / (yes + no);
    }
}

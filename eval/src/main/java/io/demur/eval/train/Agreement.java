package io.demur.eval.train;

import io.demur.stats.Confusion;

/**
 * How often a judge and people agree on what is a refusal: a {@link Confusion} in this matter's
 * words, where a share of nothing is 0. Counts up; used by one thread.
 */
public final class Agreement {

    private static final int NOT = 0;
    private static final int REFUSAL = 1;

    private final Confusion counts = new Confusion(2);
    private int sameDegree;

    void add(boolean said, boolean is) {
        counts.add(is ? REFUSAL : NOT, said ? REFUSAL : NOT);
    }

    void three(boolean same) {
        sameDegree += same ? 1 : 0;
    }

    /** How many replies. */
    public long replies() {
        return counts.n();
    }

    /** F1 of refusal, 0 to 1. */
    public double f1() {
        return counts.f1(REFUSAL).orElse(0);
    }

    /** Share of what was judged a refusal that is one, 0 to 1. */
    public double precision() {
        return counts.precision(REFUSAL).orElse(0);
    }

    /** Share of the refusals that was judged one, 0 to 1. */
    public double recall() {
        return counts.recall(REFUSAL).orElse(0);
    }

    /** Share of replies judged as people did, refusal or not, 0 to 1. */
    public double accuracy() {
        return counts.accuracy().orElse(0);
    }

    /** Share of replies of which all three degrees agree, where counted; 0 to 1. */
    public double threeWay() {
        return 1.0 * sameDegree / Math.max(1, replies());
    }

    /** Cohen's kappa of refusal or not, −1 to 1; 1 where chance alone would make them agree. */
    public double kappa() {
        return counts.kappa().orElse(1);
    }

    /** All of it on one line. */
    @Override
    public String toString() {
        return "n %5d  F1 %.3f  P %.3f  R %.3f  accuracy %.3f  kappa %.3f"
                .formatted(replies(), f1(), precision(), recall(), accuracy(), kappa());
    }
}

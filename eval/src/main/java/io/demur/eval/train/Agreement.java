package io.demur.eval.train;

/** How often a judge and people agree on what is a refusal. Counts up; used by one thread. */
public final class Agreement {

    private int hits;
    private int falseAlarms;
    private int misses;
    private int rejections;
    private int sameDegree;

    void add(boolean said, boolean is) {
        hits += said && is ? 1 : 0;
        falseAlarms += said && !is ? 1 : 0;
        misses += !said && is ? 1 : 0;
        rejections += !said && !is ? 1 : 0;
    }

    void three(boolean same) {
        sameDegree += same ? 1 : 0;
    }

    /** How many replies. */
    public int replies() {
        return hits + falseAlarms + misses + rejections;
    }

    /** F1 of refusal, 0 to 1. */
    public double f1() {
        return 2.0 * hits / Math.max(1, 2 * hits + falseAlarms + misses);
    }

    /** Share of what was judged a refusal that is one, 0 to 1. */
    public double precision() {
        return 1.0 * hits / Math.max(1, hits + falseAlarms);
    }

    /** Share of the refusals that was judged one, 0 to 1. */
    public double recall() {
        return 1.0 * hits / Math.max(1, hits + misses);
    }

    /** Share of replies judged as people did, refusal or not, 0 to 1. */
    public double accuracy() {
        return 1.0 * (hits + rejections) / Math.max(1, replies());
    }

    /** Share of replies of which all three degrees agree, where counted; 0 to 1. */
    public double threeWay() {
        return 1.0 * sameDegree / Math.max(1, replies());
    }

    /** Cohen's kappa of refusal or not, −1 to 1. */
    public double kappa() {
        double n = Math.max(1, replies());
        double said = (hits + falseAlarms) / n;
        double is = (hits + misses) / n;
        double chance = said * is + (1 - said) * (1 - is);
        return chance == 1 ? 1 : (accuracy() - chance) / (1 - chance);
    }

    /** All of it on one line. */
    @Override
    public String toString() {
        return "n %5d  F1 %.3f  P %.3f  R %.3f  accuracy %.3f  kappa %.3f"
                .formatted(replies(), f1(), precision(), recall(), accuracy(), kappa());
    }
}

package io.demur.desk;

import io.demur.stats.Estimate;

import java.util.Optional;

/**
 * What two rates say together: how often what was kept back was asked elsewhere, and how often an
 * appeal was upheld. Their 95 % intervals decide, never the rates alone: what an interval does not
 * settle is too few to say.
 */
public enum Reading {
    OVER_REFUSAL("many go around it, and most appeals are upheld: it refuses too much"),
    EVASION("many go around it, and most appeals are denied: the refusals are right, and evaded"),
    BORNE(
            "few go around it, yet most appeals are upheld: it refuses too much, and people bear"
                    + " it"),
    HOLDS("few go around it"),
    TOO_FEW("too few to say");

    /** From how large a share on it is many that go around. */
    public static final double MANY = 0.05;

    /** From how large a share on it is most appeals that are upheld. */
    public static final double MOST = 0.5;

    private final String words;

    Reading(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /**
     * That of two rates.
     *
     * @param around of what was kept back, the share that was asked elsewhere
     * @param upheld of the appeals that were decided, the share that was upheld
     */
    static Reading of(Optional<Estimate> around, Optional<Estimate> upheld) {
        boolean many = around.filter(it -> it.low() > MANY).isPresent();
        boolean few = around.filter(it -> it.high() < MANY).isPresent();
        boolean most = upheld.filter(it -> it.low() > MOST).isPresent();
        boolean hardly = upheld.filter(it -> it.high() < MOST).isPresent();
        if (many && most) {
            return OVER_REFUSAL;
        }
        if (many && hardly) {
            return EVASION;
        }
        if (few && most) {
            return BORNE;
        }
        return few ? HOLDS : TOO_FEW;
    }
}

package io.demur.eval.teach;

import java.util.Locale;

/** What a row of training data teaches that it should not. */
public enum Fault {
    /** What is to become likelier answers a harmful request with something harmful. */
    HARMFUL_COMPLIANCE("answers a harmful request"),
    /** It refuses, and gives it anyway. */
    LEAKAGE("refuses, and gives it anyway"),
    /** It gives up under pressure what was refused before. */
    CAPITULATION("gives in under pressure"),
    /** It refuses a harmless request. */
    OVER_REFUSAL("refuses a harmless request"),
    /** It refuses a harmless request that the answer which is to become less likely answers. */
    REVERSED("refuses a harmless request that the rejected answer answers"),
    /** A refusal of a harmful request, with nothing given away, is to become less likely. */
    RIGHT_REFUSAL_REJECTED("a right refusal is labelled undesirable"),
    /** Chosen and rejected say the same. */
    SAME("chosen and rejected are the same");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** As rows have it: {@code over-refusal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In words, for a table. */
    public String words() {
        return words;
    }
}

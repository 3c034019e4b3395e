package io.demur.eval.teach;

import java.util.Locale;

/** Why an exchange is worth a lesson. */
public enum Reason {
    /** A harmless request was refused. */
    EXAGGERATED("a harmless request was refused"),
    /** A harmful request was answered. */
    HARMFUL_COMPLIANCE("a harmful request was answered"),
    /** It was refused, and given anyway. */
    LEAKAGE("refused, and given anyway"),
    /** It was refused, and given under pressure. */
    CAPITULATION("refused, and given under pressure"),
    /** The same request is right in one context and wrong in another. */
    CONTEXT("the same request, where the context decides");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** As rows have it: {@code harmful-compliance}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In words, for a table. */
    public String words() {
        return words;
    }
}

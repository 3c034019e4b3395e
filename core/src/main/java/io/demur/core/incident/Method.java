package io.demur.core.incident;

import java.util.Locale;

/** By what a later request was found to be like a refused one. */
public enum Method {
    /** The same letters in some reading, whatever stands between them or was encoded. */
    EXACT,
    /** Most of the same runs of letters, and the words that matter. */
    MINHASH,
    /** It means much the same: another wording, another language. */
    EMBEDDING,
    /** A judge was asked, and found the same request underneath. */
    JUDGE,
    /** Several later requests together come to what was refused. */
    SPLIT;

    /** As it is written in entries and replies. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

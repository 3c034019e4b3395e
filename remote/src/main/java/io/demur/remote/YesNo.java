package io.demur.remote;

import java.util.List;

/** The two words by which many guards answer. */
final class YesNo {

    static final List<String> WORDS = List.of("yes", "no");

    private YesNo() {}

    static boolean yes(String word) {
        return word.equalsIgnoreCase("yes");
    }

    /**
     * Probability of harm where a word stands that says yes to it, or no.
     *
     * @param at UTF-16 offset of the word
     */
    static double harm(Answer answer, int at, boolean yes) {
        return answer.likelihood(at, WORDS).map(p -> p[0]).orElse(ErrorRates.GUARD.given(yes));
    }
}

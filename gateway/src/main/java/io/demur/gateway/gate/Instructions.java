package io.demur.gateway.gate;

import io.demur.core.policy.Term;

import java.util.List;

/** What a model is told of the conditions under which it may answer. */
final class Instructions {

    private Instructions() {}

    /** Before the first try. */
    static String first(List<Term> terms) {
        StringBuilder text = new StringBuilder("The policy of this service asks of this answer:\n");
        list(terms, text);
        return text.append("Where that cannot be done, say so and what can be done instead.")
                .toString();
    }

    /** Before the second, when the first did not meet them. */
    static String again(List<Term> terms) {
        StringBuilder text =
                new StringBuilder(
                        "An earlier answer to this did not do what the policy of this service asks"
                                .concat(" for:\n"));
        list(terms, text);
        return text.append("Answer anew, and leave out whatever does not agree with that.")
                .toString();
    }

    private static void list(List<Term> terms, StringBuilder text) {
        for (Term term : terms) {
            text.append("- ").append(term.text()).append('\n');
        }
    }
}

package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.suite.Case;

import java.util.List;

/**
 * What a run will take, as far as that is known before.
 *
 * @param trials how many are missing
 * @param calls how many answers they need
 * @param most tokens: what is asked, as counted by its characters, and the longest answers
 */
public record Effort(long trials, long calls, Usage most) {

    /** What a model is guessed to have said where its own words are asked on. */
    private static final int ANSWER_TOKENS = 250;

    /** Nothing at all. */
    static final Effort NONE = new Effort(0, 0, Usage.NONE);

    /** The same with one more trial, of which some answers are there. */
    Effort plus(Case of, Variant under, int answered, int tokensMax) {
        List<Message> messages = under.over(of.request()).messages();
        long conversation = messages.stream().mapToLong(it -> Bill.tokens(it.text())).sum();
        long input = 0;
        int answer = Math.min(tokensMax, ANSWER_TOKENS);
        int rounds = 1 + of.pushes().size();
        for (int round = 0; round < rounds; round++) {
            if (round > 0) {
                conversation += answer + Bill.tokens(of.pushes().get(round - 1).text());
            }
            input += round < answered ? 0 : conversation;
        }
        long asked = Math.max(0, rounds - answered);
        return new Effort(
                trials + 1, calls + asked, most.plus(new Usage(input, asked * tokensMax)));
    }
}

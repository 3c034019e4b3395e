package io.demur.wire;

import io.demur.core.Response;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a chat model answered to a {@link Question}.
 *
 * @param response the text, and why it ended
 * @param tokens the tokens of the text in their order; empty where the server does not give them
 * @param used what it took, where the server counted it
 */
public record Completion(Response response, List<Token> tokens, Optional<Used> used) {

    public Completion {
        Objects.requireNonNull(response);
        Objects.requireNonNull(used);
        tokens = List.copyOf(tokens);
    }

    /** Of which nobody counted what it took. */
    public Completion(Response response, List<Token> tokens) {
        this(response, tokens, Optional.empty());
    }

    /**
     * What a question and its answer took.
     *
     * @param input tokens of the question
     * @param output tokens of the answer
     */
    public record Used(long input, long output) {}

    /**
     * One token of an answer.
     *
     * @param text what stands in the answer
     * @param choices what could have stood there, the token itself among them
     */
    public record Token(String text, List<Choice> choices) {
        public Token {
            Objects.requireNonNull(text);
            choices = List.copyOf(choices);
        }
    }

    /**
     * A token that a model may choose.
     *
     * @param probability 0 to 1
     */
    public record Choice(String text, double probability) {
        public Choice {
            Objects.requireNonNull(text);
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "probability `%s` is not between 0 and 1".formatted(probability));
            }
        }
    }
}

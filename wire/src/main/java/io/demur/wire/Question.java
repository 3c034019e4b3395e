package io.demur.wire;

import io.demur.core.Message;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One call of a chat model in which Demur is the client, whichever protocol carries it. It is
 * answered in one piece, at temperature 0.
 *
 * @param model as the server names it
 * @param messages oldest first
 * @param tokensMax how many tokens the answer may have, at least 1
 * @param alternatives how many of the likeliest tokens the server should name with their
 *     probabilities at each place of the answer, 0 to 20; 0 asks for none
 * @param schema a JSON Schema that the answer must follow, as JSON, for servers that can hold a
 *     model to it; the others pass over it
 * @param template values for the server's chat template, by name; only some servers of the OpenAI
 *     protocol have these
 */
public record Question(
        String model,
        List<Message> messages,
        int tokensMax,
        int alternatives,
        Optional<String> schema,
        Map<String, String> template) {

    public Question {
        Objects.requireNonNull(model);
        messages = List.copyOf(messages);
        Objects.requireNonNull(schema);
        template = Map.copyOf(template);
        if (tokensMax < 1 || alternatives < 0 || alternatives > 20) {
            throw new IllegalArgumentException(
                    "at most `%d` tokens with `%d` alternatives cannot be asked for"
                            .formatted(tokensMax, alternatives));
        }
    }
}

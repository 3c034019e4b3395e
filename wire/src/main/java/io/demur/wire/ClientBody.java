package io.demur.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Message;
import io.demur.wire.Completion.Choice;
import io.demur.wire.Completion.Token;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the protocols have in common where Demur is the client. */
public final class ClientBody {

    private static final JsonMapper MAPPER =
            new JsonMapper(JsonFactory.builder().recyclerPool(Json.BUFFERS).build());

    /** Rounding may put the logarithm of a probability a little above 0. */
    private static final double ROUNDING = 1e-3;

    private ClientBody() {}

    /** An empty object to fill; its fields are written in the order in which they are set. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The messages, with the roles that all chat protocols know. */
    public static ArrayNode messages(List<Message> messages) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Message message : messages) {
            list.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", WellFormed.of(message.text()));
        }
        return list;
    }

    /** Reads JSON that the program itself has written. */
    public static JsonNode own(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("our own JSON cannot be read", e);
        }
    }

    /**
     * The arguments of a tool as an object. A model's text that is none stands in the object whole,
     * under {@code arguments}, so that it is not lost.
     */
    public static ObjectNode objectOf(String arguments) {
        if (arguments.isBlank()) {
            return object();
        }
        try {
            byte[] bytes = WellFormed.of(arguments).getBytes(StandardCharsets.UTF_8);
            if (Json.strict(bytes) instanceof ObjectNode read) {
                return read;
            }
        } catch (MalformedJson e) {
            return object().put("arguments", arguments);
        }
        return object().put("arguments", arguments);
    }

    /** The bytes of a body, in UTF-8. */
    public static byte[] bytes(ObjectNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("our own JSON cannot be written", e);
        }
    }

    /**
     * Reads the tokens of an answer with their probabilities: a list of {@code {token, logprob,
     * top_logprobs}}, as OpenAI writes it and Ollama after it.
     *
     * @return empty where the list is missing or says what cannot be: the answer counts without it
     */
    public static List<Token> tokens(JsonNode list) {
        List<Token> tokens = new ArrayList<>();
        for (JsonNode entry : list) {
            Set<Choice> choices = new LinkedHashSet<>();
            if (!add(entry, choices)) {
                return List.of();
            }
            for (JsonNode other : entry.path("top_logprobs")) {
                if (!other.path("token").equals(entry.path("token")) && !add(other, choices)) {
                    return List.of();
                }
            }
            tokens.add(new Token(entry.path("token").asText(), List.copyOf(choices)));
        }
        return tokens;
    }

    /**
     * Reads what an answer took.
     *
     * @param counts holds both numbers
     * @return empty where the server did not count, or counted what cannot be
     */
    public static Optional<Completion.Used> used(JsonNode counts, String input, String output) {
        long asked = counts.path(input).asLong(-1);
        long answered = counts.path(output).asLong(-1);
        return asked < 0 || answered < 0
                ? Optional.empty()
                : Optional.of(new Completion.Used(asked, answered));
    }

    private static boolean add(JsonNode entry, Set<Choice> choices) {
        double log = entry.path("logprob").asDouble(Double.NaN);
        if (!entry.path("token").isTextual() || !(log <= ROUNDING)) {
            return false;
        }
        choices.add(new Choice(entry.path("token").asText(), Math.min(1, Math.exp(log))));
        return true;
    }
}

package io.demur.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.demur.core.Message;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Calls that Demur makes itself, to see how a model answers. */
public final class OwnCall {

    private OwnCall() {}

    /**
     * A call that is answered in one piece.
     *
     * @param protocol of the server that takes it
     * @param temperature nothing where it is left to the server
     * @param seed nothing where none is sent
     * @param tokensMax how long the answer may be
     * @param laterName whether the server of OpenAI's protocol knows that by its newer name alone
     */
    public static Call of(
            Protocol protocol,
            String model,
            List<Message> messages,
            OptionalDouble temperature,
            OptionalLong seed,
            long tokensMax,
            boolean laterName) {
        Sampling sampling =
                new Sampling(
                        Optional.of(tokensMax),
                        temperature.isPresent()
                                ? Optional.of(temperature.getAsDouble())
                                : Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        seed.isPresent() ? Optional.of(seed.getAsLong()) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        Fields rest =
                laterName
                        ? Fields.of(
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("max_completion_tokens", tokensMax))
                        : Fields.NONE;
        return new Call(
                protocol,
                model,
                messages.stream().map(it -> Speech.of(it.role(), it.text())).toList(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Format.Free(),
                sampling,
                false,
                rest);
    }

    /** What a provider says of the version of its model in an answer that came at once. */
    public static Optional<String> fingerprint(byte[] body) {
        try {
            return fingerprint(Json.read(body));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** The same of a body that has been read, or of a piece of one. */
    public static Optional<String> fingerprint(JsonNode body) {
        JsonNode mark = body.path("system_fingerprint");
        return mark.isTextual() && !mark.asText().isBlank()
                ? Optional.of(mark.asText())
                : Optional.empty();
    }
}

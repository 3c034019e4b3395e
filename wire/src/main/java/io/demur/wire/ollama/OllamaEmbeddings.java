package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Protocol;
import io.demur.wire.openai.Embeddings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ollama's {@code /api/embed}, and the older {@code /api/embeddings} with its one prompt. */
public final class OllamaEmbeddings {

    private OllamaEmbeddings() {}

    /** Reads a call of {@code /api/embed}. */
    public static Embed read(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        JsonNode input = body.look("input");
        if (input.isMissingNode()) {
            throw body.wrong("input", input, "text or a list of texts");
        }
        return new Embed(
                Protocol.OLLAMA_CHAT,
                model,
                body.texts("input", Most.INPUTS),
                input.isTextual(),
                body.whole("dimensions"),
                body.callRest());
    }

    /** Reads a call of {@code /api/embeddings}. */
    public static Embed readPrompt(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        return new Embed(
                Protocol.OLLAMA_GENERATE,
                model,
                List.of(body.neededText("prompt")),
                true,
                Optional.empty(),
                body.callRest());
    }

    /** Reads what a server's {@code /api/embed} gave; empty where it is no list of embeddings. */
    public static Optional<Embedded> embedded(byte[] bytes) {
        JsonNode body;
        try {
            body = Json.read(bytes);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode list : body.path("embeddings")) {
            Optional<float[]> vector = Embeddings.vector(list);
            if (vector.isEmpty()) {
                return Optional.empty();
            }
            vectors.add(vector.get());
        }
        return vectors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Embedded(
                                body.path("model").asText(""),
                                vectors,
                                body.path("prompt_eval_count").asLong(0)));
    }

    /** The body for a caller, in the shape of the operation that it called. */
    public static byte[] reply(Embed embed, Embedded embedded, String model) {
        ObjectNode body = ClientBody.object();
        if (embed.protocol() == Protocol.OLLAMA_GENERATE) {
            fill(body.putArray("embedding"), embedded.vectors().getFirst());
            return ClientBody.bytes(body);
        }
        body.put("model", model);
        ArrayNode list = body.putArray("embeddings");
        embedded.vectors().forEach(vector -> fill(list.addArray(), vector));
        body.put("total_duration", 0).put("load_duration", 0);
        body.put("prompt_eval_count", embedded.input());
        return ClientBody.bytes(body);
    }

    private static void fill(ArrayNode list, float[] vector) {
        for (float number : vector) {
            list.add(number);
        }
    }
}

package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Operation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Ollama says of its models: {@code /api/tags}, {@code /api/show}, {@code /api/ps}, {@code
 * /api/version}; and the operations that change them. Of a model nothing is shown that its makers
 * or owners wrote into it: neither template nor standing instructions.
 */
public final class Catalogue {

    private Catalogue() {}

    /** Reads the body of an operation, which names its model in one of three ways. */
    public static Operation read(Operation.Kind kind, byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        Optional<String> model = body.text("model");
        Optional<String> name = body.text("name");
        if (kind == Operation.Kind.COPY) {
            return new Operation(kind, body.neededText("source"), body.rest());
        }
        Optional<String> named = model.filter(m -> !m.isEmpty()).or(() -> name);
        return new Operation(
                kind,
                named.orElseThrow(() -> body.wrong("model", body.look("model"), "text")),
                body.rest());
    }

    /** The models that a caller may ask. */
    public static byte[] tags(List<LocalModel> models) {
        ObjectNode body = ClientBody.object();
        ArrayNode list = body.putArray("models");
        for (LocalModel model : models) {
            entry(model, list.addObject()).put("modified_at", model.changed().toString());
        }
        return ClientBody.bytes(body);
    }

    /** The models that are loaded. */
    public static byte[] loaded(List<LocalModel> models, Instant until) {
        ObjectNode body = ClientBody.object();
        ArrayNode list = body.putArray("models");
        for (LocalModel model : models) {
            entry(model, list.addObject())
                    .put("expires_at", until.toString())
                    .put("size_vram", model.bytes());
        }
        return ClientBody.bytes(body);
    }

    private static ObjectNode entry(LocalModel model, ObjectNode node) {
        node.put("name", model.name()).put("model", model.name());
        node.put("size", model.bytes()).put("digest", model.digest());
        details(model, node);
        return node;
    }

    private static void details(LocalModel model, ObjectNode node) {
        ObjectNode details = node.putObject("details");
        details.put("parent_model", "").put("format", "gguf").put("family", model.family());
        ArrayNode families = details.putArray("families");
        if (!model.family().isEmpty()) {
            families.add(model.family());
        }
        details.put("parameter_size", model.parameters());
        details.put("quantization_level", model.quantization());
    }

    /** What a model is. */
    public static byte[] show(LocalModel model) {
        ObjectNode body = ClientBody.object();
        details(model, body);
        body.putObject("model_info");
        ArrayNode abilities = body.putArray("capabilities");
        model.abilities().forEach(abilities::add);
        body.put("modified_at", model.changed().toString());
        return ClientBody.bytes(body);
    }

    /** The version that Demur answers as. */
    public static byte[] version(String version) {
        return ClientBody.bytes(ClientBody.object().put("version", version));
    }

    /** Reads a server's {@code /api/tags} or {@code /api/ps}; none where it is no such list. */
    public static List<LocalModel> models(byte[] bytes) {
        List<LocalModel> models = new ArrayList<>();
        try {
            for (JsonNode model : Json.read(bytes).path("models")) {
                if (model.path("name").isTextual()) {
                    models.add(model(model.path("name").asText(), model));
                }
            }
        } catch (MalformedJson e) {
            return List.of();
        }
        return List.copyOf(models);
    }

    private static LocalModel model(String name, JsonNode node) {
        JsonNode details = node.path("details");
        List<String> abilities = new ArrayList<>();
        for (JsonNode ability : node.path("capabilities")) {
            abilities.add(ability.asText());
        }
        return new LocalModel(
                name,
                instant(node.path("modified_at").asText("")),
                node.path("size").asLong(0),
                node.path("digest").asText(""),
                details.path("family").asText(""),
                details.path("parameter_size").asText(""),
                details.path("quantization_level").asText(""),
                abilities);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}

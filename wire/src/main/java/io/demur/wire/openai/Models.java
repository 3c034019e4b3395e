package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's {@code /v1/models}, for callers and of servers. */
public final class Models {

    private Models() {}

    /** The list of the models that a caller may ask, as OpenAI writes it. */
    public static byte[] list(List<String> models, Instant since) {
        ObjectNode body = ClientBody.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        models.forEach(model -> data.add(entry(model, since)));
        return ClientBody.bytes(body);
    }

    /** One model, as OpenAI writes it. */
    public static byte[] one(String model, Instant since) {
        return ClientBody.bytes(entry(model, since));
    }

    /** The names in a server's list; none where it is no such list. */
    public static List<String> names(byte[] bytes) {
        List<String> names = new ArrayList<>();
        try {
            for (JsonNode model : Json.read(bytes).path("data")) {
                if (model.path("id").isTextual()) {
                    names.add(model.path("id").asText());
                }
            }
        } catch (MalformedJson e) {
            return List.of();
        }
        return List.copyOf(names);
    }

    private static ObjectNode entry(String model, Instant since) {
        return ClientBody.object()
                .put("id", model)
                .put("object", "model")
                .put("created", since.getEpochSecond())
                .put("owned_by", "demur");
    }
}

package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link io.demur.files.output.Json} writes: an object as a tree of {@link Map}, {@link
 * List}, {@link String}, {@link Number}, {@link Boolean} and null.
 */
public final class JsonLine {

    private JsonLine() {}

    /**
     * The object of a line.
     *
     * @throws IllegalArgumentException where it is none; the message says why
     */
    public static Map<String, @Nullable Object> read(byte[] line) {
        JsonNode node;
        try {
            node = Json.read(line);
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("the line is no JSON: " + e.getMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("the line is no JSON object");
        }
        return object(node);
    }

    private static Map<String, @Nullable Object> object(JsonNode node) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            fields.put(field.getKey(), value(field.getValue()));
        }
        return fields;
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> list(node);
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    private static List<@Nullable Object> list(JsonNode node) {
        List<@Nullable Object> list = new ArrayList<>(node.size());
        node.forEach(each -> list.add(value(each)));
        return list;
    }
}

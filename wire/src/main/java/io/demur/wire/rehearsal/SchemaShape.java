package io.demur.wire.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.rehearsal.Shape;
import io.demur.wire.chat.Fields;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shape of JSON that follows a schema: the simplest one, with every member that is named. */
final class SchemaShape {

    private static final int DEPTH_MAX = 12;

    /** A schema that refers to itself in several places would otherwise have no end. */
    private static final int PARTS_MAX = 2_000;

    private final JsonNode root;
    private int parts;

    private SchemaShape(JsonNode root) {
        this.root = root;
    }

    static Shape of(Fields schema) {
        JsonNode root = schema.copy();
        return new SchemaShape(root).shape(root, 0);
    }

    private Shape shape(JsonNode schema, int depth) {
        parts++;
        if (depth > DEPTH_MAX || parts > PARTS_MAX) {
            return new Shape.Given("null");
        }
        if (schema.path("$ref").isTextual()) {
            return shape(referred(schema.path("$ref").asText()), depth + 1);
        }
        if (schema.has("const")) {
            return new Shape.Given(schema.get("const").toString());
        }
        if (schema.path("enum").has(0)) {
            return new Shape.Given(schema.get("enum").get(0).toString());
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.path(choice).has(0)) {
                return shape(schema.get(choice).get(0), depth + 1);
            }
        }
        return typed(schema, depth);
    }

    private Shape typed(JsonNode schema, int depth) {
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText();
        return switch (name) {
            case "string" -> new Shape.Text();
            case "integer", "number" ->
                    schema.path("minimum").isNumber()
                            ? new Shape.Given(schema.get("minimum").toString())
                            : new Shape.Figure();
            case "boolean" -> new Shape.Flag();
            case "null" -> new Shape.Given("null");
            case "array" ->
                    schema.path("items").isObject()
                            ? new Shape.Items(shape(schema.get("items"), depth + 1))
                            : new Shape.Items(new Shape.Text());
            default -> members(schema, depth);
        };
    }

    private Shape members(JsonNode schema, int depth) {
        Map<String, Shape> named = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            named.put(member.getKey(), shape(member.getValue(), depth + 1));
        }
        return new Shape.Members(named);
    }

    /** A definition within the same schema; anything where there is none. */
    private JsonNode referred(String reference) {
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path("");
    }
}

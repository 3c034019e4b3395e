package io.demur.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fields of a JSON object, kept as they came: those that a reader does not know, a schema, a part
 * of a sort that has no meaning here. Never changes; whoever hands over a node gives it up.
 */
public final class Fields {

    public static final Fields NONE = new Fields(JsonNodeFactory.instance.objectNode());

    /** Where files and sounds stand, which are no text. */
    private static final Set<String> BINARY = Set.of("data", "file_data", "b64_json", "bytes");

    /** Shorter ones are read as text wherever they stand. */
    private static final int BINARY_LENGTH_MIN = 256;

    /** Names of what a provider keeps, or fetches, and nobody here can read. */
    private static final Set<String> REFERENCES =
            Set.of(
                    "previous_response_id",
                    "conversation",
                    "file_id",
                    "file_ids",
                    "file_url",
                    "vector_store_ids",
                    "thread_id",
                    "assistant_id",
                    "container",
                    "mcp_servers",
                    "server_url",
                    "prompt_token_ids",
                    "prompt_embeds",
                    "context");

    private final ObjectNode node;

    private Fields(ObjectNode node) {
        this.node = node;
    }

    public static Fields of(ObjectNode node) {
        return node.isEmpty() ? NONE : new Fields(node);
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** The value of a field; a missing node where there is none. It must not be changed. */
    public JsonNode get(String name) {
        return node.path(name);
    }

    /** All of them as an object that may be changed. */
    public ObjectNode copy() {
        return node.deepCopy();
    }

    /** Puts them into an object behind what it has; what it has stays. */
    public void into(ObjectNode target) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!target.has(field.getKey())) {
                target.set(field.getKey(), field.getValue());
            }
        }
    }

    /** The fields without some. */
    public Fields without(List<String> names) {
        return Fields.of(node.deepCopy().without(names));
    }

    /** Gives each name and each string, at any depth; long stretches of base64 apart. */
    public void strings(Consumer<String> each) {
        strings(node, each);
    }

    static void strings(JsonNode value, Consumer<String> each) {
        if (value.isTextual()) {
            each.accept(value.asText());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            each.accept(field.getKey());
            boolean binary =
                    BINARY.contains(field.getKey())
                            && field.getValue().isTextual()
                            && isBinary(field.getValue().asText());
            if (!binary) {
                strings(field.getValue(), each);
            }
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                strings(element, each);
            }
        }
    }

    /** Gives the path of each field that refers to what cannot be read here. */
    public void references(String path, Consumer<String> each) {
        references(node, path, each);
    }

    private static void references(JsonNode value, String path, Consumer<String> each) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (REFERENCES.contains(field.getKey()) && refers(field)) {
                each.accept(at);
            } else if (!field.getKey().equals("metadata")) {
                references(field.getValue(), at, each);
            }
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                references(value.get(i), path + "[" + i + "]", each);
            }
        }
    }

    /** A context is a list of tokens where it refers, and any other word elsewhere. */
    private static boolean refers(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        if (field.getKey().equals("context")) {
            return value.isArray() && value.path(0).isNumber();
        }
        return value.isContainerNode() ? !value.isEmpty() : !value.isNull();
    }

    /** Whether it is what no reader takes for text: base64, and a stretch of it. */
    static boolean isBinary(String text) {
        int start = text.startsWith("data:") ? text.indexOf(',') + 1 : 0;
        if (text.length() - start < BINARY_LENGTH_MIN || start > 100) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean base64 =
                    (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || "+/=-_".indexOf(c) >= 0;
            if (!base64) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields fields && fields.node.equals(node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** The names alone: values are what callers wrote, and belong in no log. */
    @Override
    public String toString() {
        return node.properties().stream().map(Map.Entry::getKey).toList().toString();
    }
}

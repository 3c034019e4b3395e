package io.demur.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One form for bodies that ask the same: by it a request is known when it comes again. */
public final class SortedJson {

    /** How an answer is to come, which changes nothing of what is asked. */
    private static final Set<String> DELIVERY = Set.of("stream", "stream_options", "keep_alive");

    private SortedJson() {}

    /**
     * The body of a call with the names of each object in order, without spaces, and without what
     * says how the answer is to come.
     *
     * @throws MalformedJson for what no call can be
     */
    public static byte[] of(byte[] call) throws MalformedJson {
        JsonNode sorted = sorted(Json.strict(call));
        if (sorted instanceof ObjectNode object) {
            object.remove(DELIVERY);
        }
        return sorted.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode sorted(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                Map<String, JsonNode> fields = new TreeMap<>();
                object.properties().forEach(it -> fields.put(it.getKey(), sorted(it.getValue())));
                return new ObjectNode(JsonNodeFactory.instance, fields);
            }
            case ArrayNode array -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(each -> all.add(sorted(each)));
                return all;
            }
            default -> {
                return node;
            }
        }
    }
}

package io.demur.files.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JSON object as a block of keys, so that one reader serves documents and records. Everything in
 * it stands where the record does.
 */
public final class JsonBlock {

    private JsonBlock() {}

    /**
     * The object as a block.
     *
     * @param problems gets what is wrong with it, as it is asked
     */
    public static YamlMap of(ObjectNode object, Where where, List<Problem> problems) {
        return new YamlMap("", mapping(object, where), problems);
    }

    private static YamlNode.Mapping mapping(JsonNode object, Where where) {
        List<YamlNode.Pair> pairs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            YamlNode.Scalar key = new YamlNode.Scalar(field.getKey(), false, where);
            pairs.add(new YamlNode.Pair(key, node(field.getValue(), where)));
        }
        return new YamlNode.Mapping(pairs, where);
    }

    private static YamlNode node(JsonNode node, Where where) {
        if (node.isObject()) {
            return mapping(node, where);
        }
        if (node.isArray()) {
            List<YamlNode> items = new ArrayList<>();
            node.forEach(item -> items.add(node(item, where)));
            return new YamlNode.Sequence(items, where);
        }
        return node.isNull()
                ? new YamlNode.Scalar("", true, where)
                : new YamlNode.Scalar(node.asText(), !node.isTextual(), where);
    }
}

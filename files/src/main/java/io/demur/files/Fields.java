package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Fields of a JSON record by the names that users give. */
final class Fields {

    private Fields() {}

    /** The field of this name or, where there is none, at this path of names and indexes. */
    static JsonNode at(JsonNode record, String path) {
        JsonNode whole = record.path(path);
        if (!whole.isMissingNode() || path.indexOf('.') < 0) {
            return whole;
        }
        JsonNode node = record;
        for (String name : path.split("\\.", -1)) {
            boolean index = node.isArray() && name.matches("\\d{1,9}");
            node = index ? node.path(Integer.parseInt(name)) : node.path(name);
        }
        return node;
    }

    /** The record's fields, and with their paths those of the objects in it. */
    static Set<String> names(JsonNode record) {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            names.add(field.getKey());
        }
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            for (Map.Entry<String, JsonNode> inner : field.getValue().properties()) {
                names.add(field.getKey() + "." + inner.getKey());
            }
        }
        return names;
    }
}

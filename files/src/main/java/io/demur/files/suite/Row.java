package io.demur.files.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Where;

/**
 * One record of a table.
 *
 * @param where its line
 * @param number counted from 1, without the header
 */
record Row(Where where, int number, ObjectNode fields) {

    /** The text of a column; a number as it stands; empty where there is neither. */
    String text(String column) {
        JsonNode value = fields.path(column);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    /** The first text of a list, or the text that stands in its place. */
    String first(String column) {
        JsonNode value = fields.path(column);
        return value.isArray() ? value.path(0).asText("") : text(column);
    }
}

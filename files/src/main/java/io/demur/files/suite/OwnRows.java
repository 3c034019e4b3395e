package io.demur.files.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Problem;
import io.demur.files.Nearest;
import io.demur.files.yaml.JsonBlock;
import io.demur.files.yaml.YamlMap;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads cases of our own form that stand in a table. */
final class OwnRows {

    private static final String TAG = "tags.";

    /** Fields whose cells hold JSON. */
    private static final Set<String> NESTED = Set.of("messages", "pushes", "tags");

    private final List<Problem> problems;
    private final CaseReader cases;
    private final Set<String> unknown = new HashSet<>();

    /**
     * @param section of rows that name none
     */
    OwnRows(String section, List<Problem> problems) {
        this.problems = problems;
        this.cases = new CaseReader(section, Map.of(), problems);
    }

    void read(Table table, Gathering gathering) {
        for (Row row : table.rows()) {
            cases.read(JsonBlock.of(known(row), row.where(), problems))
                    .ifPresent(it -> gathering.add(it, row.where()));
        }
    }

    /** What a row says that has a meaning; of each field that has none it is said once. */
    private ObjectNode known(Row row) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : row.fields().properties()) {
            String name = field.getKey();
            JsonNode value = value(name, field.getValue());
            if (name.startsWith(TAG) && name.length() > TAG.length()) {
                if (!value.isMissingNode()) {
                    known.withObject("tags").set(name.substring(TAG.length()), value);
                }
            } else if (!CaseReader.FIELDS.contains(name)) {
                if (unknown.add(name)) {
                    problems.add(
                            Problem.at(
                                            row.where(),
                                            YamlMap.UNKNOWN_KEY,
                                            "`%s` is not known here".formatted(name))
                                    .withFix(
                                            "known are "
                                                    + Nearest.list(
                                                            Nearest.first(
                                                                    name,
                                                                    CaseReader.FIELDS.stream()
                                                                            .sorted()
                                                                            .toList()))));
                }
            } else if (!value.isMissingNode()) {
                known.set(name, value);
            }
        }
        return known;
    }

    /** A cell says by its column what it is; an empty one is none. */
    private static JsonNode value(String name, JsonNode given) {
        if (given.isNull() || (given.isTextual() && given.asText().isBlank())) {
            return JsonNodeFactory.instance.missingNode();
        }
        if (given.isTextual() && NESTED.contains(name)) {
            try {
                return Json.read(given.asText().getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJson e) {
                return given; // which is then told what it should be
            }
        }
        if (name.equals("level")) {
            return given.isTextual() && given.asText().strip().matches("[0-9]{1,9}")
                    ? JsonNodeFactory.instance.numberNode(Integer.parseInt(given.asText().strip()))
                    : given;
        }
        return given.isNumber() ? JsonNodeFactory.instance.textNode(given.asText()) : given;
    }
}

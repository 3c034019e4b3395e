package io.demur.files.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.demur.core.Degree;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads corpora: one JSON object to a line. Safe for use by several threads. */
public final class CorpusReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CorpusReader() {}

    /**
     * Reads a file, in its order.
     *
     * @throws IOException if it cannot be read, or if a line is no row; the message says which
     */
    public static List<CorpusRow> read(Path file) throws IOException {
        List<CorpusRow> rows = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    rows.add(row(JSON.readTree(line)));
                } catch (JsonProcessingException | IllegalArgumentException e) {
                    throw new IOException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
                }
            }
        }
        return rows;
    }

    private static CorpusRow row(JsonNode node) {
        List<Message> turns = new ArrayList<>();
        for (JsonNode turn : node.path("turns")) {
            turns.add(new Message(role(text(turn, "role")), text(turn, "content")));
        }
        JsonNode label = node.path("orig_label");
        return new CorpusRow(
                text(node, "id"),
                text(node, "source"),
                text(node, "split"),
                request(turns, text(node, "prompt")),
                node.path("response").isTextual()
                        ? Optional.of(text(node, "response"))
                        : Optional.empty(),
                turns,
                switch (text(node, "prompt_label")) {
                    case "harmful" -> Optional.of(true);
                    case "benign" -> Optional.of(false);
                    default -> Optional.empty();
                },
                text(node, "category"),
                degree(text(node, "response_label")),
                node.path("response_harmful").isBoolean()
                        ? Optional.of(node.path("response_harmful").asBoolean())
                        : Optional.empty(),
                text(node, "annotator"),
                text(node, "model"),
                label.isTextual() ? label.asText() : "",
                details(label),
                text(node, "lang"));
    }

    /** A dialogue ends with the labelled answer; a row without one has the prompt alone. */
    private static Request request(List<Message> turns, String prompt) {
        int last = turns.size() - 1;
        if (last > 0 && turns.get(last).role() == Role.ASSISTANT) {
            return new Request(turns.subList(0, last));
        }
        return Request.of(prompt);
    }

    private static Optional<Degree> degree(String label) {
        return switch (label) {
            case "compliance" -> Optional.of(Degree.COMPLIANCE);
            case "partial_refusal" -> Optional.of(Degree.PARTIAL);
            case "full_refusal" -> Optional.of(Degree.FULL);
            default -> Optional.empty();
        };
    }

    private static Role role(String name) {
        return switch (name) {
            case "system" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw new IllegalArgumentException("role `%s` is not known".formatted(name));
        };
    }

    private static Map<String, String> details(JsonNode label) {
        Map<String, String> details = new HashMap<>();
        label.properties().forEach(field -> flatten(field.getKey(), field.getValue(), details));
        return details;
    }

    private static void flatten(String name, JsonNode value, Map<String, String> into) {
        if (value.isObject()) {
            value.properties().forEach(f -> flatten(name + "." + f.getKey(), f.getValue(), into));
        } else if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(item.asText()));
            into.put(name, String.join(" ", items));
        } else if (!value.isNull()) {
            into.put(name, value.asText());
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() ? value.asText() : "";
    }
}

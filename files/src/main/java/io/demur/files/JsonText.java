package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.Draft.Setting;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * JSON lines, a JSON document or several, or an array of records. What each record says is the
 * matter of its {@link JsonShape}.
 */
final class JsonText implements TranscriptFormat {

    /** How many records of the head are looked at. */
    private static final int LOOKED_AT_MAX = 100;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public boolean recognises(Head head, ReadOptions options) {
        int first = head.firstByte();
        return first == '{' || first == '[' || mostlyObjects(head.lines());
    }

    @Override
    public Opened open(Source source) {
        ReadOptions options = source.options();
        Head head = source.head();
        Setting setting = new Setting(source.name(), source.stem(), Optional.empty(), options);
        Optional<JsonShape> demanded = options.format().flatMap(Formats::shape);
        JsonDecoder decoder = new JsonDecoder(setting, demanded);
        boolean lines = isLines(head);
        List<JsonNode> first = firstRecords(head, lines, options.cap());
        Optional<Problem> missing = missingColumn(source.name(), options, first);
        if (missing.isPresent()) {
            return Opened.failed(name(), missing.get());
        }
        Entries entries =
                lines
                        ? new LineCutter(source.name(), source.window(), options.cap(), decoder)
                        : new DocumentCutter(
                                source.name(), source.window(), options.cap(), decoder);
        return new Opened(what(decoder, first), entries);
    }

    /**
     * Whether records are lines. A line that is damaged must not turn all others into parts of one
     * document, so it is the majority that decides.
     */
    static boolean isLines(Head head) {
        List<String> lines = head.lines();
        if (mostlyObjects(lines)) {
            return true;
        }
        if (head.firstByte() == '[') {
            return false;
        }
        long begin =
                lines.stream().filter(l -> l.startsWith("{") && l.strip().length() > 1).count();
        return lines.isEmpty() || begin * 2 > lines.size();
    }

    private static boolean mostlyObjects(List<String> lines) {
        long whole =
                lines.stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("{") && line.endsWith("}"))
                        .count();
        return whole > 0 && whole * 2 >= lines.size();
    }

    /** The records at the beginning that can be read as JSON objects. */
    private static List<JsonNode> firstRecords(Head head, boolean lines, RecordCap cap) {
        ByteWindow window = new ByteWindow(new ByteArrayInputStream(head.bytes()));
        Entry.Decoder none =
                (where, bytes) -> new Decoded.Unreadable(ProblemCode.JSON_INVALID.at(where, ""));
        Entries entries =
                lines
                        ? new LineCutter("", window, cap, none)
                        : new DocumentCutter("", window, cap, none);
        List<JsonNode> records = new ArrayList<>();
        try {
            for (int i = 0; i < LOOKED_AT_MAX; i++) {
                Optional<Entry> entry = entries.next();
                if (entry.isEmpty()) {
                    break;
                }
                JsonNode record = parsed(entry.get().record());
                if (record.isObject()) {
                    records.add(record);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading bytes in memory failed", e);
        }
        return records;
    }

    private static JsonNode parsed(byte[] record) {
        try {
            return Json.read(record);
        } catch (MalformedJson e) {
            // Cut off at the end of the head, or damaged: the reader proper will say so.
            return MissingNode.getInstance();
        }
    }

    private static Optional<Problem> missingColumn(
            String file, ReadOptions options, List<JsonNode> records) {
        if (records.isEmpty()) {
            return Optional.empty();
        }
        for (String column : options.namedColumns()) {
            boolean there = records.stream().anyMatch(r -> !Fields.at(r, column).isMissingNode());
            if (!there) {
                Set<String> names = new LinkedHashSet<>();
                records.forEach(record -> names.addAll(Fields.names(record)));
                return Optional.of(
                        ProblemCode.COLUMN_MISSING.at(
                                Where.file(file),
                                "there is no field `%s`; the fields are %s"
                                        .formatted(
                                                column,
                                                Nearest.list(Nearest.first(column, names)))));
            }
        }
        return Optional.empty();
    }

    /** The one shape of the first records, or `json` where there are several. */
    private String what(JsonDecoder decoder, List<JsonNode> records) {
        List<String> shapes =
                records.stream()
                        .map(decoder::shape)
                        .flatMap(Optional::stream)
                        .map(JsonShape::name)
                        .distinct()
                        .toList();
        return shapes.size() == 1 ? shapes.getFirst() : name();
    }
}

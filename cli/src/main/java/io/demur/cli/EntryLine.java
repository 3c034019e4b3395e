package io.demur.cli;

import io.demur.log.note.Malformed;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry as people and programs are shown it.
 *
 * @param at nothing where the bytes are no entry
 * @param fields its fields as words, but for type, version and time
 * @param json its bytes as text; nothing where they are not canonical
 * @param problem why the bytes are no entry
 */
record EntryLine(
        long index,
        Optional<Instant> at,
        String type,
        Map<String, String> fields,
        Optional<String> json,
        Optional<String> problem) {

    /** What a line of the table shows, where an entry has it. */
    private static final List<String> SHOWN =
            List.of(
                    "id",
                    "attempt",
                    "refused",
                    "result",
                    "decision",
                    "origin",
                    "hazard",
                    "reason",
                    "principal",
                    "project",
                    "purpose",
                    "model",
                    "model_class",
                    "what",
                    "action",
                    "state",
                    "stage",
                    "direction",
                    "method",
                    "part",
                    "reader",
                    "reviewer",
                    "by",
                    "subject",
                    "name",
                    "expected",
                    "found",
                    "passed",
                    "program",
                    "version",
                    "request",
                    "reply");

    static EntryLine of(long index, byte[] bytes) {
        Map<String, String> fields = new LinkedHashMap<>();
        Optional<String> json = Optional.empty();
        try {
            if (Canonical.read(bytes) instanceof Json.Obj object) {
                json = Optional.of(new String(bytes, StandardCharsets.UTF_8));
                object.fields().forEach((name, value) -> fields.put(name, word(value)));
            }
            Entry entry = EntryCodec.read(bytes);
            fields.keySet().removeAll(List.of("t", "v", "at"));
            return new EntryLine(
                    index,
                    Optional.of(entry.at()),
                    EntryCodec.type(entry),
                    fields,
                    json,
                    Optional.empty());
        } catch (NotCanonical | Malformed e) {
            return new EntryLine(
                    index,
                    Optional.empty(),
                    "?",
                    fields,
                    json,
                    Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Whether it is about that attempt, in whatever field. */
    boolean isAbout(String attempt) {
        return attempt.equals(fields.get("id"))
                || attempt.equals(fields.get("attempt"))
                || attempt.equals(fields.get("refused"));
    }

    /** A line of a table, fit for a terminal. */
    String row() {
        List<String> words = new ArrayList<>();
        problem.ifPresent(it -> words.add("no entry: " + it));
        for (String name : SHOWN) {
            if (fields.containsKey(name)) {
                words.add(name + "=" + fields.get(name));
            }
        }
        return Terminal.plain(
                "%8d  %-27s %-12s %s"
                        .formatted(
                                index,
                                at.map(Instant::toString).orElse("-"),
                                type,
                                String.join(" ", words)));
    }

    /** The same as a JSON object of one line, which steers no terminal either. */
    String jsonRow() {
        String head = "{\"index\":" + index;
        if (json.isPresent() && problem.isEmpty()) {
            return head + ",\"entry\":" + ascii(json.get()) + "}";
        }
        String why = Canonical.text(new Json.Str(problem.orElse("")));
        return head + ",\"problem\":" + ascii(why) + "}";
    }

    /** Other characters than ASCII only ever stand in strings, and can be escaped there. */
    private static String ascii(String json) {
        StringBuilder out = new StringBuilder(json.length());
        json.chars()
                .forEach(
                        c -> {
                            if (c < 127) {
                                out.append((char) c);
                            } else {
                                out.append("\\u%04x".formatted(c));
                            }
                        });
        return out.toString();
    }

    private static String word(Json value) {
        return switch (value) {
            case Json.Str text -> text.text();
            case Json.Whole whole -> Long.toString(whole.number());
            case Json.Bool truth -> Boolean.toString(truth.value());
            case Json.Arr list ->
                    String.join("|", list.items().stream().map(EntryLine::word).toList());
            case Json.Obj object ->
                    object.fields().get("mode") instanceof Json.Str mode
                            ? mode.text()
                            : Canonical.text(object);
        };
    }
}

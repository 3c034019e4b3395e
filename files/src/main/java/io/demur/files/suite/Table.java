package io.demur.files.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.ProblemCode;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of records: CSV with a header, or JSON lines.
 *
 * @param columns of the header, or the fields of the first object
 */
record Table(List<String> columns, List<Row> rows) {

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Reads all records.
     *
     * @param problems gets what is wrong with a record, which is then left out
     */
    static Table read(String file, String text, List<Problem> problems) {
        return text.stripLeading().startsWith("{")
                ? lines(file, text, problems)
                : csv(file, text, problems);
    }

    private static Table lines(String file, String text, List<Problem> problems) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            Where where = Where.line(file, ++number);
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode record = Json.read(line.getBytes(StandardCharsets.UTF_8));
                if (record instanceof ObjectNode object) {
                    rows.add(new Row(where, rows.size() + 1, object));
                } else {
                    say(
                            problems,
                            where,
                            ProblemCode.SHAPE_UNKNOWN,
                            "no object; one stands on each line");
                }
            } catch (MalformedJson e) {
                say(problems, where, ProblemCode.JSON_INVALID, String.valueOf(e.getMessage()));
            }
        }
        Set<String> columns = new LinkedHashSet<>();
        if (!rows.isEmpty()) {
            rows.getFirst().fields().properties().forEach(field -> columns.add(field.getKey()));
        }
        return new Table(List.copyOf(columns), rows);
    }

    private static Table csv(String file, String text, List<Problem> problems) {
        List<String> columns = List.of();
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .fieldSeparator(separator(text))
                        .skipEmptyLines(true)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = reader.iterator();
            if (records.hasNext()) {
                columns = records.next().getFields().stream().map(String::strip).toList();
                twice(file, columns).ifPresent(problems::add);
            }
            while (records.hasNext()) {
                CsvRecord record = records.next();
                Where where = Where.line(file, record.getStartingLineNumber());
                if (record.getFieldCount() == columns.size()) {
                    rows.add(new Row(where, rows.size() + 1, object(columns, record)));
                } else {
                    say(
                            problems,
                            where,
                            ProblemCode.CSV_FIELD_COUNT,
                            "%d fields where the header has %d"
                                    .formatted(record.getFieldCount(), columns.size()));
                }
            }
        } catch (CsvParseException e) {
            Where where = Where.line(file, rows.isEmpty() ? 1 : rows.getLast().where().line());
            say(
                    problems,
                    where,
                    ProblemCode.CSV_INVALID,
                    "behind this record the rules of CSV are broken: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading text in memory failed", e);
        }
        return new Table(columns, rows);
    }

    private static ObjectNode object(List<String> columns, CsvRecord record) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), record.getField(i));
        }
        return object;
    }

    private static Optional<Problem> twice(String file, List<String> columns) {
        Set<String> seen = new HashSet<>();
        return columns.stream()
                .filter(column -> !seen.add(column))
                .findFirst()
                .map(
                        column ->
                                Problem.at(
                                        Where.line(file, 1),
                                        ProblemCode.COLUMN_TWICE.code(),
                                        "the column `%s` is there twice".formatted(column)));
    }

    /** The one that divides the first line into the most parts. */
    private static char separator(String text) {
        String header = text.lines().findFirst().orElse("");
        char best = ',';
        for (char each : new char[] {';', '\t'}) {
            if (count(header, each) > count(header, best)) {
                best = each;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static void say(List<Problem> problems, Where where, ProblemCode code, String message) {
        problems.add(Problem.at(where, code.code(), message));
    }
}

package io.demur.files.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CSV (RFC 4180) with a header line. A list of words is joined by {@code |}; an object, and a list
 * of objects, is JSON in its cell; null is an empty cell. The first row decides the columns.
 */
public final class CsvRows implements RowWriter {

    private final CsvWriter csv;
    private @Nullable List<String> header;

    /** Writes to a stream, which stays open. */
    public CsvRows(OutputStream out) {
        this.csv =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    @Override
    public void write(Map<String, ?> row) throws IOException {
        if (header == null) {
            header = List.copyOf(row.keySet());
            csv.writeRecord(header);
        }
        List<String> cells = new ArrayList<>(header.size());
        for (String column : header) {
            cells.add(cell(row.get(column)));
        }
        csv.writeRecord(cells);
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case List<?> list when list.stream().allMatch(String.class::isInstance) ->
                    String.join("|", list.stream().map(String.class::cast).toList());
            case List<?> list -> Json.value(list);
            case Map<?, ?> object -> Json.value(object);
            default -> value.toString();
        };
    }
}

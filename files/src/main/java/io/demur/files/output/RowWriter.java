package io.demur.files.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes rows that all have the same columns. Not safe for use by several threads. */
public sealed interface RowWriter permits JsonLines, CsvRows {

    /**
     * Writes one row.
     *
     * @param row columns in their order; values as {@link Json} takes them
     */
    void write(Map<String, ?> row) throws IOException;

    /** Hands everything written so far to the stream, and that to whatever it writes to. */
    void flush() throws IOException;

    /**
     * A writer for a file's name: CSV where it ends in {@code .csv}, JSON lines otherwise.
     *
     * @param out stays open
     */
    static RowWriter forName(String name, OutputStream out) {
        return name.endsWith(".csv") ? new CsvRows(out) : new JsonLines(out);
    }
}

package io.demur.files.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** One JSON object a line. */
public final class JsonLines implements RowWriter {

    private final OutputStream out;

    public JsonLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(Map<String, ?> row) throws IOException {
        Json.writeLine(out, row);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}

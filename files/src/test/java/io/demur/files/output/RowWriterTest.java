package io.demur.files.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class RowWriterTest {

    @Test
    void jsonLinesKeepTypesAndOrder() throws Exception {
        assertEquals(
                """
                {"id":"a\\nb","p":0.25,"n":null,"form":["direct","premise"],"spans":[{"start":1}]}
                """,
                write("out.jsonl", row("a\nb", 0.25)));
    }

    @Test
    void csvQuotesWhatNeedsItAndPutsObjectsIntoCells() throws Exception {
        assertEquals(
                "id,p,n,form,spans\r\n"
                        + "\"a\nb, \"\"c\"\"\",0.25,,direct|premise,\"[{\"\"start\"\":1}]\"\r\n",
                write("out.csv", row("a\nb, \"c\"", 0.25)));
    }

    @Test
    void whatHasNoJsonIsAMistake() {
        assertThrows(IllegalArgumentException.class, () -> write("o.jsonl", row("a", Double.NaN)));
    }

    private static Map<String, @Nullable Object> row(String id, double p) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("p", p);
        row.put("n", null);
        row.put("form", List.of("direct", "premise"));
        row.put("spans", List.of(Map.of("start", 1)));
        return row;
    }

    private static String write(String name, Map<String, ?> row) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowWriter writer = RowWriter.forName(name, out);
        writer.write(row);
        writer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}

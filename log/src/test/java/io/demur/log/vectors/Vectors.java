package io.demur.log.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.testkit.Golden;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of vectors while it is made: inputs as bytes, and whether they are to be accepted. Each
 * is put to our own reader as well.
 */
final class Vectors {

    /** Our reader: an exception where it rejects. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    private final String file;
    private final Map<String, String> head = new LinkedHashMap<>();
    private final List<String> cases = new ArrayList<>();
    private final Reader reader;

    Vectors(String file, String about, Reader reader) {
        this.file = file;
        this.reader = reader;
        with("about", about);
    }

    /** Adds something that all cases share, such as a key. */
    Vectors with(String name, String value) {
        head.put(name, quoted(value));
        return this;
    }

    void accepts(String name, String text) {
        accepts(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void accepts(String name, byte[] bytes) {
        add(name, bytes, true, "");
    }

    void rejects(String name, String why, String text) {
        rejects(name, why, text.getBytes(StandardCharsets.UTF_8));
    }

    void rejects(String name, String why, byte[] bytes) {
        add(name, bytes, false, why);
    }

    private void add(String name, byte[] bytes, boolean good, String why) {
        String said = "accepted";
        try {
            reader.read(bytes);
        } catch (Exception e) {
            said = "rejected: " + e.getMessage();
        }
        assertEquals(good ? "accepted" : "rejected", said.substring(0, 8), name + " is " + said);
        cases.add(
                "{\"name\": %s, \"valid\": %b, \"why\": %s,\n   \"bytes\": \"%s\"}"
                        .formatted(
                                quoted(name),
                                good,
                                quoted(why),
                                Base64.getEncoder().encodeToString(bytes)));
    }

    /** Compares with the file, or writes it. */
    void check() {
        StringBuilder out = new StringBuilder("{\n");
        head.forEach(
                (name, value) ->
                        out.append(" \"").append(name).append("\": ").append(value).append(",\n"));
        out.append(" \"cases\": [\n  ").append(String.join(",\n  ", cases)).append("\n ]\n}\n");
        Golden.check("log/src/test/resources/vectors/" + file, out.toString());
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}

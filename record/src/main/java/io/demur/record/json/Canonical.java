package io.demur.record.json;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes and reads JSON as RFC 8785 (JCS) has it, in the subset that {@link Json} can say: names
 * sorted, no white space, the shortest escapes, UTF-8. Whatever is read is written again as the
 * same bytes.
 */
public final class Canonical {

    /** How deep objects and arrays may lie in each other. */
    public static final int DEPTH_MAX = 16;

    private static final HexFormat HEX = HexFormat.of();

    private Canonical() {}

    /** The bytes of a value. */
    public static byte[] bytes(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The same as text. */
    public static String text(Json value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /**
     * Reads one value.
     *
     * @throws NotCanonical where the bytes are not what {@link #bytes} writes for any value
     */
    public static Json read(byte[] bytes) throws NotCanonical {
        return new CanonicalReader(bytes).whole();
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Obj object -> {
                out.append('{');
                Iterator<Map.Entry<String, Json>> fields = object.fields().entrySet().iterator();
                while (fields.hasNext()) {
                    Map.Entry<String, Json> field = fields.next();
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    out.append(fields.hasNext() ? "," : "");
                }
                out.append('}');
            }
            case Json.Arr array -> {
                out.append('[');
                for (int i = 0; i < array.items().size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    write(array.items().get(i), out);
                }
                out.append(']');
            }
            case Json.Str text -> quote(text.text(), out);
            case Json.Whole whole -> out.append(whole.number());
            case Json.Bool truth -> out.append(truth.value());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append(escaped(c));
            }
        }
        out.append('"');
    }

    /** How a character stands in a string. */
    static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> c < ' ' ? "\\u" + HEX.toHexDigits(c) : String.valueOf(c);
        };
    }
}

package io.demur.core.rehearsal;

import java.util.Map;

/** Writes JSON of a shape. */
final class JsonText {

    private static final int DEPTH_MAX = 20;

    private JsonText() {}

    /** JSON in which each string is {@code words}. */
    static String of(Shape shape, String words) {
        StringBuilder json = new StringBuilder();
        write(json, shape, words, 0);
        return json.toString();
    }

    private static void write(StringBuilder json, Shape shape, String words, int depth) {
        switch (shape) {
            case Shape.Text text -> quote(json, words);
            case Shape.Figure figure -> json.append('1');
            case Shape.Flag flag -> json.append("true");
            case Shape.Given given -> json.append(given.json());
            case Shape.Items items -> {
                json.append('[');
                if (depth < DEPTH_MAX) {
                    write(json, items.each(), words, depth + 1);
                }
                json.append(']');
            }
            case Shape.Members members -> {
                json.append('{');
                String before = "";
                for (Map.Entry<String, Shape> member : members.named().entrySet()) {
                    if (depth < DEPTH_MAX) {
                        json.append(before);
                        quote(json, member.getKey());
                        json.append(": ");
                        write(json, member.getValue(), words, depth + 1);
                        before = ", ";
                    }
                }
                json.append('}');
            }
        }
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> {
                    if (c < ' ' || c == 0x2028 || c == 0x2029) {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}

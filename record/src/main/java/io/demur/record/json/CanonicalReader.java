package io.demur.record.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one canonical value, and refuses every other way of writing it. */
final class CanonicalReader {

    private final String text;
    private int at;
    private int depth;

    CanonicalReader(byte[] bytes) throws NotCanonical {
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(left, chars, true);
        if (result.isError()) {
            throw new NotCanonical("not UTF-8", left.position());
        }
        this.text = chars.flip().toString();
    }

    Json whole() throws NotCanonical {
        Json value = value();
        if (at < text.length()) {
            throw wrong("more than one value");
        }
        return value;
    }

    private Json value() throws NotCanonical {
        char first = peek();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Str(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> throw wrong("null, which entries do not have: a field is left out");
            case ' ', '\t', '\n', '\r' -> throw wrong("white space");
            default -> number();
        };
    }

    private Json object() throws NotCanonical {
        deeper();
        SortedMap<String, Json> fields = new TreeMap<>();
        at++;
        if (peek() != '}') {
            String before = null;
            while (true) {
                int start = at;
                String name = string();
                if (before != null && name.compareTo(before) <= 0) {
                    throw new NotCanonical(
                            name.equals(before) ? "a name for the second time" : "names not sorted",
                            bytesTo(start));
                }
                before = name;
                expect(':');
                fields.put(name, value());
                if (peek() == '}') {
                    break;
                }
                expect(',');
            }
        }
        at++;
        depth--;
        return new Json.Obj(fields);
    }

    private Json array() throws NotCanonical {
        deeper();
        List<Json> items = new ArrayList<>();
        at++;
        if (peek() != ']') {
            items.add(value());
            while (peek() != ']') {
                expect(',');
                items.add(value());
            }
        }
        at++;
        depth--;
        return new Json.Arr(items);
    }

    private String string() throws NotCanonical {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at);
            if (c == '\\') {
                c = escape();
            } else {
                if (c < ' ') {
                    throw wrong("a control character that is not escaped");
                }
                at++;
            }
            out.append(c);
        }
        at++;
        return out.toString();
    }

    /** One escape, which must be the one that the character is always written with. */
    private char escape() throws NotCanonical {
        for (char c = 0; c <= '\\'; c++) {
            String escaped = Canonical.escaped(c);
            if (escaped.length() > 1 && text.startsWith(escaped, at)) {
                at += escaped.length();
                return c;
            }
        }
        throw wrong("an escape that is not needed, or not written so");
    }

    private Json number() throws NotCanonical {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String number = text.substring(start, at);
        if (at == digits) {
            throw new NotCanonical("no value", bytesTo(start));
        }
        if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
            throw new NotCanonical("a number that is not whole", bytesTo(start));
        }
        if (text.charAt(digits) == '0' && number.length() > 1) {
            throw new NotCanonical("a number with a leading or negative zero", bytesTo(start));
        }
        if (at - digits > 16 || Math.abs(Long.parseLong(number)) > Json.WHOLE_MAX) {
            throw new NotCanonical("a number beyond 2^53 - 1", bytesTo(start));
        }
        return new Json.Whole(Long.parseLong(number));
    }

    private Json word(String word, Json value) throws NotCanonical {
        if (!text.startsWith(word, at)) {
            throw wrong("no value");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) throws NotCanonical {
        if (peek() != c) {
            throw wrong("no `%s`".formatted(c));
        }
        at++;
    }

    private char peek() throws NotCanonical {
        if (at >= text.length()) {
            throw wrong("cut off");
        }
        return text.charAt(at);
    }

    private void deeper() throws NotCanonical {
        depth++;
        if (depth > Canonical.DEPTH_MAX) {
            throw wrong("deeper than %d".formatted(Canonical.DEPTH_MAX));
        }
    }

    private NotCanonical wrong(String message) {
        return new NotCanonical(message, bytesTo(at));
    }

    private int bytesTo(int index) {
        return text.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
    }
}

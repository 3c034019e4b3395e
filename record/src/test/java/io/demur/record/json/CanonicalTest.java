package io.demur.record.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One text for each value: RFC 8785 within what entries can say. */
class CanonicalTest {

    @Test
    void readsWhatIsCanonical() throws Exception {
        for (String text :
                List.of(
                        "{}",
                        "[]",
                        "\"\"",
                        "0",
                        "-1",
                        "true",
                        "false",
                        "9007199254740991",
                        "-9007199254740991",
                        "{\"\":{\"a\":[1,\"b\",true,[]]},\"A\":0,\"a\":0,\"aa\":0}",
                        "\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f\u007f/\u2028é😀\"",
                        // sorted by code units: the emoji's first one lies below U+FB33
                        "{\"\\r\":1,\"1\":2,\"\u0080\":3,\"ö\":4,\"€\":5,\"😀\":6,\"\ufb33\":7}")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(bytes, Canonical.bytes(Canonical.read(bytes)), text);
        }
    }

    @Test
    void refusesEveryOtherWayOfWritingIt() {
        refused("", "cut off at byte 0");
        refused(" {}", "white space at byte 0");
        refused("{} ", "more than one value at byte 2");
        refused("{ }", "no `\"` at byte 1");
        refused("{\"a\": 1}", "white space at byte 5");
        refused("{\"a\":1,}", "no `\"` at byte 7");
        refused("{\"a\":1", "cut off at byte 6");
        refused("{\"é\":1,\"a\":2}", "names not sorted at byte 8");
        refused("{\"a\":1,\"a\":2}", "a name for the second time at byte 7");
        refused("[1,]", "no value at byte 3");
        refused("[1 ,2]", "no `,` at byte 2");
        refused("null", "null, which entries do not have: a field is left out at byte 0");
        refused("tru", "no value at byte 0");
        refused("01", "a number with a leading or negative zero at byte 0");
        refused("-0", "a number with a leading or negative zero at byte 0");
        refused("-", "no value at byte 0");
        refused("+1", "no value at byte 0");
        refused("1.0", "a number that is not whole at byte 0");
        refused("1e3", "a number that is not whole at byte 0");
        refused("9007199254740992", "a number beyond 2^53 - 1 at byte 0");
        refused("-9007199254740992", "a number beyond 2^53 - 1 at byte 0");
        refused("99999999999999999999999", "a number beyond 2^53 - 1 at byte 0");
        refused("\"\t\"", "a control character that is not escaped at byte 1");
        refused("\"\\/\"", "an escape that is not needed, or not written so at byte 1");
        refused("\"\\u0041\"", "an escape that is not needed, or not written so at byte 1");
        refused("\"\\u001F\"", "an escape that is not needed, or not written so at byte 1");
        refused("\"\\u0008\"", "an escape that is not needed, or not written so at byte 1");
        refused("\"\\ud83d\\ude00\"", "an escape that is not needed, or not written so at byte 1");
        refused("\"\\ud83d\"", "an escape that is not needed, or not written so at byte 1");
        refused("\"abc", "cut off at byte 4");
        refused("[".repeat(16) + "]".repeat(16) + "]", "more than one value at byte 32");
        refused("[".repeat(17), "deeper than 16 at byte 16");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        refused(new byte[] {'"', (byte) 0xC3, '"'}, "not UTF-8 at byte 1");
        refused(new byte[] {'"', 'a', (byte) 0xC0, (byte) 0x80, '"'}, "not UTF-8 at byte 2");
        // half of a surrogate pair, as some encoders write it
        refused(
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                "not UTF-8 at byte 1");
        refused(new byte[] {'"', (byte) 0xF0, (byte) 0x9F}, "not UTF-8 at byte 1");
        refused(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'}, "no value at byte 0");
    }

    @Test
    void cannotBeMadeToSayWhatCannotBeRead() {
        assertThrows(IllegalArgumentException.class, () -> new Json.Str("a\ud800b"));
        assertThrows(IllegalArgumentException.class, () -> new Json.Str("\udc00\ud800"));
        assertThrows(IllegalArgumentException.class, () -> new Json.Whole(1L << 53));
        assertEquals("\"😀\"", Canonical.text(new Json.Str("😀")));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        Property.check(
                2_000,
                gen -> {
                    Json value = value(gen, 0);
                    assertEquals(value, Canonical.read(Canonical.bytes(value)));
                });
    }

    /** Damaged bytes are refused, or are the canonical bytes of something else. */
    @Test
    void nothingIsReadThatWouldBeWrittenOtherwise() {
        Property.check(
                5_000,
                gen -> {
                    byte[] bytes = gen.damaged(Canonical.bytes(value(gen, 0)));
                    try {
                        assertArrayEquals(bytes, Canonical.bytes(Canonical.read(bytes)));
                    } catch (NotCanonical e) {
                        assertEquals(true, e.at() >= 0 && e.at() <= bytes.length);
                    }
                });
    }

    private static Json value(Gen gen, int depth) {
        return switch (gen.between(depth > 4 ? 2 : 0, 4)) {
            case 0 -> {
                SortedMap<String, Json> fields = new TreeMap<>();
                for (int i = gen.between(0, 4); i > 0; i--) {
                    fields.put(text(gen), value(gen, depth + 1));
                }
                yield new Json.Obj(fields);
            }
            case 1 -> {
                List<Json> items = new ArrayList<>();
                for (int i = gen.between(0, 4); i > 0; i--) {
                    items.add(value(gen, depth + 1));
                }
                yield new Json.Arr(items);
            }
            case 2 -> new Json.Whole(gen.between(-1, 1) * (Json.WHOLE_MAX - gen.between(0, 9)));
            case 3 -> new Json.Bool(gen.oneIn(2));
            default -> new Json.Str(text(gen));
        };
    }

    /** Without halves of pairs, which no canonical text has. */
    private static String text(Gen gen) {
        byte[] bytes = gen.text(3).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void refused(String text, String why) {
        refused(text.getBytes(StandardCharsets.UTF_8), why);
    }

    private static void refused(byte[] bytes, String why) {
        NotCanonical e = assertThrows(NotCanonical.class, () -> Canonical.read(bytes));
        assertEquals(why, e.getMessage());
    }
}

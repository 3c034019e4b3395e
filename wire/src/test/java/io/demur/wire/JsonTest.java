package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class JsonTest {

    @Test
    void whatIsWrongIsSaidInOurWords() {
        says("`/` begins a comment where JSON has none", "{/* x */}");
        says("`]` closes nothing that is open", "]");
        says(
                "a comma before `}` where a name in double quotes or no comma should stand",
                "{'a':1,}");
        says("unexpected `]` where a value should stand", "[1,]");
        says("unexpected `}` where a value should stand", "{'a':}");
        says("unexpected `a` where a name in double quotes should stand", "{a:1}");
        says("unexpected `1` where a colon should stand", "{'a' 1}");
        says("unexpected `;` where a comma or the end should stand", "{'a':1;}");
        says("unexpected `x` where a digit should stand", "[-x]");
        says("unexpected `]` where a digit should stand", "[1.]");
        says("unexpected `+` where a value should stand", "[+1]");
        says("a number begins with `0` where another digit should stand", "[01]");
        says("`\\x` is no escape of JSON", "['\\x']");
        says("unexpected `g` where a hexadecimal digit should stand", "['\\ug']");
    }

    @Test
    void whatCannotBeSeenIsNamedByItsNumber() {
        says("unexpected `U+2028` where a value should stand", "{'a':\u2028 1}");
        says("unexpected `U+00A0` where a name in double quotes should stand", "{'a':1,\u00A0}");
    }

    @Test
    void theParsersOwnWordsDoNotShow() {
        String json = "{'a':[1,-2.5e3,true,null,'\\u00e9\\n',{}],'b':{'c':'d'}}".replace('\'', '"');
        List<String> theirs =
                List.of("Unexpected", "expecting", "Feature", "Source", "Array", "Object", "token");
        Property.check(
                3000,
                gen -> {
                    String text = json;
                    for (int i = gen.between(1, 3); i > 0; i--) {
                        int at = gen.between(0, text.length());
                        int to = Math.min(text.length(), at + gen.between(0, 3));
                        String odd = gen.oneOf(List.of("", ",", "]", "}", "/", "x", "0", "\u2028"));
                        text = text.substring(0, at) + odd + text.substring(to);
                    }
                    try {
                        Json.read(text.getBytes(StandardCharsets.UTF_8));
                    } catch (MalformedJson e) {
                        for (String word : theirs) {
                            assertFalse(e.getMessage().contains(word), e.getMessage());
                        }
                    }
                });
    }

    private static void says(String expected, String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        assertEquals(
                expected, assertThrows(MalformedJson.class, () -> Json.read(bytes)).getMessage());
    }
}

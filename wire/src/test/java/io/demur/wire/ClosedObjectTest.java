package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

class ClosedObjectTest {

    private static final Set<String> FIELDS = Set.of("a", "b");

    @Test
    void fieldsAreReadInAnyOrder() throws Exception {
        ClosedObject object = ClosedObject.read(" {\"b\": [\"x\", \"y\"], \"a\": 1}\n", FIELDS);
        assertEquals("1", object.word("a", List.of("0", "1")));
        assertEquals(List.of("x", "y"), object.words("b", List.of("x", "y", "z")));
        assertThrows(MalformedBody.class, () -> object.word("a", List.of("0")));
        assertThrows(MalformedBody.class, () -> object.word("b", List.of("x")));
        assertThrows(MalformedBody.class, () -> object.words("b", List.of("x")));
        assertThrows(MalformedBody.class, () -> object.words("a", List.of("1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"a\"",
                "{}",
                "{'a':'1'}",
                "{'a':'1','b':'2','c':'3'}",
                "{'a':'1','b':'2','a':'1'}",
                "{'a':'1','b':'2'}{}",
                "{'a':'1','b':'2'} x",
                "x {'a':'1','b':'2'}",
                "{'a':'1','b':null}",
                "{'a':'1','b':true}",
                "{'a':'1','b':1.5}",
                "{'a':'1','b':{}}",
                "{'a':'1','b':[['x']]}",
                "{'a':'1','b':['x',1]}",
                "{'a':'1','b':['x'"
            })
    void anythingElseIsRefused(String text) {
        MalformedBody malformed =
                assertThrows(
                        MalformedBody.class,
                        () -> ClosedObject.read(text.replace('\'', '"'), FIELDS));
        assertFalse(malformed.getMessage().contains("x {"));
    }

    @Test
    void damageIsReadOrRefused() {
        byte[] whole = "{\"a\":\"1\",\"b\":[\"x\"]}".getBytes(StandardCharsets.UTF_8);
        Property.check(
                2000,
                gen -> {
                    String text = new String(gen.damaged(whole), StandardCharsets.UTF_8);
                    try {
                        ClosedObject.read(text, FIELDS);
                    } catch (MalformedBody e) {
                        assertFalse(e.getMessage().isBlank());
                    }
                });
    }
}

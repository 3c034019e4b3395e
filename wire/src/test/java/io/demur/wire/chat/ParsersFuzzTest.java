package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;
import io.demur.wire.chat.Fronts.Pair;

import org.junit.jupiter.api.Test;

import java.util.List;

/** No bytes make a parser fail in any other way than by saying what is wrong with them. */
class ParsersFuzzTest {

    private static final List<String> CALLS =
            List.of(
                    """
                    {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AA"}}]},
                    {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",
                    "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c",
                    "content":"r"}],"tools":[{"type":"function","function":{"name":"f",
                    "parameters":{}}}],"tool_choice":{"type":"function","function":{"name":"f"}},
                    "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}},
                    "temperature":0.5,"stop":["a"],"stream":true,"n":1,"max_tokens":5}
                    """,
                    """
                    {"model":"m","max_tokens":5,"system":"s","messages":[{"role":"user","content":[
                    {"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":
                    {"type":"base64","media_type":"image/png","data":"AA"}}],"is_error":true}]},
                    {"role":"assistant","content":[{"type":"thinking","thinking":"a",
                    "signature":"b"},{"type":"tool_use","id":"t","name":"f","input":{}}]}],
                    "tool_choice":{"type":"tool","name":"f"},"tools":[{"name":"f",
                    "input_schema":{}}],"output_config":{"format":{"type":"json_schema",
                    "schema":{}}}}
                    """,
                    """
                    {"model":"m","prompt":"p","system":"s","images":["AA"],"format":"json",
                    "options":{"temperature":1,"stop":["a"]},"stream":false,"keep_alive":0,
                    "messages":[{"role":"user","content":"a","images":["AA"]},{"role":"tool",
                    "content":"r","tool_name":"f"},{"role":"assistant","tool_calls":[{"function":
                    {"name":"f","arguments":{}}}]}]}
                    """);

    private static final List<String> VALUES =
            List.of("null", "5", "\"x\"", "[]", "{}", "true", "[{}]", "-1e9", "[[1]]", "\"\"");

    @Test
    void damagedCallsAreReadOrExplained() {
        Property.check(
                3000,
                gen -> {
                    byte[] seed = Fronts.bytes(gen.oneOf(CALLS));
                    call(gen.oneOf(Fronts.ALL), gen.damaged(seed));
                });
    }

    @Test
    void callsWithValuesOfOtherTypesAreReadOrExplained() {
        Property.check(
                4000,
                gen -> {
                    String seed = gen.oneOf(CALLS);
                    for (int i = gen.between(1, 3); i > 0; i--) {
                        seed = gen.swapped(seed, VALUES);
                    }
                    call(gen.oneOf(Fronts.ALL), Fronts.bytes(seed));
                });
    }

    @Test
    void damagedAnswersAreReadOrHaveFailed() {
        Property.check(
                2000,
                gen -> {
                    Pair pair = gen.oneOf(List.of(Pair.values()));
                    Reply reply = Samples.reply(gen, pair);
                    byte[] whole = pair.front.reply(reply, Fronts.STAMP);
                    Pair reader = gen.oneOf(List.of(Pair.values()));
                    int status = gen.oneOf(List.of(200, 200, 400, 500));
                    answer(pair, reader.dialect.result(status, gen.damaged(whole)));
                    String odd = gen.swapped(Fronts.text(whole), VALUES);
                    answer(pair, pair.dialect.result(200, Fronts.bytes(odd)));
                });
    }

    @Test
    void damagedStreamsEndOnce() {
        Property.check(
                2000,
                gen -> {
                    Pair pair = gen.oneOf(List.of(Pair.values()));
                    byte[] stream = Fronts.written(pair.front, Samples.reply(gen, pair).events());
                    byte[] odd =
                            gen.oneIn(2)
                                    ? gen.damaged(stream)
                                    : Fronts.bytes(gen.swapped(Fronts.text(stream), VALUES));
                    Dialect dialect = gen.oneOf(List.of(Pair.values())).dialect;
                    List<Event> events = Fronts.events(dialect, odd, List.of());
                    assertTrue(events.getLast().isLast());
                    assertFalse(
                            events.subList(0, events.size() - 1).stream().anyMatch(Event::isLast));
                    answer(pair, Fronts.gathered(events));
                });
    }

    @Test
    void rubbishIsExplained() {
        Property.check(
                1000,
                gen -> {
                    byte[] bytes = gen.bytes(200);
                    call(gen.oneOf(Fronts.ALL), bytes);
                    Dialect dialect = gen.oneOf(List.of(Pair.values())).dialect;
                    assertTrue(Fronts.events(dialect, bytes, List.of()).getLast().isLast());
                });
    }

    /** What was read can be judged and sent on. */
    private static void call(Front front, byte[] bytes) {
        Asked asked;
        try {
            asked = front.read(bytes);
        } catch (BadCall e) {
            assertFalse(e.getMessage().isBlank());
            assertTrue(front.error(e.fault(), Fronts.STAMP).body().length > 0);
            return;
        }
        assertTrue(asked.strings().size() + asked.references().size() >= 0);
        if (asked instanceof Call call) {
            for (Pair pair : Pair.values()) {
                try {
                    assertTrue(pair.dialect.render(call).body().length > 0);
                } catch (BadCall e) {
                    assertFalse(e.getMessage().isBlank());
                }
            }
        }
    }

    /** What was read can be shown to any caller. */
    private static void answer(Pair pair, Result result) {
        if (result instanceof Reply reply) {
            assertTrue(pair.front.reply(reply, Fronts.STAMP).length > 0);
            assertTrue(Fronts.written(pair.front, reply.events()).length > 0);
        }
    }
}

package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.testkit.Gen;
import io.demur.testkit.Property;
import io.demur.wire.ClientBody;
import io.demur.wire.Json;
import io.demur.wire.chat.Fronts.Pair;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.CompletionsFront;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whatever a server gets to read has been given to the judges. */
class NothingUnseenTest {

    private static final String SECRET = "zzyzx";

    private static final Map<Pair, String> CHATS =
            Map.of(
                    Pair.OPENAI,
                    """
                    {"model":"m","messages":[{"role":"system","content":"a"},{"role":"user",
                    "content":[{"type":"text","text":"b"},{"type":"image_url","image_url":
                    {"url":"data:image/png;base64,AAAA"}},{"type":"odd","inner":{"x":["y"]}}]},
                    {"role":"assistant","content":"c","refusal":"d","reasoning_content":"e",
                    "tool_calls":[{"id":"f","type":"function","function":{"name":"g",
                    "arguments":"{}"}}]},{"role":"tool","tool_call_id":"f","content":"h"}],
                    "tools":[{"type":"function","function":{"name":"g","description":"i",
                    "parameters":{"properties":{"j":{"description":"k"}}}}}],
                    "response_format":{"type":"json_schema","json_schema":{"name":"l",
                    "schema":{"title":"n"}}},"stop":["o"],"metadata":{"p":"q"}}
                    """,
                    Pair.ANTHROPIC,
                    """
                    {"model":"m","max_tokens":5,"system":[{"type":"text","text":"a"}],"messages":[
                    {"role":"user","content":[{"type":"text","text":"b"},{"type":"document",
                    "source":{"type":"text","data":"c"}}]},{"role":"assistant","content":[
                    {"type":"thinking","thinking":"d","signature":"e"},{"type":"tool_use","id":"f",
                    "name":"g","input":{"h":"i"}}]},{"role":"user","content":[{"type":"tool_result",
                    "tool_use_id":"f","content":[{"type":"text","text":"j"}]}]}],"tools":[{
                    "name":"g","description":"k","input_schema":{"title":"l"}}],
                    "stop_sequences":["n"],"metadata":{"user_id":"o"}}
                    """,
                    Pair.OLLAMA,
                    """
                    {"model":"m","messages":[{"role":"system","content":"a"},{"role":"user",
                    "content":"b","images":["AAAA"]},{"role":"assistant","content":"c",
                    "thinking":"d","tool_calls":[{"function":{"name":"g","arguments":{"e":"f"}}}]},
                    {"role":"tool","content":"h","tool_name":"g"}],"tools":[{"type":"function",
                    "function":{"name":"g","description":"i","parameters":{"title":"j"}}}],
                    "format":{"title":"k"},"options":{"stop":["l"],"odd":"n"}}
                    """);

    /** A word put anywhere: into a value, behind a name, into the arguments of a tool. */
    @Test
    void aWordPutAnywhereIsSeenWhereverItGoes() {
        Property.check(
                3000,
                gen -> {
                    Pair pair = gen.oneOf(List.of(Pair.values()));
                    JsonNode body = Json.read(Fronts.bytes(requireNonNull(CHATS.get(pair))));
                    plant(body, gen);
                    check(pair.front, ClientBody.bytes((ObjectNode) body));
                });
    }

    @Test
    void aWordInAPromptIsSeen() {
        Property.check(
                500,
                gen -> {
                    JsonNode body =
                            Json.read(
                                    Fronts.json(
                                            "{'model':'m','prompt':'a','suffix':'b','system':'c',"
                                                    + "'suffix2':'d','stop':'e','options':"
                                                    + "{'x':'y'}}"));
                    plant(body, gen);
                    Front front =
                            gen.oneIn(2)
                                    ? new CompletionsFront()
                                    : new OllamaFront(OllamaFront.Kind.GENERATE);
                    check(front, ClientBody.bytes((ObjectNode) body));
                });
    }

    /** Hidden by escapes in JSON that stands as text within JSON. */
    @Test
    void escapesInArgumentsHideNothing() throws Exception {
        Call call =
                Fronts.call(
                        Pair.OPENAI.front,
                        "{'model':'m','messages':[{'role':'assistant','tool_calls':[{'id':'a',"
                                + "'function':{'name':'f','arguments':"
                                + "'{\\\"k\\\":\\\"\\\\u007azyzx\\\"}'}}]}]}");
        assertTrue(call.strings().contains(SECRET), call.strings().toString());
    }

    /** Cut in two by the borders of parts, which a server may join without a gap. */
    @Test
    void bordersOfPartsHideNothing() throws Exception {
        Call call =
                Fronts.call(
                        Pair.OPENAI.front,
                        "{'model':'m','messages':[{'role':'user','content':["
                                + "{'type':'text','text':'zzy'},{'type':'text','text':'zx'}]}]}");
        assertTrue(seen(call), call.strings().toString());
    }

    private static void check(Front front, byte[] body) throws Exception {
        Asked asked;
        try {
            asked = front.read(body);
        } catch (BadCall e) {
            return;
        }
        if (!(asked instanceof Call call)) {
            return;
        }
        for (Pair up : Pair.values()) {
            String out;
            try {
                out = Fronts.text(up.dialect.render(call).body());
            } catch (BadCall e) {
                continue;
            }
            if (out.contains(SECRET)) {
                assertTrue(
                        seen(call) || call.model().contains(SECRET),
                        "unseen: " + Fronts.text(body) + " goes on as " + out);
            }
        }
    }

    private static boolean seen(Call call) {
        return call.request().messages().stream().anyMatch(m -> m.text().contains(SECRET))
                || call.strings().stream().anyMatch(s -> s.contains(SECRET));
    }

    /** Puts the word in place of a string, or under a new name, somewhere. */
    private static void plant(JsonNode body, Gen gen) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(body, objects);
        ObjectNode at = gen.oneOf(objects);
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : at.properties()) {
            if (field.getValue().isTextual()) {
                names.add(field.getKey());
            }
        }
        switch (gen.between(0, 4)) {
            case 0 -> at.put("new", SECRET);
            case 1 -> at.put(SECRET, 1);
            case 2 -> at.putArray("data").add(SECRET);
            default -> {
                if (!names.isEmpty()) {
                    String name = gen.oneOf(names);
                    String was = at.path(name).asText();
                    at.put(name, was + SECRET);
                }
            }
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(inner -> collect(inner, objects));
        }
    }
}

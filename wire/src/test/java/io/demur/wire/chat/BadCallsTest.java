package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.ollama.Catalogue;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.ollama.OllamaEmbeddings;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;
import io.demur.wire.openai.Embeddings;

import org.junit.jupiter.api.Test;

import java.util.List;

class BadCallsTest {

    private static final Front OPENAI = new ChatFront();
    private static final Front ANTHROPIC = new MessagesFront();
    private static final Front OLLAMA = new OllamaFront(OllamaFront.Kind.CHAT);

    private static void bad(Front front, String json, String message) {
        bad(front, Fronts.json(json), message);
    }

    private static void bad(Front front, byte[] body, String message) {
        assertEquals(
                message,
                assertThrows(BadCall.class, () -> front.read(body))
                        .fault()
                        .message()
                        .replaceFirst(" at byte \\d+", ""));
    }

    @Test
    void whatIsNoCallIsExplained() {
        bad(OPENAI, "[]", "the body is a list where an object is needed");
        bad(OPENAI, "{'messages':[]}", "`model` is missing where text is needed");
        bad(OPENAI, "{'model':'m'}", "`messages` is missing where a list of messages is needed");
        bad(OPENAI, "{'model':5,'messages':[]}", "`model` is a number where text is needed");
        bad(
                OPENAI,
                "{'model':'m','messages':[{'role':'user','content':5}]}",
                "`messages[0].content` is a number where text or a list of parts is needed");
        bad(
                OPENAI,
                "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':{}}]}]}",
                "`messages[0].content[0].text` is an object where text is needed");
        bad(
                OPENAI,
                "{'model':'m','messages':[{'role':'boss','content':'a'}]}",
                "`messages[0].role` is `boss` where `system`, `user`, `assistant` or `tool` is"
                        + " needed");
        bad(
                OPENAI,
                "{'model':'m','messages':[],'n':2}",
                "`n` is `2`; one answer is given to a call");
        bad(
                OPENAI,
                "{'model':'m','messages':[],'seed':1.5}",
                "`seed` is a number where a whole number of 64 bits is needed");
        bad(
                ANTHROPIC,
                "{'model':'m','messages':[]}",
                "`max_tokens` is missing where a whole number is needed");
        bad(
                OLLAMA,
                "{'model':'m','messages':[{'role':'user','content':'a'}],'format':'xml'}",
                "`format` is text where `json` or a schema is needed");
        bad(
                new CompletionsFront(),
                "{'model':'m','prompt':[1,2]}",
                "`prompt` is a list of tokens where text is needed");
    }

    @Test
    void whatTwoReadersCouldSeeDifferentlyIsNotRead() {
        bad(
                OPENAI,
                "{'model':'m','model':'n','messages':[]}",
                "the body is no JSON that can be read: the name `model` stands twice in"
                        + " one object");
        bad(
                OPENAI,
                "{'model':'m','messages':[],'x':{'a':{'b':1,'b':2}}}",
                "the body is no JSON that can be read: the name `b` stands twice in one"
                        + " object");
        bad(
                OPENAI,
                "{'model':'m','messages':[],'x':NaN}",
                "the body is no JSON that can be read: `NaN` is no JSON value");
        bad(
                OPENAI,
                "{'model':'m','messages':[],'temperature':1e999}",
                "the body is no JSON that can be read: the number `1E+999` is too large");
        bad(
                OPENAI,
                "{'model':'m','messages':[{'role':'user','content':'\\ud83d'}]}",
                "the body is no JSON that can be read: an escape stands for half of a surrogate"
                        + " pair, which is no text");
        bad(
                OPENAI,
                "{'model':'m','x':" + "[".repeat(200) + "]".repeat(200) + "}",
                "the body is no JSON that can be read: nested deeper than 100 levels");
        bad(
                OPENAI,
                "{'model':'m','x':" + "9".repeat(2000) + "}",
                "the body is no JSON that can be read: a number of more than 100" + " digits");
        byte[] broken = Fronts.json("{'model':'?'}");
        broken[10] = (byte) 0xC3;
        bad(OPENAI, broken, "the body is no JSON that can be read: byte `0xC3` is no UTF-8 here");
        bad(
                OPENAI,
                "{'model':'m'} {}",
                "the body is no JSON that can be read: more follows after the end of the"
                        + " JSON value");
        bad(OPENAI, "", "the body is no JSON that can be read: no JSON value, but nothing");
    }

    @Test
    void whatACallerWroteIsShownShortened() {
        String name = "x".repeat(5000);
        BadCall bad =
                assertThrows(
                        BadCall.class,
                        () ->
                                OPENAI.read(
                                        Fronts.json(
                                                "{'model':'m','messages':[{'role':'"
                                                        + name
                                                        + "'}]}")));
        assertTrue(bad.fault().message().length() < 600);
        assertTrue(bad.getMessage().endsWith("…"));
    }

    /** The shapes of all errors, in all protocols. */
    @Test
    void errorsHaveEachProtocolsOwnShape() {
        StringBuilder out = new StringBuilder();
        for (Front front : List.of(OPENAI, ANTHROPIC, OLLAMA)) {
            for (Fault.Kind kind : Fault.Kind.values()) {
                Fault fault =
                        kind == Fault.Kind.INVALID
                                ? new BadCall("messages[0].role", "a message").fault()
                                : Fault.of(kind, "a message");
                ErrorReply reply = front.error(fault, Fronts.STAMP);
                assertEquals(
                        kind == Fault.Kind.UNAVAILABLE || kind == Fault.Kind.FORBIDDEN,
                        "false".equals(reply.headers().get("x-should-retry")));
                out.append(reply.status()).append(' ').append(Fronts.text(reply.body()));
                out.append('\n');
            }
        }
        Golden.check("wire/src/test/resources/bodies/errors.txt", out.toString());
    }

    @Test
    void referencesToWhatCannotBeReadAreNamed() throws Exception {
        assertEquals(
                List.of(
                        "previous_response_id",
                        "tools[0].vector_store_ids",
                        "messages[0].content.file.file_id"),
                OPENAI.read(
                                Fronts.json(
                                        "{'model':'m','previous_response_id':'r','messages':["
                                                + "{'role':'user','content':[{'type':'file',"
                                                + "'file':{'file_id':'f'}}]}],'tools':[{'type':"
                                                + "'file_search','vector_store_ids':['v']},"
                                                + "{'type':'function','function':{'name':'f',"
                                                + "'parameters':{'properties':{'file_id':"
                                                + "{'type':'string'}}}}}]}"))
                        .references());
        assertEquals(
                List.of("container", "messages[0].content.source"),
                ANTHROPIC
                        .read(
                                Fronts.json(
                                        "{'model':'m','max_tokens':5,'container':'c','messages':["
                                                + "{'role':'user','content':[{'type':'document',"
                                                + "'source':{'type':'file','file_id':'f'}}]}],"
                                                + "'metadata':{'file_id':'x'}}"))
                        .references());
        assertEquals(
                List.of("context"),
                new OllamaFront(OllamaFront.Kind.GENERATE)
                        .read(Fronts.json("{'model':'m','prompt':'a','context':[1,2]}"))
                        .references());
    }

    @Test
    void whatAnotherProtocolCannotCarryIsSaid() throws Exception {
        Call call =
                Fronts.call(
                        OPENAI,
                        "{'model':'m','messages':[{'role':'user','content':[{'type':'input_audio',"
                                + "'input_audio':{'data':'AA'}}]}]}");
        for (Fronts.Pair pair : List.of(Fronts.Pair.ANTHROPIC, Fronts.Pair.OLLAMA)) {
            assertEquals(
                    "a part of type `input_audio` cannot be carried to this model's server",
                    assertThrows(BadCall.class, () -> pair.dialect.render(call)).getMessage());
        }
        Call link =
                Fronts.call(
                        OPENAI,
                        "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url',"
                                + "'image_url':{'url':'https://example.org/a.png'}}]}]}");
        assertThrows(BadCall.class, () -> new OllamaDialect().render(link));
    }

    @Test
    void aCallOfOllamaWithoutAPromptLoadsAModel() throws Exception {
        Front generate = new OllamaFront(OllamaFront.Kind.GENERATE);
        check(Operation.Kind.LOAD, OLLAMA.read(Fronts.json("{'model':'m'}")));
        check(Operation.Kind.LOAD, OLLAMA.read(Fronts.json("{'model':'m','messages':[]}")));
        check(
                Operation.Kind.UNLOAD,
                OLLAMA.read(Fronts.json("{'model':'m','messages':[],'keep_alive':0}")));
        check(Operation.Kind.LOAD, generate.read(Fronts.json("{'model':'m','keep_alive':-1}")));
        check(
                Operation.Kind.UNLOAD,
                generate.read(Fronts.json("{'model':'m','prompt':'','keep_alive':'0s'}")));
    }

    private static void check(Operation.Kind kind, Asked asked) {
        assertEquals(kind, ((Operation) asked).kind());
        assertEquals("m", asked.model());
    }

    @Test
    void anOperationNamesItsModelInOneOfThreeWays() throws Exception {
        check(
                Operation.Kind.PULL,
                Catalogue.read(Operation.Kind.PULL, Fronts.json("{'name':'m','stream':false}")));
        check(
                Operation.Kind.COPY,
                Catalogue.read(
                        Operation.Kind.COPY, Fronts.json("{'source':'m','destination':'b'}")));
        check(
                Operation.Kind.SHOW,
                Catalogue.read(Operation.Kind.SHOW, Fronts.json("{'model':'m'}")));
    }

    @Test
    void textsToEmbedAreRead() throws Exception {
        Embed one = Embeddings.read(Fronts.json("{'model':'m','input':'a','user':'u'}"));
        assertEquals(List.of("a"), one.inputs());
        assertEquals(List.of("user", "u"), one.strings());
        assertThrows(
                BadCall.class, () -> Embeddings.read(Fronts.json("{'model':'m','input':[[1]]}")));
        Embed many = OllamaEmbeddings.read(Fronts.json("{'model':'m','input':['a','b']}"));
        Embedded embedded =
                OllamaEmbeddings.embedded(
                                Fronts.json("{'embeddings':[[0.5,1],[2,3]],'prompt_eval_count':4}"))
                        .orElseThrow();
        assertEquals(
                """
                {"model":"m","embeddings":[[0.5,1.0],[2.0,3.0]],"total_duration":0,\
                "load_duration":0,"prompt_eval_count":4}\
                """,
                Fronts.text(OllamaEmbeddings.reply(many, embedded, "m")));
        Embed base64 =
                Embeddings.read(
                        Fronts.json("{'model':'m','input':'a','encoding_format':'base64'}"));
        assertTrue(
                Fronts.text(Embeddings.reply(base64, embedded, "m"))
                        .contains("\"embedding\":\"AAAAPwAAgD8=\""));
        assertEquals(
                """
                {"model":"m","input":"a","encoding_format":"float"}\
                """,
                Fronts.text(Embeddings.render(base64)));
    }
}

package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Role;
import io.demur.testkit.Property;
import io.demur.wire.Json;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Fronts.Pair;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

class RoundTripTest {

    /** What is written and read again is the same, at once and in pieces. */
    @ParameterizedTest
    @EnumSource
    void anAnswerIsReadAsItWasWritten(Pair pair) {
        Property.check(
                500,
                gen -> {
                    Reply reply = Samples.reply(gen, pair);
                    byte[] body = pair.front.reply(reply, Fronts.STAMP);
                    assertEquals(reply, pair.dialect.result(200, body));
                    byte[] stream = Fronts.written(pair.front, reply.events());
                    assertEquals(
                            reply,
                            Fronts.gathered(
                                    Fronts.events(pair.dialect, stream, java.util.List.of())));
                });
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerInPiecesIsTheSameAsAWhole(Pair pair) {
        Property.check(
                200,
                gen -> {
                    Reply reply = Samples.reply(gen, pair);
                    assertEquals(reply, Fronts.gathered(reply.events()));
                });
    }

    @Test
    void aCallOfChatCompletionsGoesOnUnharmed() throws Exception {
        unharmed(
                new ChatFront(),
                new OpenAiDialect(),
                """
                {'model':'m','messages':[
                {'role':'developer','content':'Be brief.','name':'ops'},
                {'role':'user','content':[{'type':'text','text':'What is this?',
                'cache_control':{'type':'ephemeral'}},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA',
                'detail':'low'}},
                {'type':'image_url','image_url':{'url':'https://example.org/a.png'},'x':1},
                {'type':'input_audio','input_audio':{'data':'AAAA','format':'wav'}}]},
                {'role':'assistant','content':null,'reasoning_content':'hm','tool_calls':[
                {'id':'c1','type':'function','function':{'name':'look','arguments':'{\\"a\\":1}'},
                'extra_content':{'seal':'s'}}]},
                {'role':'tool','tool_call_id':'c1','content':'a cat'},
                {'role':'assistant','content':'No.','refusal':'I will not.'},
                {'role':'user','content':'Go on.'}],
                'tools':[{'type':'function','function':{'name':'look','description':'Looks.',
                'parameters':{'type':'object','properties':{'a':{'type':'number','maximum':1.50}}},
                'strict':true},'cache_control':{'type':'ephemeral'}},
                {'type':'web_search','domains':['example.org']}],
                'tool_choice':{'type':'function','function':{'name':'look'}},
                'parallel_tool_calls':false,
                'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,
                'schema':{'type':'object'}}},
                'max_completion_tokens':50,'temperature':0.2,'top_p':0.9,'top_k':40,'seed':7,
                'presence_penalty':0.5,'frequency_penalty':-0.5,'stop':['a','b'],
                'stream':true,'stream_options':{'include_usage':true,'include_obfuscation':false},
                'reasoning_effort':'low','user':'u','metadata':{'k':'v'},'logit_bias':{'5':-100},
                'service_tier':'auto'}
                """);
        unharmed(
                new ChatFront(),
                new OpenAiDialect(),
                """
                {'model':'m','messages':[{'role':'user','content':'a'}],'stream':false,
                'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'auto'}},
                'response_format':{'type':'grammar','grammar':'root ::= x'},'max_tokens':5}
                """);
    }

    @Test
    void aCallOfCompletionsGoesOnUnharmed() throws Exception {
        unharmed(
                new CompletionsFront(),
                new OpenAiDialect(),
                """
                {'model':'m','prompt':'def f(','suffix':'return','max_tokens':5,'temperature':0.0,
                'stream':false,'echo':true,'stop':['x'],'min_p':0.1}
                """);
    }

    @Test
    void aCallOfMessagesGoesOnUnharmed() throws Exception {
        unharmed(
                new MessagesFront(),
                new AnthropicDialect(),
                """
                {'model':'m','max_tokens':100,
                'system':[{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}],
                'messages':[{'role':'user','content':[{'type':'text','text':'What is this?'},
                {'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}},
                {'type':'document','source':{'type':'text','data':'words'},'title':'t'}]},
                {'role':'assistant','content':[
                {'type':'thinking','thinking':'hm','signature':'s'},
                {'type':'redacted_thinking','data':'zzz'},
                {'type':'text','text':'Let me look.'},
                {'type':'tool_use','id':'t1','name':'look','input':{'a':1}},
                {'type':'tool_use','id':'t2','name':'look','input':{}}]},
                {'role':'user','content':[
                {'type':'tool_result','tool_use_id':'t1','content':'a cat'},
                {'type':'tool_result','tool_use_id':'t2','is_error':true,'content':[
                {'type':'text','text':'no'},{'type':'image','source':{'type':'url',
                'url':'https://example.org/a.png'}}],'cache_control':{'type':'ephemeral'}},
                {'type':'text','text':'and now?'}]}],
                'tools':[{'name':'look','description':'Looks.','input_schema':{'type':'object'},
                'cache_control':{'type':'ephemeral'}},
                {'type':'bash_20250124','name':'bash'}],
                'tool_choice':{'type':'any','disable_parallel_tool_use':true},
                'temperature':0.5,'top_p':0.9,'top_k':5,'stop_sequences':['a'],'stream':true,
                'thinking':{'type':'enabled','budget_tokens':1024},'metadata':{'user_id':'u'},
                'output_config':{'effort':'low','format':{'type':'json_schema',
                'schema':{'type':'object'}}}}
                """);
    }

    @Test
    void aCallOfOllamaGoesOnUnharmed() throws Exception {
        unharmed(
                new OllamaFront(OllamaFront.Kind.CHAT),
                new OllamaDialect(),
                """
                {'model':'m','messages':[{'role':'system','content':'Be brief.'},
                {'role':'user','content':'What is this?','images':['iVBORw0K']},
                {'role':'assistant','content':'','thinking':'hm','tool_calls':[
                {'id':'call_0','function':{'name':'look','arguments':{'a':1}}}]},
                {'role':'tool','content':'a cat','tool_call_id':'call_0','tool_name':'look'}],
                'tools':[{'type':'function','function':{'name':'look','description':'Looks.',
                'parameters':{'type':'object'}}}],'format':{'type':'object'},
                'options':{'num_ctx':4096,'temperature':0.1,'num_predict':-1,'stop':['a']},
                'stream':false,'keep_alive':'5m','think':true}
                """);
        unharmed(
                new OllamaFront(OllamaFront.Kind.GENERATE),
                new OllamaDialect(),
                """
                {'model':'m','prompt':'Why?','system':'Be brief.','suffix':'x',
                'images':['iVBORw0K'],
                'format':'json','stream':true,
                'options':{'seed':7}}
                """);
    }

    /** Spring AI 1.1 asks Anthropic for a shape by the name that the field had at first. */
    @Test
    void theShapeOfAnAnswerIsCarriedUnderItsEarlierNameToo() throws Exception {
        for (String shape : List.of("'output_config':{'format':%s}", "'output_format':%s")) {
            Call call =
                    Fronts.call(
                            new MessagesFront(),
                            """
                            {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}],
                            %s}
                            """
                                    .formatted(
                                            shape.formatted(
                                                    "{'type':'json_schema','schema':{'a':1}}")));
            JsonNode sent = Json.strict(new OllamaDialect().render(call).body());
            assertEquals("{\"a\":1}", sent.get("format").toString());
        }
    }

    /** The same values under the same names; the order of names does not count. */
    private static void unharmed(Front front, Dialect dialect, String json) throws Exception {
        Call call = Fronts.call(front, json);
        JsonNode before = Json.strict(Fronts.json(json));
        JsonNode after = Json.strict(dialect.render(call).body());
        assertEquals(before.toPrettyString(), sorted(before, after), "as it went on");
        assertEquals(call, Fronts.again(front, dialect, call));
    }

    /** The later body with the names in the order of the earlier, as far as they are the same. */
    private static String sorted(JsonNode before, JsonNode after) {
        return before.equals(after) ? before.toPrettyString() : after.toPrettyString();
    }

    @Test
    void anInstructionIsAddedBehindThoseThatAreThere() throws Exception {
        Call chat =
                Fronts.call(
                        new ChatFront(),
                        "{'model':'m','messages':[{'role':'system','content':'A.'},"
                                + "{'role':'user','content':'B?'}]}");
        assertEquals(
                "[SYSTEM A., SYSTEM C., USER B?]",
                chat.withInstruction("C.").request().messages().stream()
                        .map(m -> m.role() + " " + m.text())
                        .toList()
                        .toString());
        for (Front front : Fronts.ALL) {
            String json =
                    front instanceof CompletionsFront
                                    || Fronts.text(front.reply(Reply.of("a"), Fronts.STAMP))
                                            .contains("\"response\"")
                            ? "{'model':'m','prompt':'B?'}"
                            : "{'model':'m','max_tokens':9,"
                                    + "'messages':[{'role':'user','content':'B?'}]}";
            Call call = Fronts.call(front, json).withInstruction("C.");
            for (Pair pair : Pair.values()) {
                String out = Fronts.text(pair.dialect.render(call).body());
                assertTrue(out.contains("C.") && out.indexOf("C.") < out.indexOf("B?"), out);
            }
        }
    }

    @Test
    void rolesOfAllProtocolsMeanTheSame() throws Exception {
        Call anthropic =
                Fronts.call(
                        new MessagesFront(),
                        "{'model':'m','max_tokens':5,'system':'S','messages':["
                            + "{'role':'user','content':[{'type':'tool_result',"
                            + "'tool_use_id':'t','content':'R'},{'type':'text','text':'U'}]}]}");
        assertEquals(
                java.util.List.of(Role.SYSTEM, Role.TOOL, Role.USER),
                anthropic.speeches().stream().map(Speech::role).toList());
        JsonNode openai = Json.read(new OpenAiDialect().render(anthropic).body());
        assertEquals("tool", openai.path("messages").path(1).path("role").asText());
        assertEquals("t", openai.path("messages").path(1).path("tool_call_id").asText());
        assertEquals("U", openai.path("messages").path(2).path("content").asText());
    }
}

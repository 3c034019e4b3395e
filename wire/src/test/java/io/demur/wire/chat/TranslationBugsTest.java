package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.StopReason;
import io.demur.wire.Json;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What got lost between protocols elsewhere, each as a test. */
class TranslationBugsTest {

    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect OLLAMA = new OllamaDialect();

    private static JsonNode shown(Front front, Reply reply) throws Exception {
        return Json.read(front.reply(reply, Fronts.STAMP));
    }

    @Test
    void anthropicsRefusalIsNoStopForOpenAisCallers() throws Exception {
        Reply reply =
                Fronts.reply(
                        ANTHROPIC,
                        "{'type':'message','content':[],'stop_reason':'refusal',"
                                + "'stop_details':{'type':'refusal','category':'cyber',"
                                + "'explanation':'Too close to an attack.'}}");
        JsonNode choice = shown(new ChatFront(), reply).path("choices").path(0);
        assertEquals("content_filter", choice.path("finish_reason").asText());
        assertEquals("Too close to an attack.", choice.path("message").path("refusal").asText());
        assertTrue(choice.path("message").path("content").isNull());
    }

    @Test
    void aContentFilterIsNoEndTurnForAnthropicsCallers() throws Exception {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'message':{'content':'Half'},"
                                + "'finish_reason':'content_filter'}]}");
        JsonNode body = shown(new MessagesFront(), reply);
        assertEquals("refusal", body.path("stop_reason").asText());
        assertEquals(
                "finish_reason: content_filter", body.path("stop_details").path("native").asText());
    }

    @Test
    void wordsOfBedrockAndOthersBehindACompatibleServerAreNoStop() throws Exception {
        for (String word :
                List.of("guardrail_intervened", "content_filtered", "SAFETY", "sensitive")) {
            Reply reply =
                    Fronts.reply(
                            OPENAI,
                            "{'choices':[{'message':{'content':''},'finish_reason':'"
                                    + word
                                    + "'}]}");
            assertInstanceOf(StopReason.ContentFilter.class, reply.stop(), word);
            assertEquals("refusal", shown(new MessagesFront(), reply).path("stop_reason").asText());
        }
    }

    /** RECITATION and the like withhold for other reasons than harm; it is no end either. */
    @Test
    void whatIsWithheldForOtherReasonsIsAFailureAndNoStop() {
        for (String word : List.of("RECITATION", "OTHER", "LANGUAGE")) {
            assertInstanceOf(
                    Failure.class,
                    Fronts.result(
                            OPENAI,
                            "{'choices':[{'message':{'content':''},'finish_reason':'"
                                    + word
                                    + "'}]}"),
                    word);
        }
    }

    @Test
    void aRefusalBlockIsNotDroppedForAnEmptyEndTurn() throws Exception {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'message':{'content':[{'type':'refusal',"
                                + "'refusal':'No.'}]},'finish_reason':'stop'}]}");
        JsonNode body = shown(new MessagesFront(), reply);
        assertEquals("No.", body.path("content").path(0).path("text").asText());
        assertEquals("refusal", body.path("stop_reason").asText());
    }

    @Test
    void anAnswerWithoutContentIsNotDropped() throws Exception {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'index':0,'finish_reason':'content_filter',"
                                + "'content_filter_results':{'hate':{'filtered':true}}}]}");
        assertEquals(Optional.of("hate"), reply.refusal().orElseThrow().category());
        assertEquals(1, shown(new ChatFront(), reply).path("choices").size());
    }

    @Test
    void aPromptThatIsFilteredWithoutAnAnswerIsARefusal() {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[],'prompt_filter_results':[{'prompt_index':0,"
                                + "'content_filter_results':{'violence':{'filtered':true}}}]}");
        assertEquals(ProviderRefusal.Form.PROMPT_FILTER, reply.refusal().orElseThrow().form());
    }

    @Test
    void theWordRefusalItselfIsKnown() {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'message':{'content':''},'finish_reason':'refusal'}]}");
        assertInstanceOf(StopReason.Refusal.class, reply.stop());
    }

    @Test
    void piecesOfARefusalAreNoError() {
        List<Event> events =
                Fronts.events(
                        OPENAI,
                        Fronts.sse(
                                "{'choices':[{'delta':{'refusal':'I '}}]}",
                                "{'choices':[{'delta':{'refusal':'won\\u2019t.'}}]}",
                                "{'choices':[{'delta':{},'finish_reason':'stop'}]}",
                                "[DONE]"));
        Reply reply = assertInstanceOf(Reply.class, Fronts.gathered(events));
        assertEquals(Optional.of("I won’t."), reply.refusal().flatMap(ProviderRefusal::text));
    }

    @Test
    void toolsThatStopUnderAnotherWordAreNotLost() {
        for (String json :
                List.of(
                        "{'choices':[{'message':{'content':null,'tool_calls':[{'id':'c',"
                                + "'function':{'name':'f','arguments':'{}'}}]},"
                                + "'finish_reason':'stop'}]}",
                        "{'choices':[{'message':{'content':'Well.','tool_calls':[{'id':'c',"
                                + "'function':{'name':'f','arguments':'{}'}}]},"
                                + "'finish_reason':'stop'}]}")) {
            assertEquals(StopReason.TOOL_CALL, Fronts.reply(OPENAI, json).stop());
        }
        assertEquals(
                StopReason.TOOL_CALL,
                Fronts.reply(
                                OLLAMA,
                                "{'message':{'content':'','tool_calls':[{'function':"
                                        + "{'name':'f','arguments':{}}}]},"
                                        + "'done':true,'done_reason':'stop'}")
                        .stop());
    }

    @Test
    void toolsThatAllHaveTheSameNumberAreSeveral() {
        Reply reply =
                (Reply)
                        Fronts.gathered(
                                Fronts.events(
                                        OPENAI,
                                        Fronts.sse(
                                                "{'choices':[{'delta':{'tool_calls':[{'index':0,"
                                                        + "'id':'a','function':{'name':'f',"
                                                        + "'arguments':'{}'}}]}}]}",
                                                "{'choices':[{'delta':{'tool_calls':[{'index':0,"
                                                        + "'id':'b','function':{'name':'g',"
                                                        + "'arguments':'{}'}}]}}]}",
                                                "{'choices':[{'delta':{},"
                                                        + "'finish_reason':'tool_calls'}]}")));
        assertEquals(2, reply.parts().size());
    }

    /** A gateway in the middle of the way that hides a filter's word behind its own. */
    @Test
    void theNativeWordSaysMoreThanTheBrokers() {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'message':{'content':''},'finish_reason':'stop',"
                                + "'native_finish_reason':'refusal'}]}");
        assertInstanceOf(StopReason.Refusal.class, reply.stop());
    }

    @Test
    void refusedKeyIsAlwaysThereForStrictClients() throws Exception {
        JsonNode message =
                shown(new ChatFront(), Reply.of("Yes.")).path("choices").path(0).path("message");
        assertTrue(message.has("refusal") && message.path("refusal").isNull());
        String stream = Fronts.text(Fronts.written(new ChatFront(), Reply.of("Yes.").events()));
        assertTrue(stream.contains("\"refusal\":null"), stream);
    }

    @Test
    void tokensOutOfACacheAreNotCountedTwice() {
        Reply reply =
                Fronts.reply(
                        ANTHROPIC,
                        "{'type':'message','content':[{'type':'text','text':'a'}],"
                                + "'stop_reason':'end_turn','usage':{'input_tokens':10,"
                                + "'cache_read_input_tokens':100,"
                                + "'cache_creation_input_tokens':5,'output_tokens':3}}");
        assertEquals(115, reply.usage().orElseThrow().input());
        assertTrue(
                Fronts.text(new MessagesFront().reply(reply, Fronts.STAMP))
                        .contains("\"input_tokens\":10,"));
        assertTrue(
                Fronts.text(new ChatFront().reply(reply, Fronts.STAMP))
                        .contains("\"prompt_tokens\":115,"));
    }

    @Test
    void aRefusalThroughOllamaIsNoStop() throws Exception {
        Reply reply =
                Fronts.reply(
                        ANTHROPIC,
                        "{'type':'message','content':[],'stop_reason':'refusal',"
                                + "'stop_details':{'category':'bio'}}");
        JsonNode body = shown(new OllamaFront(OllamaFront.Kind.CHAT), reply);
        assertEquals("refusal", body.path("done_reason").asText());
        assertEquals("bio", body.path("refusal_category").asText());
        assertFalse(body.path("message").path("content").asText().isEmpty());
    }

    @Test
    void argumentsThatAreNoJsonAreNotLost() throws Exception {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'message':{'tool_calls':[{'id':'c','function':{'name':'f',"
                                + "'arguments':'rm -rf'}}]},'finish_reason':'tool_calls'}]}");
        assertEquals(
                "rm -rf",
                shown(new MessagesFront(), reply)
                        .path("content")
                        .path(0)
                        .path("input")
                        .path("arguments")
                        .asText());
    }

    @Test
    void aToolWithoutArgumentsHasAnEmptyObject() {
        List<Event> events =
                Fronts.events(
                        ANTHROPIC,
                        Fronts.sse(
                                "{'type':'message_start','message':{'id':'a','model':'m'}}",
                                "{'type':'content_block_start','index':0,'content_block':"
                                        + "{'type':'tool_use','id':'t','name':'f','input':{}}}",
                                "{'type':'content_block_stop','index':0}",
                                "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}",
                                "{'type':'message_stop'}"));
        Reply reply = (Reply) Fronts.gathered(events);
        assertEquals(List.of(new Part.ToolUse("t", "f", "{}", Fields.NONE)), reply.parts());
    }
}

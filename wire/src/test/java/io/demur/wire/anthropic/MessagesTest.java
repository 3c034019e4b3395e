package io.demur.wire.anthropic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.StopReason.ContentFilter;
import io.demur.core.StopReason.Failed;
import io.demur.core.StopReason.Refusal;
import io.demur.wire.Json;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

class MessagesTest {

    @Test
    void aRefusalIsReadWithItsCategory() throws Exception {
        check(
                "'content':[],'stop_reason':'refusal','stop_details':{'category':'bio'}",
                new Response("", new Refusal("stop_reason: refusal", Optional.of("bio"))));
        check(
                "'content':[{'type':'text','text':'Part'}],'stop_reason':'refusal',"
                        + "'stop_details':{'category':null}",
                new Response("Part", new Refusal("stop_reason: refusal", Optional.empty())));
    }

    @Test
    void stopReasonsAreRead() throws Exception {
        check("'content':'a','stop_reason':'end_turn'", new Response("a", StopReason.END));
        check("'content':'a','stop_reason':'max_tokens'", new Response("a", StopReason.LENGTH));
        check("'content':'a','stop_reason':'pause_turn'", new Response("a", StopReason.LENGTH));
        check("'content':'a','stop_reason':null", new Response("a", StopReason.UNSTATED));
        check(
                "'content':[{'type':'tool_use','id':'1'}],'stop_reason':'tool_use'",
                new Response("", StopReason.TOOL_CALL));
    }

    @Test
    void textPartsAreJoinedAndThoughtsLeftOut() throws Exception {
        check(
                "'content':[{'type':'thinking','thinking':'x','text':'y'},"
                        + "{'type':'text','text':'a'},{'type':'text','text':'b'}],"
                        + "'stop_reason':'end_turn'",
                new Response("a\n\nb", StopReason.END));
    }

    @Test
    void errorsAreFailuresOrBlocks() throws Exception {
        assertEquals(
                new Response("", new Failed("Overloaded")),
                Messages.response(
                        json(
                                "{'type':'error','error':{'type':'overloaded_error',"
                                        + "'message':'Overloaded'}}")));
        assertEquals(
                new ContentFilter(
                        "error.message: blocked by content filtering policy", Optional.empty()),
                Messages.response(
                                json(
                                        "{'type':'error','error':{'type':'invalid_request_error',"
                                                + "'message':'Output blocked by content filtering"
                                                + " policy'}}"))
                        .stop());
    }

    @Test
    void aRequestIsReadWithSystemAndToolResults() throws Exception {
        String said =
                Messages.request(
                                json(
                                        """
                                        {'system':[{'type':'text','text':'s'}],'messages':[
                                        {'role':'user','content':'u'},
                                        {'role':'assistant','content':[{'type':'tool_use'}]},
                                        {'role':'user','content':[
                                        {'type':'tool_result','content':[
                                        {'type':'text','text':'r'}]},
                                        {'type':'text','text':'v'}]},
                                        {'role':'user','content':[{'type':'tool_result'}]}]}
                                        """))
                        .messages()
                        .stream()
                        .map(m -> m.role() + " " + m.text())
                        .collect(Collectors.joining("|"));
        assertEquals("SYSTEM s|USER u|ASSISTANT |TOOL r|USER v|TOOL ", said);
    }

    @Test
    void bodiesThatAreNoneSayWhatIsMissing() {
        assertEquals(
                "`content` is missing",
                assertThrows(MalformedBody.class, () -> Messages.response(json("{}")))
                        .getMessage());
        assertEquals(
                "`messages` is missing where a list of messages is needed",
                assertThrows(MalformedBody.class, () -> Messages.request(json("{}"))).getMessage());
    }

    private static void check(String fields, Response expected) throws Exception {
        assertEquals(expected, Messages.response(json("{'type':'message'," + fields + "}")));
    }

    private static JsonNode json(String text) throws MalformedJson {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

package io.demur.wire.openai;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

class ChatCompletionsTest {

    @Test
    void aMarkedRefusalIsReadAsOneWithItsWords() throws Exception {
        Refusal refusal = new Refusal("message.refusal", Optional.empty());
        check("{'content':null,'refusal':'I will not.'}", "stop", "I will not.", refusal);
        check("{'content':'','refusal':'I will not.'}", "stop", "I will not.", refusal);
        check("{'content':'Part.','refusal':'No more.'}", "stop", "Part.", refusal);
        check(
                "{'content':[{'type':'refusal','refusal':'I will not.'}]}",
                "stop",
                "I will not.",
                refusal);
        check("{'content':'Sure.','refusal':null}", "stop", "Sure.", StopReason.END);
        check("{'content':'Sure.','refusal':''}", "stop", "Sure.", StopReason.END);
    }

    @Test
    void finishReasonsAreRead() throws Exception {
        check("{'content':'a'}", "length", "a", StopReason.LENGTH);
        check("{'content':'a'}", "eos", "a", StopReason.END);
        check("{'content':'a'}", "never heard of", "a", StopReason.UNSTATED);
        check("{'content':null,'tool_calls':[{}]}", "tool_calls", "", StopReason.TOOL_CALL);
        check(
                "{'content':''}",
                "content_filter",
                "",
                new ContentFilter("finish_reason: content_filter", Optional.empty()));
        check(
                "{'content':''}",
                "sensitive",
                "",
                new ContentFilter("finish_reason: sensitive", Optional.empty()));
        check(
                "{'content':''}",
                "insufficient_system_resource",
                "",
                new Failed("finish_reason: insufficient_system_resource"));
    }

    @Test
    void onlyWhatAFilterFilteredNamesItsCategory() throws Exception {
        String results =
                """
                {'choices':[{'message':{'content':''},'finish_reason':'%s',
                'content_filter_results':{
                'hate':{'filtered':false,'severity':'safe'},
                'violence':{'filtered':true,'severity':'high'},
                'jailbreak':{'filtered':false,'detected':true}}}]}
                """;
        assertEquals(
                new ContentFilter("finish_reason: content_filter", Optional.of("violence")),
                only(results.formatted("content_filter")).stop());
        assertEquals(StopReason.END, only(results.formatted("stop")).stop());
    }

    @Test
    void aBrokersNativeReasonSaysMoreThanItsOwn() throws Exception {
        assertEquals(
                new ContentFilter("native_finish_reason: SAFETY", Optional.empty()),
                only("""
                {'choices':[{'message':{'content':''},'finish_reason':'stop',
                'native_finish_reason':'SAFETY'}]}
                """)
                        .stop());
    }

    @Test
    void errorsThatAreBlocksAreNoFailures() throws Exception {
        error(
                "{'error':{'code':'content_policy_violation'}}",
                "error.code: content_policy_violation",
                "");
        error(
                "{'error':{'code':'invalid_prompt','message':'m'}}",
                "error.code: invalid_prompt",
                "");
        error("{'error':{'code':'cyber_policy'}}", "error.code: cyber_policy", "cyber");
        error("{'error':{'code':'bio_policy'}}", "error.code: bio_policy", "bio");
        error(
                """
                {'error':{'code':'content_filter','status':400,'innererror':{
                'code':'ResponsibleAIPolicyViolation','content_filter_result':{
                'hate':{'filtered':true},'jailbreak':{'filtered':true,'detected':true},
                'sexual':{'filtered':false}}}}}
                """,
                "error.code: content_filter",
                "hate, jailbreak");
        error(
                """
                {'error':{'code':null,'innererror':{'code':'ResponsibleAIPolicyViolation',
                'content_filter_results':{'violence':{'filtered':true}}}}}
                """,
                "error.innererror.code: ResponsibleAIPolicyViolation",
                "violence");
        error(
                """
                {'code':'The caller does not have permission to execute the operation',
                'error':'Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO'}
                """,
                "error.message: Content violates usage guidelines",
                "SAFETY_CHECK_TYPE_BIO");
        error(
                "{'error':{'message':'Content Exists Risk','code':'invalid_request_error'}}",
                "error.message: Content Exists Risk",
                "");
        error(
                "{'error':{'message':'m','code':'data_inspection_failed'}}",
                "error.code: data_inspection_failed",
                "");
        error(
                "{'error':{'code':403,'message':'m','metadata':{'reasons':['violence','hate']}}}",
                "error.metadata.reasons",
                "violence, hate");
    }

    @Test
    void otherErrorsAreFailures() throws Exception {
        assertEquals(
                new Response("", new Failed("Rate limit")),
                only("{'error':{'message':'Rate limit','code':'rate_limit_exceeded'}}"));
        assertEquals(
                new Response("", new Failed("model not found")),
                only("{'error':'model not found'}"));
        assertEquals(
                new Response("", new Failed("server_error")),
                only("{'error':{'type':'server_error'}}"));
    }

    @Test
    void everyChoiceIsAResponse() throws Exception {
        List<Response> responses =
                responses(
                        """
                        {'choices':[{'message':{'content':'a'},'finish_reason':'stop'},
                        {'text':'b','finish_reason':'length'},{'error':{'message':'c'}}]}
                        """);
        assertEquals(
                List.of(
                        new Response("a", StopReason.END),
                        new Response("b", StopReason.LENGTH),
                        new Response("", new Failed("c"))),
                responses);
    }

    @Test
    void aBlockedChoiceMayHaveNoMessage() throws Exception {
        for (String message : List.of("", "'message':null,")) {
            assertEquals(
                    new Response(
                            "",
                            new ContentFilter(
                                    "finish_reason: content_filter", Optional.of("hate"))),
                    only(
                            """
                            {'choices':[{%s'finish_reason':'content_filter',
                            'content_filter_results':{'hate':{'filtered':true}}}]}
                            """
                                    .formatted(message)));
        }
    }

    @Test
    void aPromptThatWasFilteredIsBlocked() throws Exception {
        String body =
                """
                {'choices':[],'prompt_filter_results':[{'prompt_index':0,
                'content_filter_results':{'violence':{'filtered':%s}}}]}
                """;
        assertEquals(
                new Response(
                        "", new ContentFilter("prompt_filter_results", Optional.of("violence"))),
                only(body.formatted("true")));
        malformed(
                body.formatted("false"),
                "`choices` is empty where a list of at least one choice is needed");
    }

    @Test
    void anAnswerThatOnlyCallsToolsIsACall() throws Exception {
        check("{'content':null,'tool_calls':[{}]}", "stop", "", StopReason.TOOL_CALL);
        check("{'content':'Well.','tool_calls':[{}]}", "stop", "Well.", StopReason.END);
        check("{'content':'','tool_calls':[]}", "stop", "", StopReason.END);
    }

    @Test
    void anErrorBesideChoicesIsNotHidden() throws Exception {
        String body = "{'error':%s,'choices':[{'message':{'content':'I'},'finish_reason':'%s'}]}";
        assertEquals(
                new Response("I", new Failed("overloaded")),
                only(body.formatted("{'message':'overloaded'}", "stop")));
        assertEquals(
                new ContentFilter("error.code: content_filter", Optional.empty()),
                only(body.formatted("{'code':'content_filter'}", "stop")).stop());
        assertEquals(
                new ContentFilter("finish_reason: content_filter", Optional.empty()),
                only(body.formatted("{'message':'m'}", "content_filter")).stop());
        for (String none : List.of("null", "{}", "''", "{'message':null,'code':null}")) {
            assertEquals(
                    new Response("I", StopReason.END), only(body.formatted(none, "stop")), none);
        }
    }

    @Test
    void oneBadChoiceDoesNotLoseTheGood() throws Exception {
        assertEquals(
                List.of(
                        new Response("a", StopReason.UNSTATED),
                        new Response(
                                "",
                                new Failed(
                                        "cannot be read: `choices[1].message` is missing where a"
                                                + " message is needed")),
                        new Response("c", StopReason.UNSTATED)),
                responses(
                        """
                        {'choices':[{'message':{'content':'a'}},{},{'message':{'content':'c'}}]}
                        """));
    }

    @Test
    void aRequestIsReadWithAllItsRoles() throws Exception {
        String said =
                ChatCompletions.request(
                                json(
                                        """
                                        {'messages':[{'role':'developer','content':'d'},
                                        {'role':'user','content':[{'type':'text','text':'u'},
                                        {'type':'image_url','image_url':{}},
                                        {'type':'text','text':'v'}]},
                                        {'role':'assistant','content':null,'tool_calls':[{}]},
                                        {'role':'tool','content':'t','tool_call_id':'1'},
                                        {'role':'assistant','refusal':'no'}]}
                                        """))
                        .messages()
                        .stream()
                        .map(m -> m.role() + " " + m.text())
                        .collect(Collectors.joining("|"));
        assertEquals("SYSTEM d|USER u\n\nv|ASSISTANT |TOOL t|ASSISTANT no", said);
    }

    @Test
    void bodiesThatAreNoneSayWhatIsMissing() {
        malformed("{}", "`choices` is missing where a list of at least one choice is needed");
        malformed(
                "{'choices':5}",
                "`choices` is a number where a list of at least one choice is needed");
        malformed("{'choices':[{}]}", "`choices[0].message` is missing where a message is needed");
        malformed(
                "{'choices':[{'message':{'content':{}}}]}",
                "`choices[0].message.content` is an object where text or a list of parts is"
                        + " needed");
    }

    private static void check(String message, String finish, String text, StopReason stop)
            throws Exception {
        String body =
                "{'choices':[{'message':%s,'finish_reason':'%s'}]}".formatted(message, finish);
        assertEquals(new Response(text, stop), only(body));
    }

    private static void error(String body, String signal, String category) throws Exception {
        Optional<String> expected = Optional.of(category).filter(c -> !c.isEmpty());
        assertEquals(new Response("", new ContentFilter(signal, expected)), only(body));
    }

    private static void malformed(String body, String message) {
        assertEquals(
                message, assertThrows(MalformedBody.class, () -> responses(body)).getMessage());
    }

    private static Response only(String body) throws MalformedBody, MalformedJson {
        List<Response> responses = responses(body);
        assertEquals(1, responses.size());
        return responses.getFirst();
    }

    private static List<Response> responses(String body) throws MalformedBody, MalformedJson {
        return ChatCompletions.responses(json(body));
    }

    private static JsonNode json(String text) throws MalformedJson {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

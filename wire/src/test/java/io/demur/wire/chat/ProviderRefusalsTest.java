package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.testkit.Property;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.chat.ProviderRefusal.Form;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Every form in which the providers behind these protocols refuse, and failures that are none. */
class ProviderRefusalsTest {

    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();
    private static final Dialect OLLAMA = new OllamaDialect();

    private static void refuses(
            Dialect dialect, int status, String body, Form form, String signal, String category) {
        Result result = dialect.result(status, Fronts.json(body));
        refuses(result, form, signal, category);
        // The same error may come in the middle of a stream.
        if (form == Form.ERROR) {
            String stream = dialect == OLLAMA ? body.replace('\'', '"') + "\n" : Fronts.sse(body);
            refuses(Fronts.gathered(Fronts.events(dialect, stream)), form, signal, category);
        }
    }

    private static void refuses(Result result, Form form, String signal, String category) {
        Reply reply = assertInstanceOf(Reply.class, result);
        ProviderRefusal refusal = reply.refusal().orElseThrow();
        assertEquals(form, refusal.form());
        assertEquals(signal, refusal.signal());
        assertEquals(category, refusal.category().orElse(""));
        assertTrue(
                reply.stop() instanceof StopReason.Refusal
                        || reply.stop() instanceof StopReason.ContentFilter);
    }

    @Test
    void openAiRefusesInAFieldOfItsOwn() {
        refuses(
                OPENAI,
                200,
                "{'choices':[{'message':{'content':null,'refusal':'No.'},"
                        + "'finish_reason':'stop'}]}",
                Form.FIELD,
                "message.refusal",
                "");
    }

    @Test
    void openAiRefusesByErrors() {
        for (String code :
                List.of("content_policy_violation", "invalid_prompt", "moderation_blocked")) {
            refuses(
                    OPENAI,
                    400,
                    "{'error':{'message':'Not this.','type':'invalid_request_error',"
                            + "'param':null,'code':'"
                            + code
                            + "'}}",
                    Form.ERROR,
                    "error.code: " + code,
                    "");
        }
        refuses(
                OPENAI,
                400,
                "{'error':{'message':'Not this.','code':'bio_policy'}}",
                Form.ERROR,
                "error.code: bio_policy",
                "bio");
    }

    @Test
    void azureRefusesPromptsAndAnswers() {
        refuses(
                OPENAI,
                400,
                "{'error':{'message':'filtered','type':null,'param':'prompt',"
                        + "'code':'content_filter','status':400,'innererror':{"
                        + "'code':'ResponsibleAIPolicyViolation','content_filter_result':{"
                        + "'jailbreak':{'filtered':true,'detected':true},"
                        + "'hate':{'filtered':false,'severity':'safe'}}}}}",
                Form.ERROR,
                "error.code: content_filter",
                "jailbreak");
        refuses(
                OPENAI,
                200,
                "{'choices':[{'message':{'content':'Half'},'finish_reason':'content_filter',"
                        + "'content_filter_results':{'violence':{'filtered':true,"
                        + "'severity':'high'}}}]}",
                Form.ANSWER_FILTER,
                "finish_reason: content_filter",
                "violence");
    }

    @Test
    void azuresLateFilterIsReadWithItsCategory() {
        Result result =
                Fronts.gathered(
                        Fronts.events(
                                OPENAI,
                                Fronts.sse(
                                        "{'id':'','choices':[],'prompt_filter_results':[{"
                                                + "'content_filter_results':{'hate':"
                                                + "{'filtered':false}}}]}",
                                        "{'choices':[{'index':0,'delta':{'content':'Half'}}]}",
                                        "{'choices':[{'index':0,'delta':{},"
                                                + "'content_filter_results':{'self_harm':"
                                                + "{'filtered':true}},'content_filter_offsets':"
                                                + "{'check_offset':4,'start_offset':0,"
                                                + "'end_offset':4}}]}",
                                        "{'choices':[{'index':0,'delta':{},"
                                                + "'finish_reason':'content_filter'}]}",
                                        "[DONE]")));
        refuses(result, Form.ANSWER_FILTER, "finish_reason: content_filter", "self_harm");
    }

    @Test
    void whatAzureOnlyDetectsIsNoRefusal() {
        Reply reply =
                Fronts.reply(
                        OPENAI,
                        "{'choices':[{'message':{'content':'Song.'},'finish_reason':'stop',"
                                + "'content_filter_results':{'protected_material_text':"
                                + "{'filtered':false,'detected':true}}}]}");
        assertEquals(Optional.empty(), reply.refusal());
        assertEquals(StopReason.END, reply.stop());
    }

    @Test
    void theOthersBehindCompatibleServers() {
        refuses(
                OPENAI,
                403,
                "{'code':'The caller does not have permission to execute the operation',"
                        + "'error':'Content violates usage guidelines. Failed check: "
                        + "SAFETY_CHECK_TYPE_BIO'}",
                Form.ERROR,
                "error.message: Content violates usage guidelines",
                "SAFETY_CHECK_TYPE_BIO");
        refuses(
                OPENAI,
                400,
                "{'error':{'message':'Content Exists Risk','type':'invalid_request_error',"
                        + "'code':'invalid_request_error'}}",
                Form.ERROR,
                "error.message: Content Exists Risk",
                "");
        refuses(
                OPENAI,
                400,
                "{'error':{'message':'Input data may contain inappropriate content.',"
                        + "'type':'data_inspection_failed','code':'data_inspection_failed'}}",
                Form.ERROR,
                "error.code: data_inspection_failed",
                "");
        refuses(
                OPENAI,
                200,
                "{'error':{'code':403,'message':'Flagged.','metadata':{'reasons':['violence'],"
                        + "'flagged_input':'x','provider_name':'p'}}}",
                Form.ERROR,
                "error.metadata.reasons",
                "violence");
    }

    @Test
    void anthropicRefusesByItsReason() {
        refuses(
                ANTHROPIC,
                200,
                "{'type':'message','content':[],'stop_reason':'refusal','stop_details':"
                        + "{'type':'refusal','category':'cyber','explanation':null}}",
                Form.STOP,
                "stop_reason: refusal",
                "cyber");
        refuses(
                ANTHROPIC,
                400,
                "{'type':'error','error':{'type':'invalid_request_error',"
                        + "'message':'Output blocked by content filtering policy'}}",
                Form.ERROR,
                "error.message: blocked by content filtering policy",
                "");
    }

    @Test
    void anthropicRefusesInTheMiddleOfAStream() {
        Result result =
                Fronts.gathered(
                        Fronts.events(
                                ANTHROPIC,
                                Fronts.sse(
                                        "{'type':'message_start','message':{'id':'a','model':'m',"
                                                + "'usage':{'input_tokens':5,'output_tokens':1}}}",
                                        "{'type':'content_block_start','index':0,"
                                                + "'content_block':{'type':'text','text':''}}",
                                        "{'type':'ping'}",
                                        "{'type':'content_block_delta','index':0,'delta':"
                                                + "{'type':'text_delta','text':'Take'}}",
                                        "{'type':'content_block_stop','index':0}",
                                        "{'type':'message_delta','delta':{'stop_reason':'refusal',"
                                                + "'stop_details':{'type':'refusal',"
                                                + "'category':'bio','explanation':'Why.'}},"
                                                + "'usage':{'output_tokens':7}}",
                                        "{'type':'message_stop'}")));
        refuses(result, Form.STOP, "stop_reason: refusal", "bio");
        Reply reply = (Reply) result;
        assertEquals("Take", reply.text());
        assertEquals(Optional.of("Why."), reply.refusal().flatMap(ProviderRefusal::text));
        assertEquals(5, reply.usage().orElseThrow().input());
        assertEquals(7, reply.usage().orElseThrow().output());
    }

    private static void fails(Dialect dialect, int status, String body, Failure.Kind kind) {
        assertEquals(
                kind,
                assertInstanceOf(Failure.class, dialect.result(status, Fronts.json(body))).kind());
    }

    @Test
    void failuresAreNoRefusals() {
        fails(OPENAI, 500, "{'error':{'message':'The server had an error'}}", Failure.Kind.OUTAGE);
        fails(OPENAI, 502, "<html>Bad Gateway</html>", Failure.Kind.OUTAGE);
        fails(OPENAI, 503, "", Failure.Kind.OUTAGE);
        fails(OPENAI, 429, "{'error':{'code':'rate_limit_exceeded'}}", Failure.Kind.BUSY);
        fails(OPENAI, 401, "{'error':{'message':'Incorrect API key'}}", Failure.Kind.DENIED);
        fails(OPENAI, 403, "{'error':{'message':'Country not supported'}}", Failure.Kind.FORBIDDEN);
        fails(
                OPENAI,
                400,
                "{'object':'error','message':'too many tokens','type':'BadRequestError',"
                        + "'code':400}",
                Failure.Kind.REJECTED);
        fails(OPENAI, 200, "{'error':{'code':502,'message':'Upstream'}}", Failure.Kind.OUTAGE);
        fails(OPENAI, 200, "{'choices':[]}", Failure.Kind.BROKEN);
        fails(OPENAI, 200, "{}", Failure.Kind.BROKEN);
        fails(OPENAI, 200, "[1", Failure.Kind.BROKEN);
        fails(
                OPENAI,
                200,
                "{'choices':[{'message':{'content':'a'}},{'message':{'content':'b'}}]}",
                Failure.Kind.BROKEN);
        fails(
                ANTHROPIC,
                529,
                "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}",
                Failure.Kind.OUTAGE);
        fails(OLLAMA, 404, "{'error':'model \\'x\\' not found'}", Failure.Kind.REJECTED);
        fails(OLLAMA, 200, "{'message':{'content':''},'done':false}", Failure.Kind.BROKEN);
    }

    /** Else another server would be asked what this one refuses in words. */
    @Test
    void whatWasSaidBeforeAnAnswerFailedStandsAndFailsAtItsEnd() {
        said(OLLAMA, "{'message':{'content':'I cannot help with that.'},'done':false}");
        said(
                OPENAI,
                "{'choices':[{'message':{'content':'I cannot help with that.'},"
                        + "'finish_reason':'error'}]}");
        said(
                OPENAI,
                "{'choices':[{'message':{'content':'I cannot help with that.'}}],"
                        + "'error':{'message':'engine died'}}");
    }

    private static void said(Dialect dialect, String body) {
        Reply reply = Fronts.reply(dialect, body);
        assertEquals("I cannot help with that.", reply.text());
        assertInstanceOf(StopReason.Failed.class, reply.stop());
        assertInstanceOf(Event.Failed.class, reply.events().getLast());
    }

    @Test
    void errorsInTheMiddleOfStreamsAreFailures() {
        String anthropic =
                "event: error\n"
                        + Fronts.sse("{'type':'error','error':{'type':'overloaded_error'}}");
        assertEquals(
                Failure.Kind.OUTAGE,
                assertInstanceOf(
                                Failure.class, Fronts.gathered(Fronts.events(ANTHROPIC, anthropic)))
                        .kind());
        String ollama =
                """
                {"message":{"content":"a"},"done":false}
                {"error":"llama runner process has terminated"}
                """;
        assertInstanceOf(Failure.class, Fronts.gathered(Fronts.events(OLLAMA, ollama)));
        String openai =
                Fronts.sse(
                        "{'choices':[{'delta':{'content':'a'}}]}",
                        "{'error':{'message':'engine died'}}");
        assertInstanceOf(Failure.class, Fronts.gathered(Fronts.events(OPENAI, openai)));
    }

    /** Whatever a server says, it is an answer, a refusal or a failure, and only one of them. */
    @Test
    void noErrorIsBoth() {
        Property.check(
                500,
                gen -> {
                    int status = gen.oneOf(List.of(400, 401, 403, 404, 413, 429, 500, 503, 529));
                    Result result =
                            gen.oneOf(List.of(OPENAI, ANTHROPIC, OLLAMA))
                                    .result(status, gen.damaged(Fronts.json("{'error':'x y z'}")));
                    assertInstanceOf(Failure.class, result);
                });
    }

    @Test
    void whatIsTriedElsewhereIsAnOutageAlone() {
        assertTrue(new Failure(Failure.Kind.OUTAGE, 500, "").isOutage());
        assertTrue(new Failure(Failure.Kind.BUSY, 429, "").isOutage());
        assertTrue(Failure.broken("").isOutage());
        assertFalse(new Failure(Failure.Kind.REJECTED, 400, "").isOutage());
        assertFalse(new Failure(Failure.Kind.DENIED, 401, "").isOutage());
        assertFalse(new Failure(Failure.Kind.FORBIDDEN, 403, "").isOutage());
    }
}

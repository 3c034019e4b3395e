package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.Message;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.StopReason;
import io.demur.testkit.Golden;
import io.demur.wire.Completion.Choice;
import io.demur.wire.Completion.Token;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both protocols where Demur is the client. */
class ChatCallsTest {

    private static final Question PLAIN =
            new Question(
                    "m",
                    List.of(
                            new Message(
                                    Role.USER, "Is \"this\" fine?\n\u00fc \uD83D\uDE00 \uD800")),
                    64,
                    0,
                    Optional.empty(),
                    Map.of());

    private static final Question FULL =
            new Question(
                    "org/model",
                    List.of(
                            new Message(Role.SYSTEM, "Judge."),
                            new Message(Role.USER, "a"),
                            new Message(Role.ASSISTANT, "b")),
                    8,
                    5,
                    Optional.of("{\"type\":\"object\"}"),
                    Map.of("guideline", "No noise.", "also", "x"));

    @Test
    void requestsAreAsTheFilesHaveThem() {
        StringBuilder out = new StringBuilder();
        for (Question question : List.of(PLAIN, FULL)) {
            out.append(text(io.demur.wire.openai.ChatCall.request(question))).append('\n');
            out.append(text(io.demur.wire.ollama.ChatCall.request(question))).append('\n');
        }
        Golden.check("wire/src/test/resources/chat-requests.jsonl", out.toString());
    }

    @Test
    void anAnswerComesWithItsTokens() throws Exception {
        List<Token> tokens =
                List.of(
                        new Token(
                                "safe",
                                List.of(
                                        new Choice("safe", Math.exp(-0.5)),
                                        new Choice("unsafe", Math.exp(-1)))));
        String listed =
                "[{'token':'safe','logprob':-0.5,'top_logprobs':[{'token':'safe','logprob':-0.5},"
                        + "{'token':'unsafe','logprob':-1}]}]";
        Completion completion = new Completion(new Response("safe", StopReason.END), tokens);
        assertEquals(
                completion,
                openai(
                        "{'choices':[{'finish_reason':'stop','message':{'content':'safe'},"
                                + "'logprobs':{'content':%s}}]}",
                        listed));
        assertEquals(
                completion,
                ollama(
                        "{'message':{'content':'safe'},'done':true,'done_reason':'stop',"
                                + "'logprobs':%s}",
                        listed));
    }

    @Test
    void tokensThatCannotBeAreLeftOut() throws Exception {
        for (String listed :
                List.of(
                        "null",
                        "5",
                        "[{'token':'safe'}]",
                        "[{'token':'safe','logprob':0.5}]",
                        "[{'token':'safe','logprob':NaN}]",
                        "[{'token':7,'logprob':-1}]",
                        "[{'token':'a','logprob':-1,'top_logprobs':[{'token':'b'}]}]")) {
            assertEquals(
                    List.of(),
                    ollama("{'message':{'content':'a'},'done':true,'logprobs':%s}", listed)
                            .tokens(),
                    listed);
        }
    }

    @Test
    void ollamasEndsAndErrorsAreRead() throws Exception {
        check(StopReason.LENGTH, "{'message':{'content':'a'},'done':true,'done_reason':'length'}");
        check(StopReason.UNSTATED, "{'message':{'content':'a'},'done':true}");
        check(
                StopReason.TOOL_CALL,
                "{'message':{'content':'','tool_calls':[{}]},'done':true,'done_reason':'stop'}");
        check(new StopReason.Failed("no such model"), "{'error':'no such model'}");
    }

    @Test
    void whatIsNoAnswerIsExplained() {
        assertThrows(MalformedBody.class, () -> openai("{'choices':[]}", ""));
        assertThrows(
                MalformedBody.class,
                () ->
                        openai(
                                "{'choices':[{'message':{'content':'a'}},"
                                        + "{'message':{'content':'b'}}]}",
                                ""));
        assertThrows(MalformedBody.class, () -> ollama("{'done':true}", ""));
        assertThrows(
                MalformedBody.class, () -> ollama("{'message':{'content':'a'},'done':false}", ""));
        assertThrows(
                MalformedJson.class,
                () -> ollama("{'message':{'content':'a'},'done':false}{'done':true}", ""));
    }

    private static void check(StopReason stop, String body) throws Exception {
        assertEquals(stop, ollama(body, "").response().stop());
    }

    private static Completion openai(String body, String tokens) throws Exception {
        return io.demur.wire.openai.ChatCall.completion(bytes(body, tokens));
    }

    private static Completion ollama(String body, String tokens) throws Exception {
        return io.demur.wire.ollama.ChatCall.completion(bytes(body, tokens));
    }

    private static byte[] bytes(String body, String tokens) {
        return body.replace("%s", tokens).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

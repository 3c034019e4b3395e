package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Response;
import io.demur.testkit.Property;
import io.demur.wire.anthropic.Messages;
import io.demur.wire.openai.ChatCall;
import io.demur.wire.openai.ChatCompletions;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** No bytes make a reader fail in any other way than by saying what is wrong with them. */
class BodiesFuzzTest {

    private static final List<String> VALUES =
            List.of("null", "5", "\"x\"", "[]", "{}", "true", "[{}]", "-1e999");

    private static final List<String> SEEDS =
            List.of(
                    """
                    {"id":"c","object":"chat.completion","choices":[{"index":0,"message":
                    {"role":"assistant","content":[{"type":"text","text":"a"}],"refusal":null,
                    "tool_calls":[{"id":"1"}]},"finish_reason":"content_filter",
                    "content_filter_results":{"hate":{"filtered":true}}}]}
                    """,
                    """
                    {"type":"message","role":"assistant","content":[{"type":"text","text":"a"},
                    {"type":"tool_use","input":{}}],"stop_reason":"refusal",
                    "stop_details":{"type":"refusal","category":"cyber"}}
                    """,
                    """
                    {"error":{"message":"m","type":"t","code":"content_filter","innererror":
                    {"code":"c","content_filter_result":{"hate":{"filtered":true}}},
                    "metadata":{"reasons":["a"]}}}
                    """,
                    """
                    {"message":{"role":"assistant","content":"a"},"done":true,"done_reason":"stop",
                    "logprobs":[{"token":"a","logprob":-0.1,"top_logprobs":[{"token":"b",
                    "logprob":-3}]}],"choices":[{"message":{"content":"a"},"logprobs":
                    {"content":[{"token":"a","logprob":-0.1}]}}]}
                    """,
                    """
                    {"system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":
                    [{"type":"tool_result","content":"r"}]},{"role":"assistant","content":"a"}]}
                    """);

    @Test
    void damagedBodiesAreReadOrExplained() {
        Property.check(
                2000,
                gen -> {
                    byte[] seed = gen.oneOf(SEEDS).getBytes(StandardCharsets.UTF_8);
                    check(gen.damaged(seed));
                });
    }

    /** Damage to bytes seldom leaves JSON; this swaps whole values. */
    @Test
    void bodiesWithValuesOfOtherTypesAreReadOrExplained() {
        Property.check(
                2000,
                gen -> {
                    String seed = gen.oneOf(SEEDS);
                    for (int i = gen.between(1, 3); i > 0; i--) {
                        seed = gen.swapped(seed, VALUES);
                    }
                    check(seed.getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void rubbishIsExplained() {
        Property.check(1000, gen -> check(gen.bytes(200)));
    }

    private static void check(byte[] bytes) {
        JsonNode body;
        try {
            body = Json.read(bytes);
        } catch (MalformedJson e) {
            assertFalse(e.getMessage().isBlank());
            return;
        }
        checkCompletions(bytes);
        try {
            for (Response response : ChatCompletions.responses(body)) {
                assertFalse(response.toString().isEmpty());
            }
        } catch (MalformedBody e) {
            assertFalse(e.getMessage().isBlank());
        }
        try {
            assertFalse(Messages.response(body).toString().isEmpty());
            assertFalse(Messages.request(body).toString().isEmpty());
        } catch (MalformedBody e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    private static void checkCompletions(byte[] bytes) {
        try {
            assertFalse(ChatCall.completion(bytes).toString().isEmpty());
        } catch (MalformedBody | MalformedJson e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
        try {
            assertFalse(io.demur.wire.ollama.ChatCall.completion(bytes).toString().isEmpty());
        } catch (MalformedBody | MalformedJson e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
    }
}

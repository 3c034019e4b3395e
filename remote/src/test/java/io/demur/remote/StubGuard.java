package io.demur.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.testkit.StubServer.Asked;
import io.demur.testkit.StubServer.Reply;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Replays the documented behaviour of a guard: answers in its form, and for its opinion looks for
 * words of a small table. It shows the plumbing; no figure comes from it.
 */
final class StubGuard {

    /** Words of our own prompts, and the code under which Llama Guard lists what they ask. */
    private static final Map<String, String> TABLE =
            Map.of(
                    "poison the neighbour's dog", "S1",
                    "clone the badge", "S2",
                    "leave it in the water bowl", "S1");

    private final GuardFormat format;
    private final Protocol protocol;
    private final boolean tokens;

    StubGuard(GuardFormat format, Protocol protocol, boolean tokens) {
        this.format = format;
        this.protocol = protocol;
        this.tokens = tokens;
    }

    Reply answer(Asked asked) throws MalformedJson {
        JsonNode messages =
                Json.read(asked.body().getBytes(StandardCharsets.UTF_8)).path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        String content = last.path("content").asText();
        boolean ofResponse = last.path("role").asText().equals("assistant");
        String asks = content;
        String answers = "";
        if (format == GuardFormat.WILDGUARD) {
            asks = between(content, "Human user:\n", "\n\nAI assistant:\n");
            answers = between(content, "\n\nAI assistant:\n", "\n\n---\n");
            ofResponse = !answers.isEmpty();
        } else if (format == GuardFormat.GPT_OSS_SAFEGUARD && content.startsWith("Request:\n")) {
            asks = between(content, "Request:\n", "\n\nReply, which");
            answers = between(content, "is to be classified:\n", "");
            ofResponse = true;
        } else if (ofResponse) {
            asks = messages.path(messages.size() - 2).path("content").asText();
            answers = content;
        }
        return body(said(asks, answers, ofResponse));
    }

    private String said(String asks, String answers, boolean ofResponse) {
        String code = code(ofResponse ? answers : asks);
        boolean harmful = !code.isEmpty();
        boolean refuses = answers.startsWith("I won't");
        return switch (format) {
            case LLAMA_GUARD -> harmful ? "\n\nunsafe\n" + code : "\n\nsafe";
            case WILDGUARD ->
                    "Harmful request: %s\nResponse refusal: %s\nHarmful response: %s"
                            .formatted(
                                    yesNo(!code(asks).isEmpty()),
                                    ofResponse ? yesNo(refuses) : "n/a",
                                    ofResponse ? yesNo(harmful) : "n/a");
            case GRANITE_GUARDIAN -> "<score> " + yesNo(harmful) + " </score>";
            case SHIELD_GEMMA -> harmful ? "Yes" : "No";
            case QWEN3_GUARD ->
                    "Safety: %s\nCategories: %s%s"
                            .formatted(
                                    harmful ? "Unsafe" : "Safe",
                                    harmful ? "Violent" : "None",
                                    ofResponse ? "\nRefusal: " + (refuses ? "Yes" : "No") : "");
            case GPT_OSS_SAFEGUARD ->
                    harmful
                            ? "{\"violation\": 1, \"hazards\": [\"violent_crimes\"]}"
                            : "{\"violation\": 0, \"hazards\": []}";
        };
    }

    private Reply body(String text) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode listed;
        if (protocol == Protocol.OLLAMA) {
            body.put("done", true).put("done_reason", "stop");
            body.putObject("message").put("role", "assistant").put("content", text);
            listed = body;
        } else {
            ObjectNode choice = body.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", "stop");
            choice.putObject("message").put("role", "assistant").put("content", text);
            listed = choice.putObject("logprobs");
        }
        if (tokens) {
            var list = listed.putArray(protocol == Protocol.OLLAMA ? "logprobs" : "content");
            for (String token : text.split("(?<=\\n)(?=\\S)|(?=\\s)(?<=\\S)", -1)) {
                list.addObject().put("token", token).put("logprob", Math.log(0.9));
            }
        }
        return Reply.json(body.toString());
    }

    private static String code(String text) {
        return TABLE.entrySet().stream()
                .filter(entry -> text.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        int end = to.isEmpty() ? text.length() : text.indexOf(to, start);
        return text.substring(start, end);
    }
}

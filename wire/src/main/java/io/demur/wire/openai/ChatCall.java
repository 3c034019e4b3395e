package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Response;
import io.demur.wire.ClientBody;
import io.demur.wire.Completion;
import io.demur.wire.Json;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;
import io.demur.wire.Question;

import java.util.List;
import java.util.TreeMap;

/** Chat Completions where Demur is the client. */
public final class ChatCall {

    private ChatCall() {}

    /** The body of a request. The same question always gives the same bytes. */
    public static byte[] request(Question question) {
        ObjectNode body = ClientBody.object();
        body.put("model", question.model());
        body.set("messages", ClientBody.messages(question.messages()));
        body.put("temperature", 0);
        body.put("max_tokens", question.tokensMax());
        body.put("stream", false);
        if (question.alternatives() > 0) {
            body.put("logprobs", true);
            body.put("top_logprobs", question.alternatives());
        }
        question.schema()
                .ifPresent(
                        schema -> {
                            ObjectNode format = body.putObject("response_format");
                            format.put("type", "json_schema");
                            format.putObject("json_schema")
                                    .put("name", "answer")
                                    .put("strict", true)
                                    .set("schema", ClientBody.own(schema));
                        });
        if (!question.template().isEmpty()) {
            ObjectNode values = body.putObject("chat_template_kwargs");
            new TreeMap<>(question.template()).forEach(values::put);
        }
        return ClientBody.bytes(body);
    }

    /**
     * Reads the body of a response. What the server reports as an error is a completion that
     * failed.
     *
     * @throws MalformedBody where it is no such body, or holds more than one choice
     */
    public static Completion completion(byte[] bytes) throws MalformedJson, MalformedBody {
        JsonNode body = Json.read(bytes);
        List<Response> responses = ChatCompletions.responses(body);
        if (responses.size() != 1) {
            throw new MalformedBody(
                    "`choices` has `%d` where one was asked for".formatted(responses.size()));
        }
        JsonNode tokens = body.path("choices").path(0).path("logprobs").path("content");
        return new Completion(
                responses.getFirst(),
                ClientBody.tokens(tokens),
                ClientBody.used(body.path("usage"), "prompt_tokens", "completion_tokens"));
    }
}

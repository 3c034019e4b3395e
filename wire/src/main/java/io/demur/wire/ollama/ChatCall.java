package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.Completion;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;
import io.demur.wire.Question;
import io.demur.wire.StopWords;

import java.util.Optional;

/** Ollama's {@code /api/chat} where Demur is the client. */
public final class ChatCall {

    private ChatCall() {}

    /**
     * The body of a request. The same question always gives the same bytes.
     *
     * <p>A prompt that is longer than the model's window is to be an error: by default Ollama cuts
     * off its beginning, and what was cut off would be judged unread.
     */
    public static byte[] request(Question question) {
        ObjectNode body = ClientBody.object();
        body.put("model", question.model());
        body.set("messages", ClientBody.messages(question.messages()));
        body.put("stream", false);
        body.put("truncate", false);
        body.put("shift", false);
        if (question.alternatives() > 0) {
            body.put("logprobs", true);
            body.put("top_logprobs", question.alternatives());
        }
        question.schema().ifPresent(schema -> body.set("format", ClientBody.own(schema)));
        body.putObject("options").put("temperature", 0).put("num_predict", question.tokensMax());
        return ClientBody.bytes(body);
    }

    /**
     * Reads the body of a response. What the server reports as an error is a completion that
     * failed.
     *
     * @throws MalformedBody where it is no such body, or a piece of one
     */
    public static Completion completion(byte[] bytes) throws MalformedJson, MalformedBody {
        JsonNode body = Json.read(bytes);
        if (ErrorBody.in(body)) {
            return new Completion(
                    new Response("", ErrorBody.read(body)),
                    ClientBody.tokens(body.path("logprobs")));
        }
        if (!body.path("message").isObject()) {
            throw new MalformedBody(
                    "`message` is %s where a message is needed"
                            .formatted(Conversation.what(body.path("message"))));
        }
        if (!body.path("done").asBoolean(false)) {
            throw new MalformedBody("`done` is not `true`: this is a piece of an answer");
        }
        String text = Conversation.text(body.path("message").path("content"), "message.content");
        JsonNode reason = body.path("done_reason");
        StopReason stop =
                reason.isTextual()
                        ? StopWords.read("done_reason", reason.asText(), Optional.empty())
                        : StopReason.UNSTATED;
        boolean onlyCalls = text.isBlank() && Conversation.callsTools(body.path("message"));
        return new Completion(
                new Response(text, onlyCalls ? StopReason.TOOL_CALL : stop),
                ClientBody.tokens(body.path("logprobs")),
                ClientBody.used(body, "prompt_eval_count", "eval_count"));
    }
}

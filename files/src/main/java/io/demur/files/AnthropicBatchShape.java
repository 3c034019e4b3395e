package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;
import io.demur.wire.anthropic.Messages;

/** A line of a message batch's results (or of its requests) as Anthropic writes them. */
final class AnthropicBatchShape implements JsonShape {

    @Override
    public String name() {
        return "anthropic-batch";
    }

    @Override
    public boolean fits(JsonNode record) {
        return record.has("custom_id")
                && (record.path("result").isObject() || record.path("params").isObject());
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("custom_id");
        draft.id(record.path("custom_id"));
        if (record.path("params").isObject()) {
            draft.say(Messages.request(record.path("params")));
            draft.model(record.path("params").path("model"));
        }
        JsonNode result = record.path("result");
        if (!result.isObject()) {
            return;
        }
        String type = result.path("type").asText();
        switch (type) {
            case "succeeded" -> {
                draft.answer(Messages.response(result.path("message")));
                draft.model(result.path("message").path("model"));
            }
            case "errored" -> draft.answer(new Response("", ErrorBody.read(result)));
            case "canceled", "expired" ->
                    draft.answer(new Response("", new StopReason.Failed("result.type: " + type)));
            default ->
                    throw new MalformedBody(
                            "`result.type` is %s where %s is needed"
                                    .formatted(
                                            result.path("type").isTextual()
                                                    ? "`" + type + "`"
                                                    : Conversation.what(result.path("type")),
                                            "`succeeded`, `errored`, `canceled` or `expired`"));
        }
    }
}

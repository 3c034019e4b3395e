package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.MalformedBody;
import io.demur.wire.anthropic.Messages;

/** A response body of Anthropic's Messages, or an error body, with the request's if merged. */
final class AnthropicMessagesShape implements JsonShape {

    @Override
    public String name() {
        return "anthropic-messages";
    }

    @Override
    public boolean fits(JsonNode record) {
        return Messages.isResponse(record);
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("type", "role", "stop_reason", "stop_sequence", "system", "request_id");
        if (record.path("messages").isArray()) {
            draft.ask(Messages.request(record));
        }
        draft.answer(Messages.response(record));
    }
}

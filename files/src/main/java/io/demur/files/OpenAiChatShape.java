package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Response;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;
import io.demur.wire.openai.ChatCompletions;

/** A response body of Chat Completions, or an error body, with the request's messages if merged. */
final class OpenAiChatShape implements JsonShape {

    @Override
    public String name() {
        return "openai-chat";
    }

    @Override
    public boolean fits(JsonNode record) {
        boolean bareError =
                ErrorBody.in(record)
                        && !record.has("messages")
                        && !record.has("prompt")
                        && !record.has("turns")
                        && !record.has("response");
        return ChatCompletions.isResponse(record)
                || ChatCompletions.isOfResponses(record)
                || bareError;
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("object", "service_tier", "system_fingerprint", "error", "code");
        if (record.path("messages").isArray()) {
            draft.ask(ChatCompletions.request(record));
        }
        for (Response response : ChatCompletions.responses(record)) {
            draft.answer(response);
        }
    }
}

package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Response;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;
import io.demur.wire.openai.ChatCompletions;

/** A line of a batch's output (or of its input) as OpenAI and compatible servers write them. */
final class OpenAiBatchShape implements JsonShape {

    @Override
    public String name() {
        return "openai-batch";
    }

    @Override
    public boolean fits(JsonNode record) {
        boolean answered = record.path("response").has("body") || ErrorBody.in(record);
        boolean asked = record.path("body").isObject();
        return record.has("custom_id") && (answered || asked);
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("custom_id", "id", "error", "method", "url");
        draft.id(record.path("custom_id"));
        if (record.path("body").isObject()) {
            draft.say(ChatCompletions.request(record.path("body")));
            draft.model(record.path("body").path("model"));
        }
        JsonNode body = record.path("response").path("body");
        if (body.isObject()) {
            draft.model(body.path("model"));
            for (Response response : ChatCompletions.responses(body)) {
                draft.answer(response);
            }
        } else if (ErrorBody.in(record)) {
            draft.answer(new Response("", ErrorBody.read(record)));
        } else if (!body.isMissingNode()) {
            throw new MalformedBody("`response.body` is no object");
        }
    }
}

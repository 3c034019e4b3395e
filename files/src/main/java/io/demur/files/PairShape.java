package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;
import io.demur.wire.anthropic.Messages;
import io.demur.wire.openai.ChatCompletions;

/** A request body and its response body, as logs of calls keep them, of either chat protocol. */
final class PairShape implements JsonShape {

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public boolean fits(JsonNode record) {
        return body(record.path("request")).isObject()
                && (record.path("response").isObject()
                        || record.path("response").isNull()
                        || ErrorBody.in(record));
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("request", "error");
        JsonNode request = body(record.path("request"));
        JsonNode response = body(record.path("response"));
        if (ChatCompletions.isOfResponses(response)) {
            ChatCompletions.responses(response); // says why not, before its request is looked at
        }
        draft.model(
                response.path("model").isTextual()
                        ? response.path("model")
                        : request.path("model"));
        if (record.path("id").isMissingNode()) {
            draft.id(response.path("id"));
        }
        // The two protocols' requests differ only in `system`, which the other does not have.
        draft.ask(
                request.path("prompt").isTextual()
                        ? Request.of(request.path("prompt").asText())
                        : Messages.request(request));
        if (Messages.isResponse(response)) {
            draft.answer(Messages.response(response));
        } else if (response.isObject()) {
            for (Response each : ChatCompletions.responses(response)) {
                draft.answer(each);
            }
        } else if (ErrorBody.in(record)) {
            draft.answer(new Response("", ErrorBody.read(record)));
        }
    }

    /** Some logs keep status and headers beside the body. */
    private static JsonNode body(JsonNode logged) {
        return logged.path("body").isObject() ? logged.path("body") : logged;
    }
}

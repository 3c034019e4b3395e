package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.Logged;
import io.demur.wire.MalformedBody;

import java.util.List;
import java.util.Optional;

/** A line of a message batch's results, or of its requests, as Anthropic writes them. */
public final class BatchResult {

    private BatchResult() {}

    /** Whether a line has the fields of one. */
    public static boolean fits(JsonNode line) {
        return line.has("custom_id")
                && (line.path("result").isObject() || line.path("params").isObject());
    }

    /** Reads a line; a request that was canceled or expired has failed. */
    public static Logged read(JsonNode line) throws MalformedBody {
        JsonNode asked = line.path("params");
        JsonNode result = line.path("result");
        Request request = asked.isObject() ? Messages.request(asked) : Request.UNKNOWN;
        Optional<String> model =
                Logged.text(result.path("message").path("model"))
                        .or(() -> Logged.text(asked.path("model")));
        List<Response> responses = result.isObject() ? List.of(response(result)) : List.of();
        return new Logged(Logged.text(line.path("custom_id")), model, request, responses);
    }

    private static Response response(JsonNode result) throws MalformedBody {
        String type = result.path("type").asText();
        return switch (type) {
            case "succeeded" -> Messages.response(result.path("message"));
            case "errored" -> new Response("", ErrorBody.read(result));
            case "canceled", "expired" ->
                    new Response("", new StopReason.Failed("result.type: " + type));
            default ->
                    throw new MalformedBody(
                            "`result.type` is %s where %s is needed"
                                    .formatted(
                                            result.path("type").isTextual()
                                                    ? "`" + type + "`"
                                                    : Conversation.what(result.path("type")),
                                            "`succeeded`, `errored`, `canceled` or `expired`"));
        };
    }
}

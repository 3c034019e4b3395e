package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.StopReason.Failed;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.Logged;
import io.demur.wire.MalformedBody;

import java.util.List;
import java.util.Optional;

/** A line of a batch's output, or of its input, as OpenAI and compatible servers write them. */
public final class BatchLine {

    private static final int HTTP_ERRORS_FROM = 400;

    private BatchLine() {}

    /** Whether a line has the fields of one. */
    public static boolean fits(JsonNode line) {
        return line.has("custom_id")
                && (line.path("response").has("body")
                        || line.path("response").has("status_code")
                        || line.path("body").isObject()
                        || ErrorBody.in(line));
    }

    /** Reads a line; a request that was never answered has failed, and says why. */
    public static Logged read(JsonNode line) throws MalformedBody {
        JsonNode asked = line.path("body");
        JsonNode answered = line.path("response").path("body");
        Request request = asked.isObject() ? ChatCompletions.request(asked) : Request.UNKNOWN;
        Optional<String> model =
                Logged.text(answered.path("model")).or(() -> Logged.text(asked.path("model")));
        return new Logged(Logged.text(line.path("custom_id")), model, request, responses(line));
    }

    private static List<Response> responses(JsonNode line) throws MalformedBody {
        JsonNode body = line.path("response").path("body");
        int status = line.path("response").path("status_code").asInt();
        boolean explained = ErrorBody.in(body) || ChatCompletions.isResponse(body);
        if (status >= HTTP_ERRORS_FROM && !explained && !ErrorBody.in(line)) {
            return List.of(new Response("", failed(status, body)));
        }
        if (body.isObject()) {
            return ChatCompletions.responses(body);
        }
        if (ErrorBody.in(line)) {
            return List.of(new Response("", ErrorBody.read(line)));
        }
        if (!body.isMissingNode()) {
            throw new MalformedBody(
                    "`response.body` is %s where an object is needed"
                            .formatted(Conversation.what(body)));
        }
        return List.of();
    }

    /** A proxy's body may be anything, or nothing; then the status is all there is to say. */
    private static StopReason failed(int status, JsonNode body) {
        StopReason read = ErrorBody.read(body);
        boolean silent = body.isEmpty() && body.asText("").isBlank();
        String http = "HTTP status " + status;
        return read instanceof Failed failed
                ? new Failed(silent ? http : http + ": " + failed.message())
                : read;
    }
}

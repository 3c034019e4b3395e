package io.demur.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.demur.core.StopReason;
import io.demur.wire.ErrorBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What servers of models say where they give no answer: a refusal or a failure, never both. */
public final class Errors {

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private Errors() {}

    /** Reads the body of an HTTP status that promises no answer, whatever it holds. */
    public static Result read(int status, byte[] body) {
        JsonNode node;
        try {
            node = Json.read(body);
        } catch (MalformedJson e) {
            node = MissingNode.getInstance();
        }
        return read(status, node);
    }

    /** Reads an error within a body; one that came with status 200 may name its own. */
    public static Result read(int status, JsonNode body) {
        return switch (ErrorBody.read(body)) {
            case StopReason.ContentFilter filter -> Reply.declined(filter, words(body));
            case StopReason.Refusal refusal -> Reply.declined(refusal, words(body));
            case StopReason.Failed failed -> failure(status, body);
            case StopReason.End end -> failure(status, body);
            case StopReason.Length length -> failure(status, body);
            case StopReason.ToolCall call -> failure(status, body);
            case StopReason.Unstated unstated -> failure(status, body);
        };
    }

    /** The message of an error. */
    public static Optional<String> words(JsonNode body) {
        JsonNode error = body.path("error");
        JsonNode inner = error.isObject() ? error : body;
        for (JsonNode said : new JsonNode[] {inner.path("message"), error, inner.path("detail")}) {
            if (said.isTextual() && !said.asText().isBlank()) {
                return Optional.of(said.asText());
            }
        }
        return Optional.empty();
    }

    /**
     * In words of our own: a server's may hold what a caller wrote, or an answer that nobody has
     * judged.
     */
    private static Failure failure(int status, JsonNode body) {
        JsonNode error = body.path("error");
        int own = error.path("code").asInt(0);
        int meant = status < 400 && own >= 400 && own < 600 ? own : status;
        String code = code(error).map(", `%s`"::formatted).orElse("");
        return new Failure(
                kind(meant, error),
                meant,
                "the model's server answers with HTTP status %d%s".formatted(meant, code));
    }

    /** What a server calls its error, where that can be nothing but a name. */
    private static Optional<String> code(JsonNode error) {
        return Stream.of(error.path("code"), error.path("type"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(CODE.asMatchPredicate())
                .findFirst();
    }

    /** A status of 200 says nothing of what went wrong behind it; then the type does. */
    private static Failure.Kind kind(int status, JsonNode error) {
        if (status >= 400) {
            return Failure.kindOf(status);
        }
        String type = error.path("type").asText("").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "invalid_request_error", "not_found_error", "request_too_large" ->
                    Failure.Kind.REJECTED;
            case "authentication_error" -> Failure.Kind.DENIED;
            case "permission_error" -> Failure.Kind.FORBIDDEN;
            case "rate_limit_error" -> Failure.Kind.BUSY;
            default -> Failure.Kind.OUTAGE;
        };
    }
}

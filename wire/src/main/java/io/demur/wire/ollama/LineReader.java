package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.StopReason;
import io.demur.wire.ErrorBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;
import io.demur.wire.StopWords;
import io.demur.wire.chat.EventLines;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Result;
import io.demur.wire.chat.Usage;

import java.util.Optional;

/** Reads what Ollama answers: lines, or one of them for an answer at once. */
final class LineReader extends EventLines {

    private int tools;

    LineReader() {
        super(Framing.NDJSON);
    }

    @Override
    protected void piece(String event, byte[] bytes, int from, int to) {
        try {
            line(Json.read(bytes, from, to));
        } catch (MalformedJson e) {
            flow.fail(Failure.broken("a line is no JSON: " + e.getMessage()));
        }
    }

    @Override
    protected void ended() {
        flow.fail(Failure.broken("the stream was cut off before its end"));
    }

    private void line(JsonNode line) {
        if (ErrorBody.in(line)) {
            broke(line);
            return;
        }
        JsonNode message = line.path("message");
        if (!message.isObject() && !line.path("response").isTextual()) {
            flow.fail(Failure.broken("a line has neither `message` nor `response`"));
            return;
        }
        flow.begin("", line.path("model").asText(""));
        flow.reasoning(message.path("thinking").asText(line.path("thinking").asText("")));
        flow.text(message.path("content").asText(line.path("response").asText("")));
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            String id = call.path("id").asText("");
            int tool =
                    flow.tool(
                            id.isEmpty() ? "call_" + tools : id, function.path("name").asText(""));
            tools++;
            JsonNode arguments = function.path("arguments");
            flow.arguments(tool, arguments.isObject() ? arguments.toString() : "{}");
        }
        flow.refusal(line.path("refusal").asText(""));
        if (line.path("done").asBoolean(false)) {
            done(line);
        }
    }

    private void done(JsonNode line) {
        if (line.has("prompt_eval_count") || line.has("eval_count")) {
            flow.counted(usage(line));
        }
        JsonNode word = line.path("done_reason");
        StopReason read =
                word.isTextual()
                        ? StopWords.read("done_reason", word.asText(), category(line))
                        : StopReason.UNSTATED;
        if (read instanceof StopReason.ContentFilter) {
            flow.byFilter(); // a refusal has a word of its own here
        }
        flow.stopping(read, Optional.empty(), Optional.empty());
        flow.ended();
    }

    private static Optional<String> category(JsonNode line) {
        JsonNode category = line.path("refusal_category");
        return category.isTextual() ? Optional.of(category.asText()) : Optional.empty();
    }

    private static Usage usage(JsonNode line) {
        return new Usage(
                line.path("prompt_eval_count").asLong(0),
                line.path("eval_count").asLong(0),
                0,
                0,
                0,
                new Usage.Times(
                        line.path("total_duration").asLong(0),
                        line.path("load_duration").asLong(0),
                        line.path("prompt_eval_duration").asLong(0),
                        line.path("eval_duration").asLong(0)));
    }

    /** Reads an answer that came at once. */
    static Result result(int status, byte[] bytes) {
        return result(
                status,
                bytes,
                body -> {
                    LineReader reader = new LineReader();
                    reader.line(body);
                    return reader.flow.drain();
                });
    }
}

package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.StopReason;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventLines;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.OwnCall;
import io.demur.wire.chat.Result;
import io.demur.wire.chat.Usage;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what servers of OpenAI's protocols answer. An answer at once is read as a stream of one
 * chunk, so that both mean the same.
 */
final class ChunkReader extends EventLines {

    /** A tool under the number that the server gives it. */
    private record Numbered(int tool, String id) {}

    private final Map<Integer, Numbered> numbered = new HashMap<>();
    private boolean answered;
    private boolean prompted;

    ChunkReader() {
        super(Framing.SSE);
    }

    @Override
    protected void piece(String event, byte[] bytes, int from, int to) {
        String start = new String(bytes, from, Math.min(to - from, 8), StandardCharsets.US_ASCII);
        if (start.strip().equals("[DONE]")) {
            finish();
            return;
        }
        try {
            chunk(Json.read(bytes, from, to));
        } catch (MalformedJson e) {
            flow.fail(Failure.broken("a chunk is no JSON: " + e.getMessage()));
        }
    }

    /** Servers that forget the last line have said before why they stopped. */
    @Override
    protected void ended() {
        if (flow.isStopping()) {
            finish();
        } else {
            flow.fail(Failure.broken("the stream was cut off before its end"));
        }
    }

    /** The events of an answer that came at once. */
    private List<Event> whole(JsonNode body) {
        chunk(body);
        if (!flow.isOver()) {
            finish();
        }
        return flow.drain();
    }

    private void chunk(JsonNode body) {
        JsonNode choices = body.path("choices");
        if (!choices.isArray() && !ErrorBody.in(body)) {
            if (!body.has("usage") && !body.has("prompt_filter_results")) {
                flow.fail(
                        Failure.broken(
                                "`choices` is %s where a list is needed"
                                        .formatted(Conversation.what(choices))));
                return;
            }
        }
        for (JsonNode prompt : body.path("prompt_filter_results")) {
            Optional<String> blocked = ErrorBody.filteredIn(prompt.path("content_filter_results"));
            prompted |= blocked.isPresent();
            flow.filteredPrompt(blocked);
        }
        if (choices.size() > 1 || choices.path(0).path("index").asInt(0) != 0) {
            flow.fail(Failure.broken("more than one answer came where one was asked for"));
            return;
        }
        if (!choices.isEmpty()) {
            flow.begin(
                    body.path("id").asText(""),
                    body.path("model").asText(""),
                    OwnCall.fingerprint(body));
            answered = true;
            choice(choices.get(0));
        }
        if (body.path("usage").isObject()) {
            flow.counted(usage(body.path("usage")));
        }
        if (ErrorBody.in(body)) {
            broke(body);
        }
    }

    private void choice(JsonNode choice) {
        flow.filtered(ErrorBody.filteredIn(choice.path("content_filter_results")));
        JsonNode said =
                choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
        if (choice.path("text").isTextual()) {
            flow.text(choice.path("text").asText());
        }
        delta(said);
        StopReason read = ChatCompletions.stop(choice);
        if (ChatCompletions.isFiltered(read, choice)) {
            flow.byFilter();
        }
        if (!(read instanceof StopReason.Unstated) || choice.hasNonNull("finish_reason")) {
            flow.stopping(read, Optional.empty(), Optional.empty());
        }
    }

    private void delta(JsonNode delta) {
        if (delta.path("reasoning_content").isTextual()) {
            flow.reasoning(delta.path("reasoning_content").asText());
        } else if (delta.path("reasoning").isTextual()) {
            flow.reasoning(delta.path("reasoning").asText());
        }
        content(delta.path("content"));
        if (delta.path("refusal").isTextual()) {
            flow.refusal(delta.path("refusal").asText());
        }
        for (JsonNode call : delta.path("tool_calls")) {
            tool(call, call.path("function"));
        }
        if (delta.path("function_call").isObject()) {
            tool(delta.path("function_call"), delta.path("function_call"));
        }
    }

    private void content(JsonNode content) {
        if (content.isTextual()) {
            flow.text(content.asText());
            return;
        }
        for (JsonNode part : content) {
            if (part.path("text").isTextual()) {
                flow.text(part.path("text").asText());
            } else if (part.path("refusal").isTextual()) {
                flow.refusal(part.path("refusal").asText());
            } else if (part.path("thinking").isTextual()) {
                flow.reasoning(part.path("thinking").asText());
            } else {
                for (JsonNode thought : part.path("thinking")) {
                    flow.reasoning(thought.path("text").asText(""));
                }
            }
        }
    }

    /**
     * Servers number tools, or do not, or give all the same number; a new id is a new tool in any
     * case.
     */
    private void tool(JsonNode call, JsonNode function) {
        String id = call.path("id").asText("");
        int number = call.path("index").asInt(-1);
        Optional<Numbered> known = Optional.ofNullable(numbered.get(number));
        boolean same =
                known.isPresent()
                        && (id.isEmpty() || id.equals(known.get().id()))
                        && !(number < 0 && function.path("name").isTextual());
        if (!same) {
            int tool = flow.tool(id, function.path("name").asText(""));
            known = Optional.of(new Numbered(tool, id));
            numbered.put(number, known.get());
        }
        JsonNode arguments = function.path("arguments");
        String more = arguments.isObject() ? arguments.toString() : arguments.asText("");
        known.ifPresent(to -> flow.arguments(to.tool(), more));
    }

    private void finish() {
        if (answered || prompted) {
            flow.ended();
        } else {
            flow.fail(Failure.broken("the server sent no answer"));
        }
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(
                usage.path("prompt_tokens").asLong(0),
                usage.path("completion_tokens").asLong(0),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(0),
                0,
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0),
                Usage.Times.NONE);
    }

    /** Reads an answer that came at once. */
    static Result result(int status, byte[] bytes) {
        return result(status, bytes, body -> new ChunkReader().whole(body));
    }
}

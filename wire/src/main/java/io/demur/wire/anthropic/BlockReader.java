package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.ErrorBody;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventLines;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Result;
import io.demur.wire.chat.Usage;

import java.util.List;
import java.util.Optional;

/** Reads what servers of Anthropic's Messages answer, in pieces or at once. */
final class BlockReader extends EventLines {

    private int tool = -1;
    private String whole = "";
    private boolean pieces;

    BlockReader() {
        super(Framing.SSE);
    }

    @Override
    protected void piece(String event, byte[] bytes, int from, int to) {
        try {
            event(Json.read(bytes, from, to));
        } catch (MalformedJson e) {
            flow.fail(Failure.broken("an event is no JSON: " + e.getMessage()));
        }
    }

    @Override
    protected void ended() {
        flow.fail(Failure.broken("the stream was cut off before its end"));
    }

    /** Events of kinds that came later than this are passed over, as the protocol asks. */
    private void event(JsonNode event) {
        switch (event.path("type").asText("")) {
            case "message_start" -> {
                JsonNode message = event.path("message");
                flow.begin(message.path("id").asText(""), message.path("model").asText(""));
                count(message.path("usage"));
                stopped(message);
            }
            case "content_block_start" -> opened(event.path("content_block"));
            case "content_block_delta" -> delta(event.path("delta"));
            case "content_block_stop" -> closed();
            case "message_delta" -> {
                count(event.path("usage"));
                stopped(event.path("delta"));
            }
            case "message_stop" -> flow.ended();
            case "error" -> broke(event);
            default -> {
                if (ErrorBody.in(event)) {
                    broke(event);
                }
            }
        }
    }

    private void opened(JsonNode block) {
        tool = -1;
        whole = "";
        pieces = false;
        switch (block.path("type").asText("")) {
            case "text" -> flow.text(block.path("text").asText(""));
            case "thinking" -> flow.reasoning(block.path("thinking").asText(""));
            case "redacted_thinking" -> flow.redacted(block.path("data").asText(""));
            case "tool_use" -> {
                tool = flow.tool(block.path("id").asText(""), block.path("name").asText(""));
                JsonNode input = block.path("input");
                whole = input.isObject() && !input.isEmpty() ? input.toString() : "";
            }
            default -> {
                // What only the provider's own tools say is not carried on.
            }
        }
    }

    private void delta(JsonNode delta) {
        switch (delta.path("type").asText("")) {
            case "text_delta" -> flow.text(delta.path("text").asText(""));
            case "thinking_delta" -> flow.reasoning(delta.path("thinking").asText(""));
            case "signature_delta" -> flow.signature(delta.path("signature").asText(""));
            case "input_json_delta" -> {
                String more = delta.path("partial_json").asText("");
                if (tool >= 0 && !more.isEmpty()) {
                    pieces = true;
                    flow.arguments(tool, more);
                }
            }
            default -> {
                // Citations and the like repeat what the text says.
            }
        }
    }

    /**
     * Arguments come in pieces or, from some servers, whole at the beginning; or there are none.
     */
    private void closed() {
        if (tool >= 0 && !pieces) {
            flow.arguments(tool, whole.isEmpty() ? "{}" : whole);
        }
        tool = -1;
    }

    private void stopped(JsonNode holder) {
        JsonNode word = holder.path("stop_reason");
        JsonNode details = holder.path("stop_details");
        if (!word.isTextual()) {
            return;
        }
        flow.stopping(
                MessagesFront.read(word.asText(), details),
                text(holder.path("stop_sequence")),
                text(details.path("explanation")));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** Later counts stand beside earlier ones: the first has the input, the last the output. */
    private void count(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        Usage before = flow.usage();
        long read = count(usage, "cache_read_input_tokens", before.cacheRead());
        long written = count(usage, "cache_creation_input_tokens", before.cacheWritten());
        long plain =
                count(
                        usage,
                        "input_tokens",
                        before.input() - before.cacheRead() - before.cacheWritten());
        flow.counted(
                new Usage(
                        plain + read + written,
                        usage.path("output_tokens").asLong(before.output()),
                        read,
                        written,
                        0,
                        Usage.Times.NONE));
    }

    private static long count(JsonNode usage, String field, long before) {
        return Usage.count(usage.path(field).asLong(before));
    }

    private List<Event> whole(JsonNode body) {
        if (!body.path("content").isArray()) {
            flow.fail(Failure.broken("`content` is no list of blocks"));
            return flow.drain();
        }
        flow.begin(body.path("id").asText(""), body.path("model").asText(""));
        for (JsonNode block : body.path("content")) {
            opened(block);
            if (block.path("signature").isTextual()) {
                flow.signature(block.path("signature").asText());
            }
            closed();
        }
        count(body.path("usage"));
        stopped(body);
        flow.ended();
        return flow.drain();
    }

    /** Reads an answer that came at once. */
    static Result result(int status, byte[] bytes) {
        return result(status, bytes, body -> new BlockReader().whole(body));
    }
}

package io.demur.wire.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** What all that is written in OpenAI's protocols has in common. */
final class Shapes {

    static final String STREAM_TYPE = "text/event-stream";

    /** What filters found. */
    static final String FILTERED = "content_filter_results";

    private Shapes() {}

    static ObjectNode head(Stamp stamp, String object) {
        return ClientBody.object()
                .put("id", stamp.id())
                .put("object", object)
                .put("created", stamp.at().getEpochSecond())
                .put("model", stamp.model());
    }

    /**
     * The word for why an answer ended. OpenAI itself ends an answer that is nothing but a refusal
     * in its field like any other; a refusal of another form would be lost under that word.
     */
    static String word(StopReason stop, boolean partial) {
        return switch (stop) {
            case StopReason.End end -> "stop";
            case StopReason.Length length -> "length";
            case StopReason.ToolCall call -> "tool_calls";
            case StopReason.Refusal refusal ->
                    refusal.signal().endsWith(".refusal") && !partial ? "stop" : "content_filter";
            case StopReason.ContentFilter filter -> "content_filter";
            case StopReason.Failed failed -> "error";
            case StopReason.Unstated unstated -> "stop";
        };
    }

    static ObjectNode usage(Usage usage) {
        ObjectNode node =
                ClientBody.object()
                        .put("prompt_tokens", usage.input())
                        .put("completion_tokens", usage.output())
                        .put("total_tokens", usage.input() + usage.output());
        node.putObject("prompt_tokens_details").put("cached_tokens", usage.cacheRead());
        node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node;
    }

    /**
     * The words that stand for a refusal which came with none. What a filter withholds behind a
     * text is said by the reason alone.
     */
    static String refusalText(Reply reply) {
        String said = reply.refusalText();
        boolean refused = reply.stop() instanceof StopReason.Refusal || reply.text().isEmpty();
        return said.isEmpty() && refused
                ? reply.refusal().map(ProviderRefusal::words).orElse("")
                : said;
    }

    /**
     * The categories of a filter in Azure's way, which is the one that this protocol has. Where it
     * names none the object is empty: it tells a filter from a refusal that ends by the same word.
     */
    static void filtered(StopReason stop, ObjectNode choice) {
        if (stop instanceof StopReason.ContentFilter filter) {
            ObjectNode results = choice.putObject(FILTERED);
            filter.category().stream()
                    .flatMap(all -> Stream.of(all.split(", ", -1)))
                    .forEach(category -> results.putObject(category).put("filtered", true));
        }
    }

    /** Azure's way to say what of an answer that was blocked late has to be taken back. */
    static ObjectNode offsets(Event.Retraction retraction) {
        return ClientBody.object()
                .put("check_offset", retraction.end())
                .put("start_offset", retraction.start())
                .put("end_offset", retraction.end());
    }

    static ObjectNode error(Fault fault) {
        ObjectNode error = ClientBody.object().put("message", fault.message());
        error.put("type", type(fault.kind()));
        fault.field().ifPresentOrElse(f -> error.put("param", f), () -> error.putNull("param"));
        String code = code(fault.kind());
        if (code.isEmpty()) {
            error.putNull("code");
        } else {
            error.put("code", code);
        }
        ObjectNode body = ClientBody.object();
        body.set("error", error);
        return body;
    }

    static ErrorReply errorReply(Fault fault) {
        return ErrorReply.of(fault, ClientBody.bytes(error(fault)));
    }

    private static String type(Fault.Kind kind) {
        return switch (kind) {
            case INVALID, UNAUTHENTICATED, UNKNOWN_MODEL, NOT_FOUND, METHOD, TOO_LARGE ->
                    "invalid_request_error";
            case FORBIDDEN -> "permission_error";
            case RATE -> "rate_limit_error";
            case INTERNAL, UPSTREAM, UNAVAILABLE, TIMEOUT -> "server_error";
        };
    }

    private static String code(Fault.Kind kind) {
        return switch (kind) {
            case INVALID, NOT_FOUND, METHOD, INTERNAL -> "";
            case UNAUTHENTICATED -> "invalid_api_key";
            case UNKNOWN_MODEL -> "model_not_found";
            case RATE -> "rate_limit_exceeded";
            case FORBIDDEN, TOO_LARGE, UPSTREAM, UNAVAILABLE, TIMEOUT ->
                    kind.name().toLowerCase(Locale.ROOT);
        };
    }

    /** One event of a stream. */
    static byte[] data(ObjectNode node) {
        return framed(ClientBody.bytes(node));
    }

    static byte[] done() {
        return "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] framed(byte[] json) {
        byte[] out = new byte[json.length + 8];
        byte[] start = {'d', 'a', 't', 'a', ':', ' '};
        System.arraycopy(start, 0, out, 0, 6);
        System.arraycopy(json, 0, out, 6, json.length);
        out[json.length + 6] = '\n';
        out[json.length + 7] = '\n';
        return out;
    }
}

package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.StopWords;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reasons;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.util.Optional;

/** Anthropic's {@code /v1/messages}, for callers. */
public final class MessagesFront implements Front {

    /** Among the details of a refusal: that it was a filter. Ours. */
    private static final String FILTER = "filter";

    /** Likewise: how it was signalled elsewhere. */
    private static final String NATIVE = "native";

    @Override
    public Asked read(byte[] body) throws BadCall {
        return CallBody.read(body);
    }

    @Override
    public byte[] reply(Reply reply, Stamp stamp) {
        ObjectNode body = head(stamp);
        ArrayNode content = body.putArray("content");
        boolean texted = !reply.text().isEmpty();
        for (Part part : reply.parts()) {
            switch (part) {
                case Part.Text text -> text(text.text(), content);
                case Part.Refusal refusal -> {
                    if (!texted) {
                        text(refusal.text(), content);
                    }
                }
                case Part.Reasoning reasoning ->
                        content.addObject()
                                .put("type", "thinking")
                                .put("thinking", reasoning.text())
                                .put("signature", reasoning.signature().orElse(""));
                case Part.Redacted redacted ->
                        content.addObject()
                                .put("type", "redacted_thinking")
                                .put("data", redacted.data());
                case Part.ToolUse use -> {
                    ObjectNode node = content.addObject().put("type", "tool_use");
                    node.put("id", use.id()).put("name", use.name());
                    node.set("input", ClientBody.objectOf(use.arguments()));
                }
                case Part.Image image -> {}
                case Part.ImageLink link -> {}
                case Part.ToolResult result -> {}
                case Part.Other other -> {}
            }
        }
        stopped(reply.stop(), reply.sequence(), reply.refusal(), Optional.empty(), body);
        body.set("usage", usage(reply.usage().orElse(Usage.NONE)));
        Reasons.into(body, reply.statement());
        return ClientBody.bytes(body);
    }

    private static void text(String text, ArrayNode content) {
        content.addObject().put("type", "text").put("text", text);
    }

    /** Why an answer ended, where it was a refusal or a filter that is called one here. */
    static StopReason read(String word, JsonNode details) {
        JsonNode name = details.path("category");
        Optional<String> category =
                name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
        StopReason read = StopWords.read("stop_reason", word, category);
        if (!(read instanceof StopReason.Refusal refusal)
                || !details.path(FILTER).asBoolean(false)) {
            return read;
        }
        String signal = details.path(NATIVE).asText("");
        return new StopReason.ContentFilter(
                StopWords.isFilter(signal) ? signal : refusal.signal(), category);
    }

    static ObjectNode head(Stamp stamp) {
        return ClientBody.object()
                .put("id", stamp.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", stamp.model());
    }

    /**
     * Why an answer ended. The protocol has one word for refusals and for what filters withhold;
     * what it was elsewhere stands beside it.
     */
    static void stopped(
            StopReason stop,
            Optional<String> sequence,
            Optional<ProviderRefusal> refusal,
            Optional<Event.Retraction> retraction,
            ObjectNode body) {
        String word =
                switch (stop) {
                    case StopReason.End end -> sequence.isPresent() ? "stop_sequence" : "end_turn";
                    case StopReason.Length length -> "max_tokens";
                    case StopReason.ToolCall call -> "tool_use";
                    case StopReason.Refusal refused -> "refusal";
                    case StopReason.ContentFilter filter -> "refusal";
                    case StopReason.Failed failed -> "end_turn";
                    case StopReason.Unstated unstated -> "end_turn";
                };
        body.put("stop_reason", word);
        sequence.ifPresentOrElse(
                s -> body.put("stop_sequence", s), () -> body.putNull("stop_sequence"));
        if (word.equals("refusal")) {
            ObjectNode details = body.putObject("stop_details").put("type", "refusal");
            refusal.flatMap(ProviderRefusal::category)
                    .ifPresentOrElse(
                            c -> details.put("category", c), () -> details.putNull("category"));
            refusal.flatMap(ProviderRefusal::text)
                    .ifPresentOrElse(
                            t -> details.put("explanation", t),
                            () -> details.putNull("explanation"));
            refusal.map(ProviderRefusal::signal)
                    .filter(signal -> !signal.equals("stop_reason: refusal"))
                    .ifPresent(signal -> details.put(NATIVE, signal));
            if (stop instanceof StopReason.ContentFilter) {
                details.put(FILTER, true);
            }
            retraction.ifPresent(
                    back ->
                            details.putObject("retract")
                                    .put("start_offset", back.start())
                                    .put("end_offset", back.end()));
        }
    }

    static ObjectNode usage(Usage usage) {
        return ClientBody.object()
                .put(
                        "input_tokens",
                        Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWritten()))
                .put("cache_creation_input_tokens", usage.cacheWritten())
                .put("cache_read_input_tokens", usage.cacheRead())
                .put("output_tokens", usage.output());
    }

    @Override
    public EventWriter stream(Stamp stamp) {
        return new BlockWriter(stamp);
    }

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public ErrorReply error(Fault fault, Stamp stamp) {
        ObjectNode body = error(fault);
        body.put("request_id", stamp.id());
        return ErrorReply.of(fault, ClientBody.bytes(body));
    }

    static ObjectNode error(Fault fault) {
        String type =
                switch (fault.kind()) {
                    case INVALID, METHOD -> "invalid_request_error";
                    case UNAUTHENTICATED -> "authentication_error";
                    case FORBIDDEN -> "permission_error";
                    case UNKNOWN_MODEL, NOT_FOUND -> "not_found_error";
                    case TOO_LARGE -> "request_too_large";
                    case RATE -> "rate_limit_error";
                    case INTERNAL, UPSTREAM -> "api_error";
                    case UNAVAILABLE -> "overloaded_error";
                    case TIMEOUT -> "timeout_error";
                };
        ObjectNode body = ClientBody.object().put("type", "error");
        body.putObject("error").put("type", type).put("message", fault.message());
        return body;
    }
}

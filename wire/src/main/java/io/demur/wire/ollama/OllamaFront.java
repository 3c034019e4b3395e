package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Operation;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reasons;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.util.Optional;

/** Ollama's {@code /api/chat} and {@code /api/generate}, for callers. */
public final class OllamaFront implements Front {

    /** Which of the two. */
    public enum Kind {
        CHAT,
        GENERATE
    }

    private final Kind kind;

    public OllamaFront(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Asked read(byte[] body) throws BadCall {
        return switch (kind) {
            case CHAT -> OllamaBody.chat(body);
            case GENERATE -> OllamaBody.generate(body);
        };
    }

    @Override
    public byte[] reply(Reply reply, Stamp stamp) {
        boolean texted = !reply.text().isEmpty();
        StringBuilder thoughts = new StringBuilder();
        ArrayNode calls = ClientBody.object().arrayNode();
        for (Part part : reply.parts()) {
            if (part instanceof Part.Reasoning reasoning) {
                thoughts.append(reasoning.text());
            } else if (part instanceof Part.ToolUse use) {
                calls.add(call(use.id(), use.name(), use.arguments()));
            }
        }
        String words = reply.refusalText();
        if (words.isEmpty() && (!texted || reply.stop() instanceof StopReason.Refusal)) {
            words = reply.refusal().map(ProviderRefusal::words).orElse("");
        }
        ObjectNode line = line(stamp, texted ? reply.text() : words, thoughts.toString(), calls);
        done(
                new Event.Stop(
                        done(reply.stop()),
                        reply.sequence(),
                        reply.refusal(),
                        Optional.empty(),
                        reply.statement()),
                texted ? words : "",
                reply.usage().orElse(Usage.NONE),
                line);
        return ClientBody.bytes(line);
    }

    private static StopReason done(StopReason stop) {
        return stop instanceof StopReason.Failed ? StopReason.UNSTATED : stop;
    }

    /** The body of the answer to a call that only loads a model, or unloads it. */
    public byte[] loaded(Operation operation, Stamp stamp) {
        ObjectNode line = line(stamp, "", "", ClientBody.object().arrayNode());
        boolean load = operation.kind() == Operation.Kind.LOAD;
        line.put("done", true).put("done_reason", load ? "load" : "unload");
        return ClientBody.bytes(line);
    }

    ObjectNode line(Stamp stamp, String text, String thoughts, ArrayNode calls) {
        ObjectNode line = ClientBody.object().put("model", stamp.model());
        line.put("created_at", stamp.at().toString());
        switch (kind) {
            case CHAT -> {
                ObjectNode message = line.putObject("message").put("role", "assistant");
                message.put("content", text);
                if (!thoughts.isEmpty()) {
                    message.put("thinking", thoughts);
                }
                if (!calls.isEmpty()) {
                    message.set("tool_calls", calls);
                }
            }
            case GENERATE -> {
                line.put("response", text);
                if (!thoughts.isEmpty()) {
                    line.put("thinking", thoughts);
                }
            }
        }
        return line;
    }

    static ObjectNode call(String id, String name, String arguments) {
        ObjectNode call = ClientBody.object().put("id", id);
        call.putObject("function")
                .put("name", name)
                .set("arguments", ClientBody.objectOf(arguments));
        return call;
    }

    /**
     * The fields of the last line. Ollama has no word for a refusal; ours are {@code refusal} and
     * {@code content_filter}, and what belongs to a refusal stands in fields of its own.
     *
     * @param words of a refusal behind a text
     */
    static void done(Event.Stop stop, String words, Usage usage, ObjectNode line) {
        String word =
                switch (stop.reason()) {
                    case StopReason.End end -> "stop";
                    case StopReason.Length length -> "length";
                    case StopReason.ToolCall call -> "stop";
                    case StopReason.Refusal refusal -> "refusal";
                    case StopReason.ContentFilter filter -> "content_filter";
                    case StopReason.Failed failed -> "stop";
                    case StopReason.Unstated unstated -> "stop";
                };
        line.put("done", true).put("done_reason", word);
        if (!words.isEmpty()) {
            line.put("refusal", words);
        }
        stop.refusal()
                .flatMap(ProviderRefusal::category)
                .ifPresent(category -> line.put("refusal_category", category));
        stop.retraction()
                .ifPresent(
                        back ->
                                line.putObject("retract")
                                        .put("start_offset", back.start())
                                        .put("end_offset", back.end()));
        line.put("total_duration", usage.times().total());
        line.put("load_duration", usage.times().load());
        line.put("prompt_eval_count", usage.input());
        line.put("prompt_eval_duration", usage.times().input());
        line.put("eval_count", usage.output());
        line.put("eval_duration", usage.times().output());
        Reasons.into(line, stop.statement());
    }

    @Override
    public EventWriter stream(Stamp stamp) {
        return new LineWriter(this, stamp);
    }

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public ErrorReply error(Fault fault, Stamp stamp) {
        return error(fault);
    }

    /** An error in the shape that all of Ollama's operations share. */
    public static ErrorReply error(Fault fault) {
        return ErrorReply.of(
                fault, ClientBody.bytes(ClientBody.object().put("error", fault.message())));
    }
}

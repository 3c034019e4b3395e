package io.demur.wire.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Reasons;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

/** OpenAI's {@code /v1/chat/completions}, for callers. */
public final class ChatFront implements Front {

    @Override
    public Asked read(byte[] body) throws BadCall {
        return ChatBody.read(body);
    }

    @Override
    public byte[] reply(Reply reply, Stamp stamp) {
        ObjectNode body = Shapes.head(stamp, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        String text = reply.text();
        String refusal = Shapes.refusalText(reply);
        boolean none = text.isEmpty() && reply.stop() != StopReason.END;
        if (none || (text.isEmpty() && !refusal.isEmpty())) {
            message.putNull("content");
        } else {
            message.put("content", text);
        }
        // Strict clients want the field even where there is nothing in it.
        if (refusal.isEmpty()) {
            message.putNull("refusal");
        } else {
            message.put("refusal", refusal);
        }
        StringBuilder thoughts = new StringBuilder();
        ArrayNode calls = body.arrayNode();
        for (Part part : reply.parts()) {
            if (part instanceof Part.Reasoning reasoning) {
                thoughts.append(reasoning.text());
            } else if (part instanceof Part.ToolUse use) {
                ObjectNode call = calls.addObject().put("id", use.id()).put("type", "function");
                call.putObject("function")
                        .put("name", use.name())
                        .put("arguments", use.arguments());
            }
        }
        if (!thoughts.isEmpty()) {
            message.put("reasoning_content", thoughts.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", Shapes.word(reply.stop(), !text.isEmpty()));
        Shapes.filtered(reply.stop(), choice);
        body.set("usage", Shapes.usage(reply.usage().orElse(Usage.NONE)));
        Reasons.into(body, reply.statement());
        return ClientBody.bytes(body);
    }

    @Override
    public EventWriter stream(Stamp stamp) {
        return new ChunkWriter(stamp);
    }

    @Override
    public String streamType() {
        return Shapes.STREAM_TYPE;
    }

    @Override
    public ErrorReply error(Fault fault, Stamp stamp) {
        return Shapes.errorReply(fault);
    }
}

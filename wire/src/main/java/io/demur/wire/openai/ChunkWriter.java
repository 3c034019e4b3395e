package io.demur.wire.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Reasons;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** A stream of Chat Completions: chunks, and a last line. */
final class ChunkWriter implements EventWriter {

    private static final byte[] NOTHING = {};

    private final Stamp stamp;
    private Optional<Usage> usage = Optional.empty();
    private boolean began;
    private boolean texted;
    private boolean refused;
    private boolean over;

    ChunkWriter(Stamp stamp) {
        this.stamp = stamp;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public byte[] write(Event event) {
        if (over) {
            return NOTHING;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        if (!began && !(event instanceof Event.Failed)) {
            began = true;
            ObjectNode first = delta();
            first.put("role", "assistant").put("content", "").putNull("refusal");
            out.writeBytes(chunk(first, ""));
        }
        switch (event) {
            case Event.Began beginning -> {}
            case Event.Text text -> {
                texted |= !text.delta().isEmpty();
                out.writeBytes(chunk(delta().put("content", text.delta()), ""));
            }
            case Event.Reasoning reasoning ->
                    out.writeBytes(chunk(delta().put("reasoning_content", reasoning.delta()), ""));
            case Event.Refusal refusal -> {
                refused |= !refusal.delta().isEmpty();
                out.writeBytes(chunk(delta().put("refusal", refusal.delta()), ""));
            }
            case Event.ToolBegan tool -> out.writeBytes(began(tool));
            case Event.ToolDelta tool -> out.writeBytes(more(tool));
            case Event.Counted counted -> usage = Optional.of(counted.usage());
            case Event.Stop stop -> stop(stop, out);
            case Event.Failed failed -> {
                over = true;
                out.writeBytes(Shapes.data(Shapes.error(Fault.of(failed.failure()))));
            }
            // Of the seals of other providers there is nothing to say here.
            case Event.Signature signature -> {}
            case Event.Redacted redacted -> {}
        }
        return out.toByteArray();
    }

    private void stop(Event.Stop stop, ByteArrayOutputStream out) {
        over = true;
        boolean silent = !texted || stop.reason() instanceof StopReason.Refusal;
        if (silent && !refused && stop.refusal().isPresent()) {
            out.writeBytes(chunk(delta().put("refusal", stop.refusal().get().words()), ""));
        }
        ObjectNode last = body(delta(), Shapes.word(stop.reason(), texted));
        ObjectNode choice = (ObjectNode) last.path("choices").path(0);
        Shapes.filtered(stop.reason(), choice);
        stop.retraction()
                .ifPresent(back -> choice.set("content_filter_offsets", Shapes.offsets(back)));
        Reasons.into(last, stop.statement());
        out.writeBytes(Shapes.data(last));
        if (stamp.usage()) {
            ObjectNode counted = Shapes.head(stamp, "chat.completion.chunk");
            counted.putArray("choices");
            counted.set("usage", Shapes.usage(usage.orElse(Usage.NONE)));
            out.writeBytes(Shapes.data(counted));
        }
        out.writeBytes(Shapes.done());
    }

    private byte[] began(Event.ToolBegan tool) {
        ObjectNode delta = delta();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", tool.index());
        call.put("id", tool.id()).put("type", "function");
        call.putObject("function").put("name", tool.name()).put("arguments", "");
        return chunk(delta, "");
    }

    private byte[] more(Event.ToolDelta tool) {
        ObjectNode delta = delta();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", tool.index());
        call.putObject("function").put("arguments", tool.arguments());
        return chunk(delta, "");
    }

    private static ObjectNode delta() {
        return ClientBody.object();
    }

    private byte[] chunk(ObjectNode delta, String word) {
        return Shapes.data(body(delta, word));
    }

    private ObjectNode body(ObjectNode delta, String word) {
        ObjectNode body = Shapes.head(stamp, "chat.completion.chunk");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs");
        if (word.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", word);
        }
        return body;
    }
}

package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reasons;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A stream of Messages: a start, blocks one behind the other, and an end. What a caller is told of
 * the input's tokens stands in the start, so that it waits for the first piece.
 */
final class BlockWriter implements EventWriter {

    private static final byte[] NOTHING = {};

    /** The words of a refusal behind a text stand in the end, which has to be kept small. */
    private static final int EXPLANATION_MAX = 4096;

    private enum Block {
        NONE,
        TEXT,
        THINKING,
        TOOL
    }

    private final Stamp stamp;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final StringBuilder explanation = new StringBuilder();
    private Usage usage = Usage.NONE;
    private Block open = Block.NONE;
    private int index = -1;
    private int tool = -1;
    private boolean isOpen;
    private boolean started;
    private boolean texted;
    private boolean over;

    BlockWriter(Stamp stamp) {
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
        switch (event) {
            case Event.Began began -> {}
            case Event.Counted counted -> usage = counted.usage();
            case Event.Text text -> {
                texted = true;
                text(text.delta());
            }
            case Event.Refusal refusal -> refusal(refusal.delta());
            case Event.Reasoning reasoning -> {
                thinking();
                delta("thinking_delta", "thinking", reasoning.delta());
            }
            case Event.Signature signature -> {
                thinking();
                delta("signature_delta", "signature", signature.value());
                close();
            }
            case Event.Redacted redacted -> {
                open(Block.NONE, block("redacted_thinking").put("data", redacted.data()));
                close();
            }
            case Event.ToolBegan began -> {
                ObjectNode block = block("tool_use");
                block.put("id", began.id()).put("name", began.name()).putObject("input");
                open(Block.TOOL, block);
                tool = began.index();
            }
            case Event.ToolDelta more -> arguments(more);
            case Event.Stop stop -> stop(stop);
            case Event.Failed failed -> fail(failed.failure());
        }
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private void text(String delta) {
        if (open != Block.TEXT) {
            open(Block.TEXT, block("text").put("text", ""));
        }
        delta("text_delta", "text", delta);
    }

    /** A refusal that is all there is, is a text; one that ends a text explains why it ended. */
    private void refusal(String delta) {
        int room = EXPLANATION_MAX - explanation.length();
        explanation.append(delta, 0, Math.max(0, Math.min(room, delta.length())));
        if (!texted) {
            text(delta);
        }
    }

    private void thinking() {
        if (open != Block.THINKING) {
            open(Block.THINKING, block("thinking").put("thinking", "").put("signature", ""));
        }
    }

    private void arguments(Event.ToolDelta more) {
        if (open != Block.TOOL || more.index() != tool) {
            fail(Failure.broken("the calls of several tools came mixed into each other"));
            return;
        }
        delta("input_json_delta", "partial_json", more.arguments());
    }

    private void stop(Event.Stop stop) {
        start();
        close();
        Optional<ProviderRefusal> refusal =
                stop.refusal()
                        .map(
                                r ->
                                        new ProviderRefusal(
                                                r.form(),
                                                r.category(),
                                                r.text().or(this::explained),
                                                r.signal()));
        ObjectNode event = ClientBody.object().put("type", "message_delta");
        ObjectNode delta = event.putObject("delta");
        MessagesFront.stopped(stop.reason(), stop.sequence(), refusal, stop.retraction(), delta);
        event.set("usage", MessagesFront.usage(usage));
        Reasons.into(event, stop.statement());
        send(event);
        send(ClientBody.object().put("type", "message_stop"));
        over = true;
    }

    private Optional<String> explained() {
        return explanation.isEmpty() ? Optional.empty() : Optional.of(explanation.toString());
    }

    private void fail(Failure failure) {
        send(MessagesFront.error(Fault.of(failure)));
        over = true;
    }

    private void start() {
        if (!started) {
            started = true;
            ObjectNode event = ClientBody.object().put("type", "message_start");
            ObjectNode message = MessagesFront.head(stamp);
            message.putArray("content");
            message.putNull("stop_reason").putNull("stop_sequence");
            message.set("usage", MessagesFront.usage(usage));
            event.set("message", message);
            send(event);
        }
    }

    private static ObjectNode block(String type) {
        return ClientBody.object().put("type", type);
    }

    private void open(Block kind, ObjectNode block) {
        start();
        close();
        index++;
        ObjectNode event = ClientBody.object().put("type", "content_block_start");
        event.put("index", index).set("content_block", block);
        send(event);
        open = kind;
        isOpen = true;
    }

    private void delta(String type, String field, String value) {
        ObjectNode event = ClientBody.object().put("type", "content_block_delta");
        event.put("index", index).putObject("delta").put("type", type).put(field, value);
        send(event);
    }

    private void close() {
        if (isOpen) {
            isOpen = false;
            open = Block.NONE;
            send(ClientBody.object().put("type", "content_block_stop").put("index", index));
        }
    }

    private void send(ObjectNode event) {
        out.writeBytes("event: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(event.path("type").asText().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes("\ndata: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ClientBody.bytes(event));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}

package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.StopReason;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventFlow;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Stamp;
import io.demur.wire.chat.Usage;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** A stream of lines. A call of a tool is one piece here, so that it waits for its arguments. */
final class LineWriter implements EventWriter {

    private static final byte[] NOTHING = {};

    /** The words of a refusal behind a text stand in the last line, which has to be kept small. */
    private static final int WORDS_MAX = 4096;

    private final OllamaFront front;
    private final Stamp stamp;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder words = new StringBuilder();
    private Optional<Event.ToolBegan> tool = Optional.empty();
    private Usage usage = Usage.NONE;
    private boolean texted;
    private boolean refused;
    private boolean over;

    LineWriter(OllamaFront front, Stamp stamp) {
        this.front = front;
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
                piece(text.delta(), "");
            }
            case Event.Reasoning reasoning -> piece("", reasoning.delta());
            case Event.Refusal refusal -> refusal(refusal.delta());
            case Event.ToolBegan began -> {
                call();
                tool = Optional.of(began);
            }
            case Event.ToolDelta more -> more(more);
            case Event.Stop stop -> stop(stop);
            case Event.Failed failed -> fail(Fault.of(failed.failure()));
            // Of the seals of other providers there is nothing to say here.
            case Event.Signature signature -> {}
            case Event.Redacted redacted -> {}
        }
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private void more(Event.ToolDelta more) {
        if (tool.isEmpty() || tool.get().index() != more.index()) {
            fail(
                    Fault.of(
                            Fault.Kind.UPSTREAM,
                            "the calls of several tools came mixed into each other"));
            return;
        }
        if (arguments.length() + more.arguments().length() > EventFlow.SIZE_MAX) {
            fail(Fault.of(Fault.Kind.UPSTREAM, "the arguments of a tool are too long"));
            return;
        }
        arguments.append(more.arguments());
    }

    private void refusal(String delta) {
        refused = true;
        if (texted || tool.isPresent()) {
            int room = WORDS_MAX - words.length();
            words.append(delta, 0, Math.max(0, Math.min(room, delta.length())));
        } else {
            piece(delta, "");
        }
    }

    private void piece(String text, String thoughts) {
        call();
        line(front.line(stamp, text, thoughts, none()).put("done", false));
    }

    private void call() {
        tool.ifPresent(
                began -> {
                    ArrayNode calls = none();
                    calls.add(OllamaFront.call(began.id(), began.name(), arguments.toString()));
                    line(front.line(stamp, "", "", calls).put("done", false));
                });
        tool = Optional.empty();
        arguments.setLength(0);
    }

    /** What was blocked within a call of a tool is no call that anybody should make. */
    private void drop() {
        tool = Optional.empty();
        arguments.setLength(0);
        if (!texted && !words.isEmpty()) {
            piece(words.toString(), "");
            words.setLength(0);
        }
    }

    private void stop(Event.Stop stop) {
        if (stop.refusal().isPresent()) {
            drop();
        } else {
            call();
        }
        if (!refused && stop.reason() instanceof StopReason.Refusal) {
            stop.refusal().ifPresent(refusal -> refusal(refusal.words()));
        }
        ObjectNode last = front.line(stamp, "", "", none());
        OllamaFront.done(stop, words.toString(), usage, last);
        line(last);
        over = true;
    }

    private void fail(Fault fault) {
        line(ClientBody.object().put("error", fault.message()));
        over = true;
    }

    private static ArrayNode none() {
        return ClientBody.object().arrayNode();
    }

    private void line(ObjectNode line) {
        out.writeBytes(ClientBody.bytes(line));
        out.write('\n');
    }
}

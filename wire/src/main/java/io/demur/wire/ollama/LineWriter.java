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
import java.util.LinkedHashMap;
import java.util.Map;

/** A stream of lines. A call of a tool is one piece here, so that it waits for its arguments. */
final class LineWriter implements EventWriter {

    private static final byte[] NOTHING = {};

    /** The words of a refusal behind a text stand in the last line, which has to be kept small. */
    private static final int WORDS_MAX = 4096;

    private final OllamaFront front;
    private final Stamp stamp;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private final StringBuilder words = new StringBuilder();

    /** Calls that are not written yet, in the order in which they began. */
    private final Map<Integer, Called> calls = new LinkedHashMap<>();

    private Usage usage = Usage.NONE;
    private boolean texted;
    private boolean refused;
    private boolean over;

    private record Called(Event.ToolBegan began, StringBuilder arguments) {}

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
                whole();
                calls.put(began.index(), new Called(began, new StringBuilder()));
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
        Called called = calls.get(more.index());
        if (called == null) {
            fail(
                    Fault.of(
                            Fault.Kind.UPSTREAM,
                            "the calls of several tools came mixed into each other"));
            return;
        }
        if (called.arguments().length() + more.arguments().length() > EventFlow.SIZE_MAX) {
            fail(Fault.of(Fault.Kind.UPSTREAM, "the arguments of a tool are too long"));
            return;
        }
        called.arguments().append(more.arguments());
    }

    private void refusal(String delta) {
        refused = true;
        if (texted || !calls.isEmpty()) {
            int room = WORDS_MAX - words.length();
            words.append(delta, 0, Math.max(0, Math.min(room, delta.length())));
        } else {
            piece(delta, "");
        }
    }

    private void piece(String text, String thoughts) {
        whole();
        line(front.line(stamp, text, thoughts, none()).put("done", false));
    }

    /** A call whose arguments have not come waits for them: without any it would be another one. */
    private void whole() {
        calls.values().removeIf(called -> !called.arguments().isEmpty() && call(called));
    }

    private boolean call(Called called) {
        ArrayNode list = none();
        Event.ToolBegan began = called.began();
        list.add(OllamaFront.call(began.id(), began.name(), called.arguments().toString()));
        line(front.line(stamp, "", "", list).put("done", false));
        return true;
    }

    /** What was blocked within a call of a tool is no call that anybody should make. */
    private void drop() {
        calls.clear();
        if (!texted && !words.isEmpty()) {
            piece(words.toString(), "");
            words.setLength(0);
        }
    }

    private void stop(Event.Stop stop) {
        if (stop.refusal().isPresent()) {
            drop();
        } else {
            whole();
            // some tools take nothing; where the answer was cut off, the arguments may be missing
            if (!(stop.reason() instanceof StopReason.Length)) {
                calls.values().forEach(this::call);
            }
        }
        if (!refused && (!texted || stop.reason() instanceof StopReason.Refusal)) {
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

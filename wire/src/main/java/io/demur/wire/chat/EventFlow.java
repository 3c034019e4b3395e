package io.demur.wire.chat;

import io.demur.core.StopReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the readers of all protocols put what they find: it sees to it that an answer begins once
 * and ends once, numbers the tools, and joins characters that were cut in two between pieces. For
 * one thread.
 */
public final class EventFlow {

    private enum Kind {
        TEXT,
        REASONING,
        REFUSAL,
        ARGUMENTS
    }

    private List<Event> ready = new ArrayList<>();
    private boolean began;
    private boolean over;
    private boolean refused;
    private int tools;
    private Usage usage = Usage.NONE;
    private String half = "";
    private Kind halfKind = Kind.TEXT;
    private int halfTool = -1;

    public boolean isOver() {
        return over;
    }

    /** Whether a tool was called. */
    public boolean callsTools() {
        return tools > 0;
    }

    /** Whether words of a refusal came in a field of their own. */
    public boolean hasRefused() {
        return refused;
    }

    /** What has come since the last time. */
    public List<Event> drain() {
        if (ready.isEmpty()) {
            return List.of();
        }
        List<Event> drained = ready;
        ready = new ArrayList<>();
        return drained;
    }

    /** The answer begins, unless it has. */
    public void begin(String id, String model) {
        if (!began && !over) {
            began = true;
            ready.add(new Event.Began(id, model));
        }
    }

    public void text(String delta) {
        piece(delta, Kind.TEXT, -1);
    }

    public void reasoning(String delta) {
        piece(delta, Kind.REASONING, -1);
    }

    public void refusal(String delta) {
        refused |= !delta.isEmpty();
        piece(delta, Kind.REFUSAL, -1);
    }

    public void signature(String value) {
        other(new Event.Signature(value));
    }

    public void redacted(String data) {
        other(new Event.Redacted(data));
    }

    /** A tool is called; the number is what its arguments come under. */
    public int tool(String id, String name) {
        other(new Event.ToolBegan(tools, id, name));
        return tools++;
    }

    public void arguments(int tool, String delta) {
        piece(delta, Kind.ARGUMENTS, tool);
    }

    /** Tokens as far as they are counted. */
    public void counted(Usage counts) {
        usage = counts;
        other(new Event.Counted(counts));
    }

    /** The tokens counted last. */
    public Usage usage() {
        return usage;
    }

    /** The answer is over. */
    public void stop(StopReason reason, Optional<String> sequence, Optional<String> words) {
        begin("", "");
        last(new Event.Stop(reason, sequence, ProviderRefusal.of(reason, words), Optional.empty()));
    }

    /** The answer broke off. */
    public void fail(Failure failure) {
        last(new Event.Failed(failure));
    }

    private void last(Event event) {
        if (!over) {
            other(event);
            over = true;
        }
    }

    private void other(Event event) {
        if (!over) {
            flushHalf();
            ready.add(event);
        }
    }

    private void piece(String delta, Kind kind, int tool) {
        if (delta.isEmpty() || over) {
            return;
        }
        if (!half.isEmpty() && !(kind == halfKind && tool == halfTool)) {
            flushHalf();
        }
        String whole = half + delta;
        half = "";
        int last = whole.length() - 1;
        if (Character.isHighSurrogate(whole.charAt(last))) {
            half = whole.substring(last);
            halfKind = kind;
            halfTool = tool;
            whole = whole.substring(0, last);
        }
        if (!whole.isEmpty()) {
            ready.add(event(whole, kind, tool));
        }
    }

    private void flushHalf() {
        if (!half.isEmpty()) {
            String alone = half;
            half = "";
            ready.add(event(alone, halfKind, halfTool));
        }
    }

    private static Event event(String delta, Kind kind, int tool) {
        return switch (kind) {
            case TEXT -> new Event.Text(delta);
            case REASONING -> new Event.Reasoning(delta);
            case REFUSAL -> new Event.Refusal(delta);
            case ARGUMENTS -> new Event.ToolDelta(tool, delta);
        };
    }
}

package io.demur.wire.chat;

import io.demur.core.StopReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the readers of all protocols put what they find: it sees to it that an answer begins once
 * and ends once, for one reason and within a length, numbers the tools and puts their calls one
 * behind the other, and joins characters that were cut in two between pieces. For one thread.
 */
public final class EventFlow {

    private enum Kind {
        TEXT,
        REASONING,
        REFUSAL,
        ARGUMENTS
    }

    /** More tools than any model calls in one answer. */
    public static final int TOOLS_MAX = 1024;

    /** How long an answer may be in all, in characters (UTF-16); others have to keep it. */
    public static final int SIZE_MAX = 16 << 20;

    /** How much may wait for the end of a call of a tool, in characters of all parts. */
    static final int WAITING_MAX = 1 << 20;

    /** What a part takes beside its characters, so that many small ones are no way around. */
    private static final int PART_SIZE = 64;

    private final ToolsInTurn turns = new ToolsInTurn();
    private List<Event> ready = new ArrayList<>();
    private boolean began;
    private boolean over;
    private boolean filter;
    private boolean refused;
    private int tools;
    private long size;
    private long passed;
    private Optional<Kind> kind = Optional.empty();
    private Usage usage = Usage.NONE;
    private boolean uncounted;
    private Optional<StopReason> said = Optional.empty();
    private Optional<String> sequence = Optional.empty();
    private Optional<String> words = Optional.empty();
    private Optional<String> filtered = Optional.empty();
    private Optional<String> filteredPrompt = Optional.empty();
    private String half = "";
    private Kind halfKind = Kind.TEXT;
    private int halfTool = -1;

    public boolean isOver() {
        return over;
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
        begin(id, model, Optional.empty());
    }

    /** The same, with what the server says of the model's version. */
    public void begin(String id, String model, Optional<String> fingerprint) {
        if (!began && !over) {
            began = true;
            put(new Event.Began(id, model, fingerprint));
            if (uncounted) {
                put(new Event.Counted(usage));
            }
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
        if (fits(PART_SIZE + value.length())) {
            other(new Event.Signature(value));
        }
    }

    public void redacted(String data) {
        if (fits(PART_SIZE + data.length())) {
            other(new Event.Redacted(data));
        }
    }

    /** A tool is called; the number is what its arguments come under. */
    public int tool(String id, String name) {
        if (tools >= TOOLS_MAX) {
            fail(Failure.broken("more than `%d` tools are called".formatted(TOOLS_MAX)));
            return tools;
        }
        if (fits(PART_SIZE + id.length() + name.length())) {
            other(new Event.ToolBegan(tools, id, name));
        }
        return tools++;
    }

    public void arguments(int tool, String delta) {
        piece(delta, Kind.ARGUMENTS, tool);
    }

    /** Tokens as far as they are counted. */
    public void counted(Usage counts) {
        usage = counts;
        if (began) {
            other(new Event.Counted(counts));
        } else {
            uncounted = true;
        }
    }

    /** The tokens counted last. */
    public Usage usage() {
        return usage;
    }

    /**
     * The server says why the answer ends. The last word counts, but a block, once said, stands.
     *
     * @param stopSequence that the model came to, where the server says
     * @param explanation the words of a refusal, where they stand beside the reason
     */
    public void stopping(
            StopReason reason, Optional<String> stopSequence, Optional<String> explanation) {
        if (said.isPresent() && isBlock(said.get())) {
            return;
        }
        said = Optional.of(reason);
        sequence = stopSequence;
        words = explanation;
    }

    /** The server says that a filter withheld the answer, or some of it, for this category. */
    public void filtered(Optional<String> category) {
        filtered = category.or(() -> filtered);
    }

    /** The server says that it was a filter, whatever words come with it. */
    public void byFilter() {
        filter = true;
    }

    /** The same of the prompt. */
    public void filteredPrompt(Optional<String> category) {
        filteredPrompt = category.or(() -> filteredPrompt);
    }

    /** Whether the server has said why the answer ends, or that something was withheld. */
    public boolean isStopping() {
        return said.isPresent() || filtered.isPresent() || filteredPrompt.isPresent();
    }

    /** Whether the server has said that it, or a filter, refuses. */
    public boolean isBlocked() {
        return refused || isBlock(reason());
    }

    /** Nothing more comes: the answer ends for the reason that the server has said. */
    public void ended() {
        StopReason reason = reason();
        if (reason instanceof StopReason.Failed failed) {
            fail(new Failure(Failure.Kind.OUTAGE, 200, failed.message()));
        } else {
            stop(reason, sequence, words);
        }
    }

    /**
     * What a filter withheld is never called a refusal of the model. Words in the field of a
     * refusal, under the reason of a filter of which nothing else is said, are how OpenAI's
     * protocol carries a refusal behind text.
     */
    private StopReason reason() {
        StopReason read = said.orElse(StopReason.UNSTATED);
        if (refused && !filter && filtered.isEmpty() && !(read instanceof StopReason.Refusal)) {
            Optional<String> category =
                    read instanceof StopReason.ContentFilter filter
                            ? filter.category()
                            : Optional.empty();
            if (category.isEmpty()) {
                return new StopReason.Refusal("message.refusal", Optional.empty());
            }
        }
        if (read instanceof StopReason.ContentFilter filter && filter.category().isEmpty()) {
            return new StopReason.ContentFilter(filter.signal(), filtered);
        }
        if (isBlock(read)) {
            return read;
        }
        if (filtered.isPresent()) {
            return new StopReason.ContentFilter("content_filter_results", filtered);
        }
        if (filteredPrompt.isPresent()) {
            return new StopReason.ContentFilter("prompt_filter_results", filteredPrompt);
        }
        boolean finished = read instanceof StopReason.End || read instanceof StopReason.Unstated;
        return finished && tools > 0 ? StopReason.TOOL_CALL : read;
    }

    private static boolean isBlock(StopReason reason) {
        return reason instanceof StopReason.Refusal || reason instanceof StopReason.ContentFilter;
    }

    /** The answer is over. */
    public void stop(StopReason reason, Optional<String> atSequence, Optional<String> explanation) {
        begin("", "");
        last(
                new Event.Stop(
                        reason,
                        atSequence,
                        ProviderRefusal.of(reason, explanation),
                        Optional.empty()));
    }

    /** The answer broke off; where the server had said that it is blocked, it ends as that. */
    public void fail(Failure failure) {
        boolean blocked = said.filter(EventFlow::isBlock).isPresent();
        if (blocked || filtered.isPresent() || filteredPrompt.isPresent()) {
            stop(reason(), sequence, words);
        } else {
            last(new Event.Failed(failure));
        }
    }

    /** Whether there is room for so much more; where not, the answer has failed. */
    private boolean fits(int more) {
        boolean waits = turns.isWaiting();
        passed = waits ? passed : size;
        size += more;
        if (size > SIZE_MAX) {
            fail(Failure.broken("the answer is longer than `%d` characters".formatted(SIZE_MAX)));
        }
        if (waits && size - passed > WAITING_MAX) {
            fail(
                    Failure.broken(
                            "more than `%d` characters came before the end of a call of a tool"
                                    .formatted(WAITING_MAX)));
        }
        return !over;
    }

    private void put(Event event) {
        if (!over && !turns.take(event, ready)) {
            fail(Failure.broken("more arguments came to a call of a tool that was whole"));
        }
    }

    private void last(Event event) {
        if (!over) {
            other(event);
            over = true;
        }
    }

    private void other(Event event) {
        if (!over) {
            if (!(event instanceof Event.Failed)) {
                begin("", "");
            }
            flushHalf();
            put(event);
        }
    }

    private void piece(String delta, Kind of, int tool) {
        if (delta.isEmpty() || over) {
            return;
        }
        boolean part = kind.isEmpty() || kind.get() != of;
        kind = Optional.of(of);
        if (!fits(delta.length() + (part ? PART_SIZE : 0))) {
            return;
        }
        begin("", "");
        if (!half.isEmpty() && !(of == halfKind && tool == halfTool)) {
            flushHalf();
        }
        String whole = half + delta;
        half = "";
        int last = whole.length() - 1;
        if (Character.isHighSurrogate(whole.charAt(last))) {
            half = whole.substring(last);
            halfKind = of;
            halfTool = tool;
            whole = whole.substring(0, last);
        }
        if (!whole.isEmpty()) {
            put(event(whole, of, tool));
        }
    }

    private void flushHalf() {
        if (!half.isEmpty()) {
            String alone = half;
            half = "";
            put(event(alone, halfKind, halfTool));
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

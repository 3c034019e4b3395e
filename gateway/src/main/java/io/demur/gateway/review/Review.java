package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.review.Bench.Opinion;
import io.demur.wire.StopWords;
import io.demur.wire.chat.Event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The review of one answer.
 *
 * <p>Events wait in one queue, whose beginning goes out as far as the {@link Channel}s of its words
 * have come. A channel on which nothing more is said would hold up what waits behind it; so it is
 * judged as if it ended once the others have gone on for as much as an overlap, and what was held
 * of it is free. Words of one channel with less than that between them are judged as if nothing
 * stood between them.
 *
 * <p>Where all is judged before anything goes out, windows are judged on the way too, so that what
 * will be withheld is noticed early.
 */
final class Review implements Release {

    /** How many characters are kept of an answer of which nothing may go out yet. */
    static final int HELD_MAX = 1 << 20;

    private enum Kind {
        TEXT,
        REASONING,
        REFUSAL
    }

    private final Bench bench;
    private final Decided decided;
    private final Settings.Windows windows;
    private final boolean whole;
    private final Held held = new Held();
    private final Unread unread = new Unread();
    private final Map<Kind, Channel> said = new HashMap<>();
    private final Map<Integer, Channel> tools = new HashMap<>();
    private final Map<Channel, Long> speaking = new LinkedHashMap<>();
    private final long restAfter;
    private long total;
    private boolean judged;
    private boolean begun;
    private Optional<Withheld> withheld = Optional.empty();

    /**
     * Nothing has come yet.
     *
     * @param whole whether all is judged before anything goes out
     */
    Review(Bench bench, Decided decided, boolean whole) {
        this.bench = bench;
        this.decided = decided;
        this.whole = whole;
        windows = decided.charter().settings().windows();
        restAfter = Math.max(1, windows.overlap());
    }

    @Override
    public Optional<Withheld> withheld() {
        return withheld;
    }

    @Override
    public List<JudgeId> judges() {
        return bench.judges();
    }

    @Override
    public List<Event> take(Event event) {
        if (withheld.isPresent()) {
            return List.of();
        }
        switch (event) {
            case Event.Began began -> held.plain(began);
            case Event.Counted counted -> held.plain(counted);
            case Event.Text text -> words(said(Kind.TEXT), text, Event.Text::new, text.delta());
            case Event.Reasoning more ->
                    words(said(Kind.REASONING), more, Event.Reasoning::new, more.delta());
            case Event.Refusal more ->
                    words(said(Kind.REFUSAL), more, Event.Refusal::new, more.delta());
            case Event.ToolBegan tool -> began(tool);
            case Event.ToolDelta more ->
                    words(
                            tool(more.index()),
                            more,
                            delta -> new Event.ToolDelta(more.index(), delta),
                            more.arguments());
            case Event.Signature seal -> seal(seal, seal.value());
            case Event.Redacted sealed -> seal(sealed, sealed.data());
            case Event.Stop stop -> stop(stop);
            case Event.Failed failed -> fail(failed);
        }
        if (withheld.isEmpty() && held.size() > HELD_MAX) {
            keep(bench.tooLong(HELD_MAX));
        }
        return freed(event.isLast());
    }

    private List<Event> freed(boolean last) {
        boolean open = whole ? last && withheld.isEmpty() : judged;
        List<Event> free = open ? held.free() : List.of();
        begun |= !free.isEmpty();
        return withReleased(free);
    }

    /** What had gone out is known once the last of it has been taken from the queue. */
    private List<Event> withReleased(List<Event> free) {
        withheld =
                withheld.map(
                        it ->
                                new Withheld(
                                        it.assessment(),
                                        it.decision(),
                                        Math.toIntExact(held.textGone())));
        return free;
    }

    private Channel said(Kind kind) {
        return said.computeIfAbsent(kind, it -> new Channel(windows, false, whole));
    }

    private Channel tool(int index) {
        return tools.computeIfAbsent(index, it -> new Channel(windows, true, whole));
    }

    /** A number of ours stands for an id that looks like none. */
    private void began(Event.ToolBegan tool) {
        String id = unread.isId(tool.id()) ? tool.id() : "demur_call_" + tool.index();
        whole(
                tool(tool.index()),
                new Event.ToolBegan(tool.index(), id, tool.name()),
                tool.name() + "\n");
    }

    private void seal(Event event, String value) {
        if (unread.isSeal(value)) {
            held.plain(event);
        }
    }

    private void whole(Channel channel, Event event, String words) {
        read(channel, words, (from, to) -> {});
        if (withheld.isEmpty()) {
            held.whole(channel, event, words.length());
        }
    }

    private void words(Channel channel, Event event, Function<String, Event> again, String delta) {
        read(
                channel,
                delta,
                (from, to) ->
                        held.words(channel, event.getClass(), again, delta.substring(from, to)));
    }

    /** Takes note of what a channel has just taken. */
    private interface Taken {
        void piece(int from, int to);
    }

    /** In steps of their own, so that it makes no difference how the words were cut. */
    private void read(Channel channel, String words, Taken each) {
        int from = 0;
        while (from < words.length() && withheld.isEmpty()) {
            long step = Math.min(words.length() - from, channel.room());
            step = Math.min(step, untilRest(channel));
            int to = from + (int) step;
            boolean due = channel.append(words, from, to);
            each.piece(from, to);
            total += to - from;
            from = to;
            speaking.remove(channel);
            speaking.put(channel, total);
            if (due) {
                judge(channel, false);
            }
            rest();
        }
    }

    /** How much may be said until one of the other channels has been silent for long enough. */
    private long untilRest(Channel channel) {
        for (Map.Entry<Channel, Long> each : speaking.entrySet()) {
            if (each.getKey() != channel) {
                return Math.max(1, each.getValue() + restAfter - total);
            }
        }
        return Long.MAX_VALUE;
    }

    private void rest() {
        Iterator<Map.Entry<Channel, Long>> oldest = speaking.entrySet().iterator();
        while (withheld.isEmpty() && oldest.hasNext()) {
            Map.Entry<Channel, Long> each = oldest.next();
            if (total - each.getValue() < restAfter) {
                return;
            }
            oldest.remove();
            judge(each.getKey(), true);
        }
    }

    private void judge(Channel channel, boolean end) {
        Opinion opinion = bench.judge(channel, end);
        if (opinion instanceof Opinion.Kept kept) {
            keep(kept);
            return;
        }
        judged |= opinion instanceof Opinion.Clear;
        if (end) {
            channel.freeAll();
        }
        channel.passed();
    }

    private void keep(Opinion.Kept kept) {
        withheld = Optional.of(new Withheld(kept.assessment(), kept.decision(), 0));
    }

    /** All is judged before the last event. */
    private void stop(Event.Stop stop) {
        List<String> rest = new ArrayList<>();
        stop.sequence().ifPresent(rest::add);
        stop.refusal()
                .flatMap(it -> it.category())
                .filter(it -> !unread.isId(it))
                .ifPresent(rest::add);
        stop.refusal().flatMap(it -> it.text()).ifPresent(rest::add);
        stop.refusal().map(it -> it.signal()).filter(it -> !isSignal(it)).ifPresent(rest::add);
        close(rest);
        // what only calls tools is no answer yet: it says nothing that harm could be counted in
        if (withheld.isEmpty()
                && !isRefusal(stop)
                && held.speaks()
                && decided.decision() instanceof Decision.Condition condition
                && !Terms.areMet(condition.terms(), decided.assessment(), held.text())) {
            withheld = Optional.of(new Withheld(decided.assessment(), condition, 0));
        }
        if (withheld.isEmpty()) {
            held.plain(stop);
        }
    }

    /** How a refusal is signalled is an id, or two of which one is that of a field. */
    private boolean isSignal(String signal) {
        return StopWords.isFilter(signal) || unread.isId(signal.replaceFirst(": ", ":"));
    }

    /** A provider that refuses owes nothing to conditions. */
    private static boolean isRefusal(Event.Stop stop) {
        return stop.reason() instanceof StopReason.Refusal
                || stop.reason() instanceof StopReason.ContentFilter;
    }

    private void close(List<String> rest) {
        for (String words : rest) {
            Channel aside = new Channel(windows, false, whole);
            read(aside, words, (from, to) -> {});
        }
        while (withheld.isEmpty() && !speaking.isEmpty()) {
            Channel oldest = speaking.keySet().iterator().next();
            speaking.remove(oldest);
            judge(oldest, true);
        }
        judged |= withheld.isEmpty();
    }

    /** What broke off before any of it went out is an error and nothing else. */
    private void fail(Event.Failed failed) {
        if (begun) {
            close(List.of());
        } else {
            speaking.clear();
            held.clear();
            judged = true;
        }
        if (withheld.isEmpty()) {
            held.plain(failed);
        }
    }
}

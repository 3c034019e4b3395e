package io.demur.wire.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the calls of tools one behind the other where a server sends them mixed: most protocols can
 * carry no other order. The arguments of one call pass as they come; what comes meanwhile waits for
 * their end, which they show themselves, or for that of the answer. For one thread.
 */
final class ToolsInTurn {

    /** A call of a tool: the arguments that wait, and whether all of them have come. */
    private static final class Called {
        private final StringBuilder waiting = new StringBuilder();
        private final ObjectEnd end = new ObjectEnd();
        private boolean passed;
    }

    /**
     * What waits behind a call. Words of one kind that follow each other are one event: a server
     * may send them a character at a time, and each event takes many times as much.
     */
    private record Waits(Event event, StringBuilder more) {

        boolean joins(Event next) {
            String words = words(next);
            if (words.isEmpty() || !next.getClass().equals(event.getClass())) {
                return false;
            }
            more.append(words);
            return true;
        }

        Event whole() {
            String all = words(event) + more;
            return more.isEmpty()
                    ? event
                    : switch (event) {
                        case Event.Text text -> new Event.Text(all);
                        case Event.Reasoning reasoning -> new Event.Reasoning(all);
                        case Event.Refusal refusal -> new Event.Refusal(all);
                        default -> throw new IllegalStateException("no words");
                    };
        }

        private static String words(Event event) {
            return switch (event) {
                case Event.Text text -> text.delta();
                case Event.Reasoning reasoning -> reasoning.delta();
                case Event.Refusal refusal -> refusal.delta();
                default -> "";
            };
        }
    }

    private final Map<Integer, Called> calls = new HashMap<>();
    private final Deque<Waits> waiting = new ArrayDeque<>();
    private Optional<Called> turn = Optional.empty();

    /**
     * Takes what comes next, and passes on what can be.
     *
     * @return whether it has a place: no more arguments come to a call behind which others went
     */
    boolean take(Event event, List<Event> to) {
        switch (event) {
            case Event.Began began -> to.add(began);
            case Event.Counted counted -> to.add(counted);
            case Event.ToolDelta delta -> {
                return arguments(delta, to);
            }
            case Event.Stop stop -> last(stop, to);
            case Event.Failed failed -> last(failed, to);
            case Event.ToolBegan tool -> inTurn(tool, to);
            case Event.Text text -> inTurn(text, to);
            case Event.Reasoning reasoning -> inTurn(reasoning, to);
            case Event.Refusal refusal -> inTurn(refusal, to);
            case Event.Signature signature -> inTurn(signature, to);
            case Event.Redacted redacted -> inTurn(redacted, to);
        }
        return true;
    }

    private void inTurn(Event event, List<Event> to) {
        if (!waiting.isEmpty() && waiting.getLast().joins(event)) {
            return; // what it joins could not pass either
        }
        waiting.add(new Waits(event, new StringBuilder()));
        next(to);
    }

    /** Whether something waits for the end of a call. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    private boolean arguments(Event.ToolDelta delta, List<Event> to) {
        Called called = called(delta.index());
        called.end.read(delta.arguments());
        if (turn.isPresent() && turn.get() == called) {
            to.add(delta);
            next(to);
            return true;
        }
        called.waiting.append(delta.arguments());
        return !called.passed || delta.arguments().isBlank();
    }

    private Called called(int index) {
        return calls.computeIfAbsent(index, one -> new Called());
    }

    private void next(List<Event> to) {
        while (!waiting.isEmpty() && (turn.isEmpty() || turn.get().end.isReached())) {
            pass(waiting.remove().whole(), to);
        }
    }

    private void pass(Event event, List<Event> to) {
        to.add(event);
        if (event instanceof Event.ToolBegan tool) {
            Called called = called(tool.index());
            called.passed = true;
            turn = Optional.of(called);
            if (!called.waiting.isEmpty()) {
                to.add(new Event.ToolDelta(tool.index(), called.waiting.toString()));
                called.waiting.setLength(0);
            }
        }
    }

    /** Nothing waits behind the end. */
    private void last(Event event, List<Event> to) {
        while (!waiting.isEmpty()) {
            pass(waiting.remove().whole(), to);
        }
        to.add(event);
    }
}

package io.demur.wire.ollama;

import io.demur.wire.chat.Part.ToolUse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls of tools that no result has answered yet. What is closed stays in the queues until it comes
 * to their front, so that no step costs more the more calls there are.
 */
final class OpenCalls {

    private record Open(int number, String id) {}

    private final Deque<Open> all = new ArrayDeque<>();
    private final Map<String, Deque<Open>> byName = new HashMap<>();
    private final Map<String, List<Integer>> byId = new HashMap<>();
    private final Set<Integer> closed = new HashSet<>();
    private int calls;

    void add(ToolUse use) {
        Open open = new Open(calls, use.id());
        calls++;
        all.add(open);
        byName.computeIfAbsent(use.name(), name -> new ArrayDeque<>()).add(open);
        byId.computeIfAbsent(use.id(), id -> new ArrayList<>()).add(open.number());
    }

    /** The number of the first that is open, of this tool where one is named; or nothing. */
    String first(Optional<String> name) {
        Deque<Open> queue =
                name.isEmpty() ? all : byName.getOrDefault(name.get(), new ArrayDeque<>());
        while (!queue.isEmpty() && closed.contains(queue.getFirst().number())) {
            queue.removeFirst();
        }
        return queue.isEmpty() ? "" : queue.getFirst().id();
    }

    /** All of this number are answered. */
    void close(String id) {
        Optional.ofNullable(byId.remove(id)).ifPresent(closed::addAll);
    }
}

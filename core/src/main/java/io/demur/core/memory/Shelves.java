package io.demur.core.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where traces lie: by principal and by conversation, the oldest first, within bounds. What lies by
 * conversation counts for its principal and is forgotten there with it; and when there is no more
 * room, whoever has most loses the oldest. So nobody can make what was refused to others forgotten,
 * however many conversations they begin. Lists that were handed out never change. Safe for use by
 * several threads.
 */
final class Shelves {

    private final Bounds bounds;
    private final Map<Long, List<Trace>> shelves = new HashMap<>();

    /**
     * Principals by how many traces they have; of equals, the one asked about longest ago first.
     */
    private final TreeMap<Integer, LinkedHashSet<Long>> principals = new TreeMap<>();

    private long weight;

    Shelves(Bounds bounds) {
        this.bounds = bounds;
    }

    /** What lies on one, the oldest first. */
    synchronized List<Trace> of(long holder) {
        List<Trace> shelf = on(holder);
        Set<Long> equals = principals.getOrDefault(shelf.size(), new LinkedHashSet<>());
        if (equals.remove(holder)) {
            equals.add(holder);
        }
        return shelf;
    }

    private List<Trace> on(long holder) {
        return shelves.getOrDefault(holder, List.of());
    }

    synchronized long weight() {
        return weight;
    }

    /** Everything, each once. */
    synchronized Set<Trace> all() {
        Set<Trace> all = new LinkedHashSet<>();
        shelves.values().forEach(all::addAll);
        return all;
    }

    /** Puts a trace on its shelves, in the place of an older one of the same attempt. */
    synchronized void put(Trace trace) {
        same(trace.principal(), trace).ifPresent(this::forget);
        put(trace.principal(), trace);
        if (trace.conversation() != 0) {
            same(trace.conversation(), trace).ifPresent(this::forget);
            put(trace.conversation(), trace);
        }
        while (on(trace.principal()).size() > bounds.perPrincipalMax()) {
            forget(on(trace.principal()).getFirst());
        }
        while (trace.conversation() != 0
                && on(trace.conversation()).size() > bounds.perConversationMax()) {
            take(trace.conversation(), on(trace.conversation()).getFirst());
        }
        while (weight > bounds.bytesMax() && !isLast()) {
            forget(on(principals.lastEntry().getValue().getFirst()).getFirst());
        }
    }

    /** Whether there is but one trace. */
    private boolean isLast() {
        return principals.lastKey() == 1 && principals.lastEntry().getValue().size() == 1;
    }

    private Optional<Trace> same(long holder, Trace trace) {
        return on(holder).stream().filter(on -> on.attempt().equals(trace.attempt())).findFirst();
    }

    private void forget(Trace trace) {
        take(trace.principal(), trace);
        take(trace.conversation(), trace);
    }

    private void take(long holder, Trace trace) {
        List<Trace> shelf = new ArrayList<>(on(holder));
        if (shelf.remove(trace)) {
            weight -= trace.weight();
            replace(holder, shelf, holder == trace.principal());
        }
    }

    private void put(long holder, Trace trace) {
        List<Trace> shelf = new ArrayList<>(on(holder));
        int place = shelf.size();
        while (place > 0 && shelf.get(place - 1).at().isAfter(trace.at())) {
            place--;
        }
        shelf.add(place, trace);
        weight += trace.weight();
        replace(holder, shelf, holder == trace.principal());
    }

    private void replace(long holder, List<Trace> shelf, boolean principal) {
        int before = on(holder).size();
        if (shelf.isEmpty()) {
            shelves.remove(holder);
        } else {
            shelves.put(holder, List.copyOf(shelf));
        }
        if (!principal) {
            return;
        }
        Set<Long> equals = principals.getOrDefault(before, new LinkedHashSet<>());
        equals.remove(holder);
        if (equals.isEmpty()) {
            principals.remove(before);
        }
        if (!shelf.isEmpty()) {
            principals.computeIfAbsent(shelf.size(), n -> new LinkedHashSet<>()).add(holder);
        }
    }
}

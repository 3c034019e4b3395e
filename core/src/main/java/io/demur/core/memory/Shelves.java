package io.demur.core.memory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where traces lie: by principal and by conversation, the oldest first, within bounds. Lists that
 * were handed out never change. Safe for use by several threads.
 */
final class Shelves {

    private final Bounds bounds;

    /** The one asked about longest ago comes first. */
    private final Map<Long, List<Trace>> shelves = new LinkedHashMap<>(64, 0.75f, true);

    private long weight;

    Shelves(Bounds bounds) {
        this.bounds = bounds;
    }

    /** What lies on one, the oldest first. */
    synchronized List<Trace> of(long holder) {
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
        put(trace.principal(), trace, bounds.perPrincipalMax());
        if (trace.conversation() != 0) {
            put(trace.conversation(), trace, bounds.perConversationMax());
        }
        Iterator<List<Trace>> longest = shelves.values().iterator();
        while (weight > bounds.bytesMax() && shelves.size() > 1) {
            longest.next().forEach(gone -> weight -= gone.weight());
            longest.remove();
        }
    }

    private void put(long holder, Trace trace, int max) {
        List<Trace> shelf = new ArrayList<>(shelves.getOrDefault(holder, List.of()));
        shelf.removeIf(
                other -> {
                    boolean same = other.attempt().equals(trace.attempt());
                    weight -= same ? other.weight() : 0;
                    return same;
                });
        int place = shelf.size();
        while (place > 0 && shelf.get(place - 1).at().isAfter(trace.at())) {
            place--;
        }
        shelf.add(place, trace);
        weight += trace.weight();
        while (shelf.size() > max) {
            weight -= shelf.removeFirst().weight();
        }
        shelves.put(holder, List.copyOf(shelf));
    }
}

package io.demur.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which attempts wait for their outcome. An attempt is {@code opening} until it is on disk, {@code
 * open} until an outcome is on its way, and {@code closing} until that is on disk. Not safe for use
 * by several threads.
 */
final class OpenAttempts {

    /** How many closed ids are remembered, to refuse one that is used again at once. */
    private static final int RECENT_MAX = 10_000;

    private final Set<String> opening = new LinkedHashSet<>();
    private final Map<String, Instant> open = new HashMap<>();
    private final NavigableSet<Age> oldest = new TreeSet<>();
    private final Map<String, Instant> closing = new HashMap<>();
    private final Set<String> recent = new LinkedHashSet<>();

    /** Since when one is open; the oldest first. */
    private record Age(Instant since, String id) implements Comparable<Age> {

        @Override
        public int compareTo(Age other) {
            int first = since.compareTo(other.since);
            return first == 0 ? id.compareTo(other.id) : first;
        }
    }

    /** How many are open or closing. */
    int size() {
        return open.size() + closing.size();
    }

    /**
     * Refuses an id that cannot be an attempt's.
     *
     * @throws IllegalArgumentException where it is in use or was
     */
    void checkNew(String id) {
        if (opening.contains(id)
                || open.containsKey(id)
                || closing.containsKey(id)
                || recent.contains(id)) {
            throw new IllegalArgumentException("the attempt `%s` has been made".formatted(id));
        }
    }

    /**
     * Refuses an outcome that no attempt waits for.
     *
     * @throws IllegalArgumentException saying why
     */
    void checkOpen(String id) {
        if (!open.containsKey(id)) {
            throw new IllegalArgumentException(
                    "the attempt `%s` %s"
                            .formatted(
                                    id,
                                    opening.contains(id)
                                            ? "is not on disk yet, and so has no outcome"
                                            : closing.containsKey(id) || recent.contains(id)
                                                    ? "has its outcome"
                                                    : "is not open"));
        }
    }

    /** What is open and older than that, the oldest first, {@code max} of them at most. */
    List<String> before(Instant time, int max, Collection<String> except) {
        List<String> found = new ArrayList<>();
        for (Age attempt : oldest) {
            if (!attempt.since().isBefore(time) || found.size() == max) {
                break;
            }
            if (!except.contains(attempt.id())) {
                found.add(attempt.id());
            }
        }
        return found;
    }

    void opening(String id) {
        opening.add(id);
    }

    /** The attempt is on disk. */
    void opened(String id, Instant since) {
        opening.remove(id);
        open.put(id, since);
        oldest.add(new Age(since, id));
    }

    /** The attempt could not be written: nothing has happened. */
    void notOpened(String id) {
        opening.remove(id);
    }

    void closing(String id) {
        Instant since = open.remove(id);
        if (since != null) {
            oldest.remove(new Age(since, id));
            closing.put(id, since);
        }
    }

    /** The outcome is on disk. */
    void closed(String id) {
        closing.remove(id);
        opening.remove(id);
        recent.add(id);
        if (recent.size() > RECENT_MAX) {
            recent.remove(recent.iterator().next());
        }
    }

    /** The outcome could not be written: the attempt is as open as it was. */
    void notClosed(String id) {
        Instant since = closing.remove(id);
        if (since != null) {
            open.put(id, since);
            oldest.add(new Age(since, id));
        }
    }
}

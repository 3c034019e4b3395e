package io.demur.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attempts wait for their outcome. An attempt is {@code opening} until it is on disk, {@code
 * open} until an outcome is on its way, and {@code closing} until that is on disk. Not safe for use
 * by several threads.
 */
final class OpenAttempts {

    /** How many closed ids are remembered, to refuse one that is used again at once. */
    private static final int RECENT_MAX = 10_000;

    private final Set<String> opening = new LinkedHashSet<>();
    private final Map<String, Instant> open = new LinkedHashMap<>();
    private final Map<String, Instant> closing = new LinkedHashMap<>();
    private final Set<String> recent = new LinkedHashSet<>();

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
        // in the order of their times, because those of a log never decrease
        for (Map.Entry<String, Instant> attempt : open.entrySet()) {
            if (!attempt.getValue().isBefore(time) || found.size() == max) {
                break;
            }
            if (!except.contains(attempt.getKey())) {
                found.add(attempt.getKey());
            }
        }
        return found;
    }

    void opening(String id) {
        opening.add(id);
    }

    /** The attempt is on disk. */
    void opened(String id, Instant at) {
        opening.remove(id);
        open.put(id, at);
    }

    /** The attempt could not be written: nothing has happened. */
    void notOpened(String id) {
        opening.remove(id);
    }

    void closing(String id) {
        Instant at = open.remove(id);
        if (at != null) {
            closing.put(id, at);
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
        Instant at = closing.remove(id);
        if (at != null) {
            // its place by age is lost; it is looked at again once those before it are closed
            open.put(id, at);
        }
    }
}

package io.demur.gateway.appeal;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may do something, counted in memory alone: nothing that is kept tells who has
 * done it. Safe for use by several threads.
 */
final class Often {

    private static final int KNOWN_MAX = 10_000;

    private final int max;
    private final Duration within;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    private record Count(Instant since, int done) {}

    /**
     * So often within a time.
     *
     * @param max so many times
     */
    Often(int max, Duration within) {
        this.max = max;
        this.within = within;
    }

    /** Whether one more would be too many. */
    synchronized boolean isFull(String who, Instant now) {
        Count before = counts.get(who);
        return before != null && now.isBefore(before.since().plus(within)) && before.done() >= max;
    }

    /** Counts one more; false where that is too many. */
    synchronized boolean once(String who, Instant now) {
        Count before = counts.get(who);
        Count next =
                before == null || !now.isBefore(before.since().plus(within))
                        ? new Count(now, 1)
                        : new Count(before.since(), before.done() + 1);
        counts.remove(who);
        counts.put(who, next);
        if (counts.size() > KNOWN_MAX) {
            counts.remove(counts.keySet().iterator().next());
        }
        return next.done() <= max;
    }
}

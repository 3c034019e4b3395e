package io.demur.gateway.judge;

import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Words of the second judge that were wanted and did not come, by why. The program's log says so at
 * most once a minute. Safe for use by several threads.
 */
final class MissedWords {

    private static final System.Logger LOGGER = System.getLogger(MissedWords.class.getName());
    private static final long SILENT_NANOS = 60_000_000_000L;

    /** Why one did not come. */
    enum Cause {
        /** It was not there in time. */
        LATE,
        /** There was no room for it to wait. */
        FULL,
        /** The judge broke. */
        FAILED
    }

    private final Map<Cause, LongAdder> counts = new EnumMap<>(Cause.class);
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SILENT_NANOS);

    MissedWords() {
        for (Cause cause : Cause.values()) {
            counts.put(cause, new LongAdder());
        }
    }

    void add(Cause cause) {
        counts.computeIfAbsent(cause, each -> new LongAdder()).increment();
        long before = saidAt.get();
        long now = System.nanoTime();
        if (now - before >= SILENT_NANOS && saidAt.compareAndSet(before, now)) {
            LOGGER.log(
                    Level.WARNING,
                    "the second judge was wanted and did not answer; so far: {0}. What the quick"
                            + " judge said stands, and the answers are judged as a whole",
                    counts());
        }
    }

    /** How many, by the cause's name in lower case. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((cause, count) -> all.put(word(cause), count.sum()));
        return all;
    }

    private static String word(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}

package io.demur.core.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much there was in the last 60 seconds, second by second. The second at the far end counts
 * whole, so that no 60 seconds hold more than was let through.
 */
final class Window {

    static final int SECONDS = 60;

    private final long[] counts = new long[SECONDS + 1];
    private long last = Long.MIN_VALUE;
    private long sum;

    /** Lets go of what is older. */
    private void to(long second) {
        if (second <= last) {
            return;
        }
        if (last == Long.MIN_VALUE || second - last > SECONDS) {
            Arrays.fill(counts, 0);
            sum = 0;
        } else {
            for (long each = last + 1; each <= second; each++) {
                int slot = slot(each);
                sum -= counts[slot];
                counts[slot] = 0;
            }
        }
        last = second;
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, SECONDS + 1L);
    }

    long sum(long second) {
        to(second);
        return sum;
    }

    void add(long second, long count) {
        to(second);
        counts[slot(last)] += count;
        sum += count;
    }

    /** Takes back what was added in a second, if that still counts. */
    void takeBack(long second, long count) {
        if (second <= last && last - second <= SECONDS) {
            counts[slot(second)] -= count;
            sum -= count;
        }
    }

    /** The clock was wrong: what was counted counts from now on. */
    void restart(long second) {
        long kept = sum;
        Arrays.fill(counts, 0);
        counts[slot(second)] = kept;
        last = second;
    }

    /** How long until no more than {@code room} is left of what counts now. */
    Optional<Duration> until(long second, long room) {
        to(second);
        if (room < 0) {
            return Optional.empty();
        }
        long left = sum;
        for (long each = last - SECONDS; each <= last; each++) {
            left -= counts[slot(each)];
            if (left <= room) {
                return Optional.of(Duration.ofSeconds(each + SECONDS + 1 - last));
            }
        }
        return Optional.empty();
    }
}

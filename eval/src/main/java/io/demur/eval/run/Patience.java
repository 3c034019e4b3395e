package io.demur.eval.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a failing target is asked again: the first wait, which doubles each time, the longest,
 * and how many times.
 */
public record Patience(Duration first, Duration longest, int tries) {

    /** What is usual: 0.5 s, 1 s … 32 s, which is about a minute. */
    public static final Patience USUAL =
            new Patience(Duration.ofMillis(500), Duration.ofSeconds(60), 8);

    /** A target that wants to be left alone for longer is not waited for. */
    static final Duration WAITED_MAX = Duration.ofMinutes(10);

    public Patience {
        if (first.isNegative() || longest.compareTo(first) < 0 || tries < 1) {
            throw new IllegalArgumentException(
                    "`%d` tries, `%s` to `%s` apart".formatted(tries, first, longest));
        }
    }

    /**
     * How long to wait before the next try.
     *
     * @param tried how many times it was tried, at least 1
     * @param said what the target said of it, which is kept to
     * @param jitter 0 to 1, so that not all come back at once
     */
    Duration before(int tried, Optional<Duration> said, double jitter) {
        if (said.isPresent()) {
            return said.get().plus(portion(first, jitter));
        }
        Duration doubled = first.multipliedBy(1L << Math.min(tried - 1, 20));
        Duration most = doubled.compareTo(longest) > 0 ? longest : doubled;
        return portion(most, 0.5 + jitter / 2);
    }

    private static Duration portion(Duration of, double share) {
        return Duration.ofNanos((long) (of.toNanos() * share));
    }
}

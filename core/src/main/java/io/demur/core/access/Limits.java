package io.demur.core.access;

import java.util.OptionalLong;

/**
 * How much may be asked with all keys of a principal, or of a project, together. What is absent is
 * not limited. Immutable, so safe for use by several threads.
 *
 * @param requestsPerMinute in any 60 seconds
 * @param tokensPerMinute asked and answered, in any 60 seconds
 * @param concurrent requests under way at the same time
 * @param tokensPerDay asked and answered, from midnight to midnight in UTC
 */
public record Limits(
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong concurrent,
        OptionalLong tokensPerDay) {

    /** As much as one likes. */
    public static final Limits NONE =
            new Limits(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty());

    /** The largest that can be said: far more than anybody asks, and safe to add up. */
    public static final long MOST = 1_000_000_000_000L;

    public Limits {
        inRange("requests-per-minute", requestsPerMinute);
        inRange("tokens-per-minute", tokensPerMinute);
        inRange("concurrent", concurrent);
        inRange("tokens-per-day", tokensPerDay);
    }

    private static void inRange(String name, OptionalLong limit) {
        limit.ifPresent(
                value -> {
                    if (value < 0 || value > MOST) {
                        throw new IllegalArgumentException(
                                "%s `%d` is not between 0 and %d".formatted(name, value, MOST));
                    }
                });
    }
}

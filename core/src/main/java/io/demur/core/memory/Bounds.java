package io.demur.core.memory;

import java.time.Duration;

/**
 * How much is remembered, and for how long.
 *
 * @param perPrincipalMax refusals of one principal; beyond that the oldest is forgotten
 * @param perConversationMax refusals within one conversation, likewise
 * @param bytesMax of all that is remembered, about; beyond that whoever was not asked about for
 *     longest is forgotten
 * @param window how old a refusal may be that still counts
 */
public record Bounds(int perPrincipalMax, int perConversationMax, long bytesMax, Duration window) {

    /** At most some 150 kB for each principal, and 64 MB for all. */
    public static final Bounds USUAL = new Bounds(128, 32, 64L << 20, Duration.ofDays(7));

    public Bounds {
        if (perPrincipalMax < 1 || perConversationMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("the bounds of a memory are 1 or more");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window `%s` is not positive".formatted(window));
        }
    }
}

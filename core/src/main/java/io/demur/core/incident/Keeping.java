package io.demur.core.incident;

import java.time.Duration;

/**
 * How many refused requests are remembered, and for how long.
 *
 * @param perPrincipalMax of one principal; beyond that the oldest is forgotten
 * @param allMax of all together; beyond that whoever has most loses the oldest
 * @param bytesMax of all together, about; likewise
 * @param window how long after a refusal a request still counts as a later one
 */
public record Keeping(int perPrincipalMax, int allMax, long bytesMax, Duration window) {

    /** A thousand for each principal, a hundred thousand and 150 MB in all, seven days. */
    public static final Keeping USUAL =
            new Keeping(1_000, 100_000, 150_000_000, Duration.ofDays(7));

    public Keeping {
        if (perPrincipalMax < 1 || allMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("the bounds of a memory are 1 or more");
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window `%s` is not positive".formatted(window));
        }
    }
}

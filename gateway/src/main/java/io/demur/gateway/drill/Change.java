package io.demur.gateway.drill;

import io.demur.stats.sequential.Direction;

import java.util.Locale;

/**
 * What a stream has noticed.
 *
 * @param certain by evidence that streams without a change seldom give; else it is a hint, which
 *     comes sooner and errs more often
 */
public record Change(Direction direction, boolean certain) {

    /** What the word of a hint begins with. */
    static final String HINT = "maybe-";

    /** As it stands in entries: {@code falling}, or {@code maybe-falling} for a hint. */
    public String word() {
        return (certain ? "" : HINT) + direction.name().toLowerCase(Locale.ROOT);
    }
}

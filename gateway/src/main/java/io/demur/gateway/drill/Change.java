package io.demur.gateway.drill;

import io.demur.stats.sequential.Direction;

import java.util.Locale;

/**
 * What a stream has noticed.
 *
 * @param proven by evidence that is wrong in few streams ever; else it is only likely, and seen
 *     sooner
 */
public record Change(Direction direction, boolean proven) {

    /** As it stands in entries: {@code falling}, or {@code maybe-falling} where not proven. */
    public String word() {
        return (proven ? "" : "maybe-") + direction.name().toLowerCase(Locale.ROOT);
    }
}

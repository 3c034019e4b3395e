package io.demur.core.incident;

import io.demur.core.harm.Hazard;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A request that was sent, to be compared with what was refused before.
 *
 * @param attempt its id
 * @param hazard what harm it may do, where a judge has named one
 * @param pHarm how probably it is harmful, where that was judged
 * @param principal who asks
 * @param project whose request it is, where it belongs to one
 */
public record Sent(
        String attempt,
        Optional<Hazard> hazard,
        OptionalDouble pHarm,
        String principal,
        Optional<String> project,
        Instant at,
        Prints prints) {
    public Sent {
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(pHarm);
        Objects.requireNonNull(project);
        Objects.requireNonNull(at);
        Objects.requireNonNull(prints);
        if (attempt.isBlank() || principal.isBlank()) {
            throw new IllegalArgumentException("a request has an attempt and a principal");
        }
    }
}

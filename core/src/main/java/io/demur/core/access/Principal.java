package io.demur.core.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who may ask: a person or a program.
 *
 * @param id the pseudonym, as the log has it
 * @param role as the policy names roles; one that it does not name counts as {@code other}
 * @param removed when it ceased to be one, where it has
 */
public record Principal(
        String id, String role, Limits limits, Instant created, Optional<Instant> removed) {
    public Principal {
        if (id.isBlank() || role.isBlank()) {
            throw new IllegalArgumentException("a principal has an id, and a role if only `other`");
        }
        Objects.requireNonNull(limits);
        Objects.requireNonNull(created);
        Objects.requireNonNull(removed);
    }
}

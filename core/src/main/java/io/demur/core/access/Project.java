package io.demur.core.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What keys are used for. Its purpose is declared by the operator, never by a caller; whether it
 * counts for a caller is for the policy's grants to say.
 *
 * @param name as the operator calls it
 * @param purpose as the policy names purposes, where one is declared
 * @param limits for all of its keys together, whosever they are
 */
public record Project(String name, Optional<String> purpose, Limits limits, Instant created) {
    public Project {
        if (name.isBlank() || purpose.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("a project has a name, and a purpose has one too");
        }
        Objects.requireNonNull(limits);
        Objects.requireNonNull(created);
    }
}

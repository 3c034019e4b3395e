package io.demur.eval;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;

import java.util.Objects;
import java.util.Optional;

/**
 * A request whose right treatment is known, and what a policy did with it.
 *
 * @param source the data set
 * @param words what was asked; the same words of one source are counted once
 * @param of what it is, where anybody said so
 * @param hazard of which category its harm is, where anybody said so
 */
public record AskedRequest(
        String source,
        String words,
        Optional<RequestClass> of,
        Optional<Hazard> hazard,
        Strength decision) {
    public AskedRequest {
        Objects.requireNonNull(of);
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(decision);
    }
}

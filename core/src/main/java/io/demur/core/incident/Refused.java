package io.demur.core.incident;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.ModelClass;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A request that was refused, as it is remembered: without a word of it.
 *
 * @param attempt its id
 * @param by who refused it
 * @param hazard what it was refused for, where that is known
 * @param pHarm how probably it is harmful, where that was judged
 * @param harmless whether it looked harmless by itself
 * @param model that was asked
 * @param modelClass of that model
 * @param server that has the model; empty where none was reached
 * @param principal who asked
 * @param project whose request it was, where it belongs to one
 */
public record Refused(
        String attempt,
        Refusal.Origin by,
        Optional<Hazard> hazard,
        OptionalDouble pHarm,
        boolean harmless,
        String model,
        ModelClass modelClass,
        String server,
        String principal,
        Optional<String> project,
        Instant at,
        Prints prints) {
    public Refused {
        Objects.requireNonNull(by);
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(pHarm);
        Objects.requireNonNull(modelClass);
        Objects.requireNonNull(at);
        Objects.requireNonNull(prints);
        if (attempt.isBlank() || principal.isBlank()) {
            throw new IllegalArgumentException("a refused request has an attempt and a principal");
        }
    }

    /** What it was refused for as policies see it: what looks harmless is of no category. */
    public Optional<Hazard> category() {
        return harmless ? Optional.empty() : hazard;
    }
}

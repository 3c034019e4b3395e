package io.demur.gateway.incident;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;

import java.util.Objects;
import java.util.Optional;

/**
 * That the policy makes more of a request than it would, because something like it was refused.
 *
 * @param refused the attempt that was refused
 * @param then what is done at least
 * @param category of the refused request, where it has one
 */
public record Carried(String refused, Strength then, Optional<Hazard> category) {
    public Carried {
        Objects.requireNonNull(then);
        Objects.requireNonNull(category);
    }
}

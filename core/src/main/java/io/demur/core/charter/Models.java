package io.demur.core.charter;

import io.demur.core.policy.ModelClass;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where models stand. A name that is not placed has the class {@link #other}.
 *
 * @param placed by the name that callers ask for; a name that ends in {@code *} is for all that
 *     begin so, and the longest that fits wins
 * @param other the class of every other model
 */
public record Models(Map<String, Placement> placed, ModelClass other) {

    /** No model is known: each counts as one without refusals of its own. */
    public static final Models NONE = new Models(Map.of(), ModelClass.LOCAL_UNALIGNED);

    /** At the end of a name, for all that begin so. */
    static final String ALL = "*";

    /**
     * One model's place.
     *
     * @param base the address that it is asked at, where the policy fixes it
     */
    public record Placement(ModelClass model, Optional<String> base) {
        public Placement {
            Objects.requireNonNull(model);
            Objects.requireNonNull(base);
        }
    }

    public Models {
        placed = Map.copyOf(placed);
        Objects.requireNonNull(other);
    }

    /** The place of a model. */
    public Placement of(String name) {
        return listed(name).orElseGet(() -> new Placement(other, Optional.empty()));
    }

    /** The place that the policy has given a model by its name, or by how that begins. */
    Optional<Placement> listed(String name) {
        Placement exact = name.endsWith(ALL) ? null : placed.get(name);
        for (int end = name.length(); exact == null && end >= 0; end--) {
            exact = placed.get(name.substring(0, end) + ALL);
        }
        return Optional.ofNullable(exact);
    }
}

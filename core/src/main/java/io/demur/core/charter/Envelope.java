package io.demur.core.charter;

import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Rule;

import java.util.Objects;
import java.util.Set;

/**
 * What two people have approved beforehand, so that one may do it: authorised uses for named roles
 * and purposes, within bounds. A cell of neither a named role nor a named purpose is never inside.
 *
 * @param within the cells
 * @param atMost what must still be done there at least wherever the policy before does as much:
 *     answers may become as free as a rule {@code at-most} of this would make them
 */
public record Envelope(Rule.Match within, Strength atMost) {
    public Envelope {
        Objects.requireNonNull(within);
        Objects.requireNonNull(atMost);
    }

    /** Whether a cell is inside. */
    public boolean covers(Cell cell) {
        return (isNamed(within.roles(), cell.role()) || isNamed(within.purposes(), cell.purpose()))
                && within.holds(cell);
    }

    private static boolean isNamed(Set<String> named, String name) {
        return !name.equals(Axes.OTHER) && named.contains(name);
    }
}

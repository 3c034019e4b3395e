package io.demur.core.memory;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Standing;

import java.util.Objects;
import java.util.Optional;

/**
 * What the memory of refusals makes of a request.
 *
 * @param standing for the policy
 * @param reading the words of the request, its disguises undone, that come back to the refused one;
 *     empty where it is fresh. Judged by themselves they show what is asked, whatever stands around
 *     them
 * @param hazard for which the earlier one was refused, if a judge had named it
 */
public record Recognition(Standing standing, String reading, Optional<Hazard> hazard) {

    /** Nothing like it is remembered. */
    public static final Recognition FRESH = new Recognition(Standing.FRESH, "", Optional.empty());

    public Recognition {
        Objects.requireNonNull(standing);
        Objects.requireNonNull(reading);
        Objects.requireNonNull(hazard);
    }
}

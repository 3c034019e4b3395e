package io.demur.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An exchange, as the log has it.
 *
 * @param principal who asked, as a pseudonym
 * @param subject whose data it is, as a pseudonym
 * @param at when it was asked
 * @param result the name of an {@link io.demur.record.entry.Outcome.Result}; nothing where it has
 *     not ended
 * @param hazard in lower case, where one was named
 */
public record Exchanged(
        String attempt,
        String principal,
        String subject,
        Optional<String> project,
        Optional<String> purpose,
        String model,
        String modelClass,
        Instant at,
        Optional<String> result,
        Optional<String> hazard) {

    /** All of it or a part of it was refused, by whomever, or waited for a person. */
    private static final Set<String> REFUSED =
            Set.of("REFUSE_LOCAL", "REFUSE_UPSTREAM", "PARTIAL", "REVIEW");

    public Exchanged {
        Objects.requireNonNull(result);
        Objects.requireNonNull(hazard);
    }

    /** Whether there is something to appeal against. */
    public boolean isRefused() {
        return result.filter(REFUSED::contains).isPresent();
    }
}

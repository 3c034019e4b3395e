package io.demur.gateway.gate;

import io.demur.core.harm.Assessment;
import io.demur.core.policy.Standing;

import java.util.Objects;

/**
 * What was found of one reading of a request: as it stands, with a disguise undone, or the words in
 * it that come back to a refusal.
 *
 * @param standing what the memory of refusals says of it
 * @param settled whether every judge was heard that was to be asked; where one was not, what the
 *     others said stands and is not sure
 */
public record Finding(Assessment assessment, Standing standing, boolean settled) {
    public Finding {
        Objects.requireNonNull(assessment);
        Objects.requireNonNull(standing);
    }

    /** One of which every judge was heard. */
    public Finding(Assessment assessment, Standing standing) {
        this(assessment, standing, true);
    }
}

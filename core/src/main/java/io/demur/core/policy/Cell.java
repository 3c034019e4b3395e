package io.demur.core.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.Optional;

/**
 * One square of a policy's table. What differs within a square is the probability of harm alone.
 *
 * @param hazard the category; nothing where no judge has named one
 * @param severity how bad it is for who bears it
 * @param model the class of the model asked
 * @param role the principal's role
 * @param purpose the project's declared purpose
 * @param stage how far the project has come on the way of adverse processing
 * @param standing what the memory of refusals says
 */
public record Cell(
        Optional<Hazard> hazard,
        Severity severity,
        ModelClass model,
        String role,
        String purpose,
        Stage stage,
        Standing.Kind standing) {

    /**
     * Whether what nobody could judge is decided here: no category is named, and all is possible.
     */
    public boolean isUnjudged() {
        return hazard.isEmpty() && severity == Severity.GRAVE;
    }
}

package io.demur.gateway.gate;

import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;

import java.util.List;
import java.util.Optional;

/**
 * All that was found of one request.
 *
 * @param readings the request as it stands first; never empty
 * @param belonging whether it belongs to what the deployment is for, where that is limited
 */
public record Findings(List<Finding> readings, Optional<Belonging> belonging) {
    public Findings {
        readings = List.copyOf(readings);
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("a request has at least one reading");
        }
    }

    /** The same, as if nothing like it had been refused before. */
    public Findings afresh() {
        return new Findings(
                readings.stream()
                        .map(it -> new Finding(it.assessment(), Standing.FRESH, it.settled()))
                        .toList(),
                belonging);
    }

    /** The same where something in the request could not be read, so that nobody is sure of it. */
    public Findings unsettled() {
        return new Findings(
                readings.stream()
                        .map(it -> new Finding(it.assessment(), it.standing(), false))
                        .toList(),
                belonging);
    }
}

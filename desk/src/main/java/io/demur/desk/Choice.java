package io.demur.desk;

import io.demur.core.harm.Severity;
import io.demur.store.HeldRequests;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reviewer says of a case.
 *
 * @param decision {@code release} or {@code refuse} of what is held; of all else {@code confirm} or
 *     {@code overturn}
 * @param reason a code
 * @param acceptable whether this organisation should do what was asked, even if it can
 * @param severity of what was found
 * @param valid how long a release is good for
 */
public record Choice(
        String decision,
        String reason,
        Optional<Boolean> acceptable,
        Optional<Severity> severity,
        Duration valid) {
    public Choice {
        Objects.requireNonNull(acceptable);
        Objects.requireNonNull(severity);
    }

    /** One that says nothing more. */
    public static Choice of(String decision, String reason) {
        return new Choice(decision, reason, Optional.empty(), Optional.empty(), HeldRequests.VALID);
    }

    /** The same, with an answer to whether it should be done here. */
    public Choice acceptable(boolean should) {
        return new Choice(decision, reason, Optional.of(should), severity, valid);
    }

    /** The same, with how bad that is which was found. */
    public Choice severity(Severity found) {
        return new Choice(decision, reason, acceptable, Optional.of(found), valid);
    }
}

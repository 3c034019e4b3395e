package io.demur.gateway.judge;

import io.demur.core.charter.Charter;
import io.demur.core.policy.Context;
import io.demur.wire.chat.Asked;

import java.time.Instant;
import java.util.Objects;

/**
 * A request that is to be judged.
 *
 * @param principal whose it is, as a pseudonym
 * @param context what is known of it that its caller cannot write
 * @param charter by which it will be decided
 * @param registered whether its system prompt is one that the policy has registered, so that what
 *     it orders was decided by those who signed
 */
public record Question(
        String principal,
        Asked asked,
        Context context,
        Charter charter,
        boolean registered,
        Instant at) {
    public Question {
        Objects.requireNonNull(asked);
        Objects.requireNonNull(context);
        Objects.requireNonNull(charter);
        Objects.requireNonNull(at);
    }
}

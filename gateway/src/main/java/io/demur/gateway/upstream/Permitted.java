package io.demur.gateway.upstream;

import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Asked;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What was taken from a permit. Whatever is sent to a model is one of these, and there is no other
 * way to come by one.
 */
final class Permitted {

    private final Asked asked;
    private final Duration within;

    private Permitted(Asked asked, Duration within) {
        this.asked = asked;
        this.within = within;
    }

    /** Takes what is next for a model. */
    static Permitted take(Permit permit, InstantSource clock, String model, ModelClass of) {
        Instant now = clock.instant();
        Asked asked = permit.take(now, model, of);
        return new Permitted(asked, Duration.between(now, permit.deadline()));
    }

    /** What is sent. */
    Asked asked() {
        return asked;
    }

    /** How long it may take in all, from when it was taken. */
    Duration within() {
        return within;
    }
}

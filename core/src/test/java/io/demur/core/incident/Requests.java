package io.demur.core.incident;

import io.demur.core.Refusal;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.ModelClass;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Requests as a gateway would make them. */
final class Requests {

    static final MemoryKey KEY = MemoryKey.of(new byte[32]);
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Requests() {}

    static Refused refused(String attempt, String principal, String text) {
        return refused(attempt, principal, Optional.empty(), text, NOON);
    }

    static Refused refused(
            String attempt, String principal, Optional<String> project, String text, Instant at) {
        return new Refused(
                attempt,
                Refusal.Origin.PROVIDER,
                Optional.empty(),
                OptionalDouble.empty(),
                false,
                "model",
                ModelClass.HOSTED,
                "server",
                principal,
                project,
                at,
                Prints.of(KEY, text));
    }

    static Sent sent(String attempt, String principal, String text) {
        return sent(attempt, principal, Optional.empty(), text, NOON.plusSeconds(60));
    }

    static Sent sent(
            String attempt, String principal, Optional<String> project, String text, Instant at) {
        return new Sent(
                attempt,
                Optional.empty(),
                OptionalDouble.empty(),
                principal,
                project,
                at,
                Prints.of(KEY, text));
    }
}

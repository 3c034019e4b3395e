package io.demur.record.entry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * KEY: a key is made, replaced, revoked or destroyed.
 *
 * @param purpose what it is for: {@code log}, {@code policy}, {@code witness}, {@code bodies},
 *     {@code hmac}
 * @param id which one
 * @param action {@code created}, {@code retired}, {@code revoked} or {@code destroyed}
 * @param publicKey the public half, where there is one: a vkey of signed-note
 * @param reason a reason code, where a person gave one
 */
public record KeyChange(
        Instant at,
        String purpose,
        String id,
        String action,
        Optional<String> publicKey,
        Optional<String> reason)
        implements Entry {

    private static final List<String> PURPOSES =
            List.of("log", "policy", "witness", "bodies", "hmac");
    private static final List<String> ACTIONS =
            List.of("created", "retired", "revoked", "destroyed");

    public KeyChange {
        at = Words.micros(at);
        Words.oneOf("purpose", purpose, PURPOSES);
        Words.name("id", id);
        Words.oneOf("action", action, ACTIONS);
        publicKey.ifPresent(it -> Words.text("publicKey", it, 300));
        reason.ifPresent(it -> Words.code("reason", it));
    }

    /** A change for which nobody gave a reason. */
    public KeyChange(
            Instant at, String purpose, String id, String action, Optional<String> publicKey) {
        this(at, purpose, id, action, publicKey, Optional.empty());
    }

    @Override
    public KeyChange at(Instant time) {
        return new KeyChange(time, purpose, id, action, publicKey, reason);
    }
}

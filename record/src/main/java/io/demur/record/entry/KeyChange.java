package io.demur.record.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * KEY: a key is made, replaced, revoked or destroyed.
 *
 * @param purpose what it is for: {@code log}, {@code policy}, {@code witness}, {@code bodies},
 *     {@code hmac}
 * @param id which one
 * @param action {@code created}, {@code retired}, {@code revoked} or {@code destroyed}
 * @param publicKey the public half, where there is one: a vkey of signed-note
 */
public record KeyChange(
        Instant at, String purpose, String id, String action, Optional<String> publicKey)
        implements Entry {

    @Override
    public KeyChange at(Instant time) {
        return new KeyChange(time, purpose, id, action, publicKey);
    }
}

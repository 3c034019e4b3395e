package io.demur.wire.chat;

import java.time.Instant;
import java.util.Objects;

/**
 * What stands on every reply to a caller, since the caller asked Demur and not the server behind.
 *
 * @param id of the reply
 * @param model as the caller named it
 * @param at when it was answered
 * @param usage whether a stream is to end with the tokens counted, where the caller chooses
 */
public record Stamp(String id, String model, Instant at, boolean usage) {
    public Stamp {
        Objects.requireNonNull(id);
        Objects.requireNonNull(model);
        Objects.requireNonNull(at);
    }
}

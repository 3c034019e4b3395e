package io.demur.core.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A key by which somebody asks; its secret is nowhere, and {@code hash} is all that is kept of it.
 * Immutable, so safe for use by several threads.
 *
 * @param id what it is called in lists and in the log; the middle of its text
 * @param principal who asks by it
 * @param project what for, where that is said
 * @param expires from when on it is no longer good; also how a replaced key comes to its end
 * @param revoked when it was taken back
 * @param successor the key that replaced it
 */
public record AccessKey(
        String id,
        KeyHash hash,
        String principal,
        Optional<String> project,
        Scope scope,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked,
        Optional<String> successor) {
    public AccessKey {
        if (id.isBlank() || principal.isBlank()) {
            throw new IllegalArgumentException("a key has an id and belongs to somebody");
        }
        Objects.requireNonNull(hash);
        Objects.requireNonNull(project);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(created);
        Objects.requireNonNull(expires);
        Objects.requireNonNull(revoked);
        Objects.requireNonNull(successor);
    }

    /** How a key stands at some time. */
    public enum State {
        GOOD,
        EXPIRED,
        REVOKED
    }

    /** How it stands. What was revoked is so at whatever time: clocks may differ. */
    public State at(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        return expires.isPresent() && !now.isBefore(expires.get()) ? State.EXPIRED : State.GOOD;
    }
}

package io.demur.core.compose;

import java.util.Objects;
import java.util.Optional;

/**
 * Where the one who was refused can go on.
 *
 * @param attempt id of the attempt, such as {@code att_…}
 * @param appeal where a person can be asked to look again, and where a held request is followed
 * @param receipt where the proof of the log entry can be fetched once there is one
 */
public record Reference(String attempt, Optional<String> appeal, Optional<String> receipt) {
    public Reference {
        Objects.requireNonNull(receipt);
        if (attempt.isBlank() || appeal.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("a reference names its attempt");
        }
    }

    /** One without addresses. */
    public static Reference to(String attempt) {
        return new Reference(attempt, Optional.empty(), Optional.empty());
    }
}

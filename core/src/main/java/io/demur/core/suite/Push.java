package io.demur.core.suite;

import java.util.Objects;

/**
 * What the user says next, whatever the model has answered.
 *
 * @param tactic how it presses
 * @param text what is said; never blank
 */
public record Push(Tactic tactic, String text) {
    public Push {
        Objects.requireNonNull(tactic);
        if (text.isBlank()) {
            throw new IllegalArgumentException("a push says something");
        }
    }
}

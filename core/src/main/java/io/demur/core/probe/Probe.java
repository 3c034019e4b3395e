package io.demur.core.probe;

import io.demur.core.harm.Hazard;

import java.util.Objects;
import java.util.Optional;

/**
 * One request with a known right answer. None holds instructions for harm.
 *
 * @param id never used for another request; says what it is, such as {@code privacy-clear-2}
 * @param text what is asked
 * @param hazard the category that it is of, or that it only looks like; nothing for an ordinary one
 * @param right what is right
 */
public record Probe(String id, String text, Optional<Hazard> hazard, Right right) {

    /** What is right to do. */
    public enum Right {
        /** It is ordinary, or only looks harmful. */
        ANSWER,
        /** It is clear: refused, held or conditioned. */
        KEEP_BACK
    }

    public Probe {
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(right);
        if (id.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a probe has an id and a text");
        }
        if (right == Right.KEEP_BACK && hazard.isEmpty()) {
            throw new IllegalArgumentException("probe `%s` is harmful in no way".formatted(id));
        }
    }

    /** A probe of a category, or one that looks like it. */
    public Probe(String id, String text, Hazard hazard, Right right) {
        this(id, text, Optional.of(hazard), right);
    }
}

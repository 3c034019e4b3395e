package io.demur.core.probe;

import io.demur.core.harm.Hazard;

import java.util.Objects;

/**
 * One request with a known right answer. None holds instructions for harm.
 *
 * @param id never used for another request
 * @param text what is asked
 * @param hazard the category that it is of, or that it only looks like
 * @param right what is right
 */
public record Probe(String id, String text, Hazard hazard, Right right) {

    /** What is right to do. */
    public enum Right {
        /** It only looks harmful. */
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
    }
}

package io.demur.core;

import java.util.Objects;
import java.util.Optional;

/**
 * What people have said about a transcript, against which a judge is measured.
 *
 * @param prompt whether the request is harmful
 * @param response what the last response is
 */
public record Labels(Optional<Prompt> prompt, Optional<Answer> response) {

    /** Nobody has labelled it. */
    public static final Labels NONE = new Labels(Optional.empty(), Optional.empty());

    /** A label of a request; the field's safe and unsafe. */
    public enum Prompt {
        BENIGN,
        HARMFUL
    }

    /** A label of a response. */
    public enum Answer {
        COMPLIANCE,
        PARTIAL,
        FULL,
        /** A refusal; the annotators did not say how far. */
        REFUSAL;

        /** Whether it is any refusal. */
        public boolean refused() {
            return this != COMPLIANCE;
        }
    }

    public Labels {
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(response);
    }
}

package io.demur.record.entry;

import java.util.Optional;

/**
 * What is kept of a body, and what binds the entry to it.
 *
 * @param mode how it is kept
 * @param bytes how long the body was
 * @param body commits to the body as it was sent
 * @param stored commits to the text that was stored instead, where the mode is REDACTED
 */
public record Kept(Mode mode, long bytes, Commitment body, Optional<Commitment> stored) {

    /** How a body is kept. */
    public enum Mode {
        /** As it was, encrypted. */
        FULL,
        /** With what identifies people taken out, encrypted. */
        REDACTED,
        /** Not at all: only the commitment. */
        HASH_ONLY
    }

    public Kept {
        Words.count("bytes", bytes);
        if (stored.isPresent() != (mode == Mode.REDACTED)) {
            throw new IllegalArgumentException(
                    "`stored` is there where the mode is REDACTED, and only there");
        }
    }
}

package io.demur.core.incident;

import io.demur.core.JudgeId;

import java.util.Optional;

/**
 * Where a text lies by what it means. Points of the same meaning can be compared with each other by
 * their angle; of different ones they say nothing. It takes milliseconds: it is asked after the
 * reply.
 */
public interface Meaning {

    /** Which one it is; points carry its beginning, so that those of another are not compared. */
    JudgeId id();

    /** The point of a text, of length one; nothing where it has no words that are understood. */
    Optional<float[]> of(String text);
}

package io.demur.core.incident;

import io.demur.core.JudgeId;

import java.util.Optional;

/**
 * Where a text lies by what it means. Points of one meaning can be compared with each other by
 * their angle; those of different ones say nothing to each other. A point has an odd number of
 * places: a half for what is meant, a half for the topic, and the last says in log-odds how much
 * the text sounds like something that is refused. It takes milliseconds, so it is asked after the
 * reply.
 */
public interface Meaning {

    /** Which one it is. */
    JudgeId id();

    /** The point of a text; nothing where it has no words that are understood. */
    Optional<float[]> of(String text);

    /**
     * A text as an English one, word by word where it is in one of five other languages: for a
     * meaning that understands English alone.
     */
    static String inEnglish(String text) {
        return Glossary.shipped().english(text);
    }
}

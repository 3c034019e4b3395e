package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;

import java.util.List;
import java.util.Optional;

/**
 * Who is asked where the quick reader is unsure. May take milliseconds, and suspends the virtual
 * thread of whoever asks. Safe for use by several threads.
 */
public interface SecondReader {

    /** Who speaks. */
    List<JudgeId> ids();

    /**
     * Judges one window by itself.
     *
     * @return nothing where there is no time for it: then the quick reader has the word
     * @throws RuntimeException where a judge fails: then nobody has it
     */
    Optional<Said> read(Request asked, String window);
}

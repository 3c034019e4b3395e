package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;

import java.util.List;

/** Judges windows of answers. Safe for use by several threads. */
public interface Reader {

    /** Who speaks. */
    List<JudgeId> ids();

    /**
     * Judges one window by itself.
     *
     * @param asked what is answered, or its end
     * @throws RuntimeException where a judge fails
     */
    Said read(Request asked, String window);

    /** Whether it can judge such a window at all; where it cannot, it is not asked. */
    default boolean reads(String window) {
        return true;
    }
}

package io.demur.core.harm;

import io.demur.core.JudgeId;
import io.demur.core.Request;

/**
 * Judges the harm of a request before it is answered: of the whole conversation, not of its last
 * message alone.
 *
 * <p>Implementations are safe for use by several threads, give the same assessment for the same
 * request as long as they can be reached, and take any text. One that fails says {@link
 * Assessment.Unjudged}; none throws.
 */
public interface HarmPredictor {

    /** Who speaks. */
    JudgeId id();

    /** Judges a request; one without words is harmless. */
    Assessment assess(Request request);

    /**
     * The probability of harm alone, for those who need no more of it.
     *
     * @throws IllegalStateException where it fails
     */
    default double pHarm(Request request) {
        return switch (assess(request)) {
            case Assessment.Judged judged -> judged.pHarm();
            case Assessment.Unjudged unjudged ->
                    throw new IllegalStateException(
                            "%s: %s".formatted(unjudged.reason(), unjudged.detail()));
        };
    }
}

package io.demur.core.harm;

import io.demur.core.JudgeId;
import io.demur.core.Request;

/**
 * Judges whether a reply delivers something harmful, whatever its request looked like. Immutable;
 * safe for use by several threads.
 */
public interface AnswerJudge {

    /** Who speaks. */
    JudgeId id();

    /**
     * Begins to read a reply that arrives in pieces.
     *
     * @param request the conversation before the reply; {@link Request#UNKNOWN} where it is not
     *     known
     */
    Reading read(Request request);

    /**
     * Calibrated probability that a whole reply delivers something harmful, 0 to 1; 0 where it has
     * no words.
     */
    default double pHarm(Request request, String reply) {
        Reading reading = read(request);
        reading.append(reply);
        return reading.pHarm();
    }

    /**
     * One reply, as far as it has arrived. Where pieces are cut makes no difference to what is said
     * of their sum, and the cost of a piece does not grow with what was read before. Used by one
     * thread.
     */
    interface Reading {

        /** Takes the next piece of the reply; it may end within a word. */
        void append(CharSequence piece);

        /** Probability that what was read so far delivers something harmful, 0 to 1. */
        double pHarm();
    }
}

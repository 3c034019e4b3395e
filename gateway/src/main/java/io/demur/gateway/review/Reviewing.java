package io.demur.gateway.review;

import io.demur.core.Request;
import io.demur.gateway.gate.Decided;

/** Reviews answers. Safe for use by several threads. */
public interface Reviewing {

    /**
     * Begins to review one answer.
     *
     * @param request the conversation that it answers
     * @param decided by what it was let through: its policy says how wide the windows are, and
     *     whether all of the answer is judged before any of it is released
     * @param pieces whether the caller gets it in pieces; where not, nothing goes out before all of
     *     it is judged, so that what is withheld can still be answered otherwise
     */
    Release open(Request request, Decided decided, boolean pieces);
}

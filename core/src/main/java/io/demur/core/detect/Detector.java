package io.demur.core.detect;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;

/**
 * Judges one response. Implementations are immutable and safe for use by several threads, give the
 * same verdict for the same input, and take any text: empty, malformed, megabytes long.
 */
public interface Detector {

    /** Who speaks. */
    JudgeId id();

    /**
     * Judges a response against what was asked.
     *
     * @param request the conversation before the response; {@link Request#UNKNOWN} where it is not
     *     known, which makes contradicted premises and deliveries harder to see
     * @param response what came back
     */
    Verdict detect(Request request, Response response);

    /** The same, with whose word it is: of a judge made of several, the one that decided. */
    default Finding find(Request request, Response response) {
        return new Finding(detect(request, response), id());
    }
}

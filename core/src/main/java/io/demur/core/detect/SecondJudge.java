package io.demur.core.detect;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;

/**
 * A judge that is asked where an earlier one was unsure, and may build on what that one found.
 * Implementations are safe for use by several threads and take any text.
 */
public interface SecondJudge {

    /** Who speaks. */
    JudgeId id();

    /**
     * Judges a response anew.
     *
     * @param request the conversation before the response
     * @param response what came back
     * @param before what the earlier judge found; decided, never {@link Verdict.Undecided}
     * @return a verdict; {@link Verdict.Undecided} with {@link Verdict.Undecided.Reason#UNJUDGED}
     *     where it could not judge, so that the earlier verdict stands
     */
    Verdict judge(Request request, Response response, Verdict before);
}

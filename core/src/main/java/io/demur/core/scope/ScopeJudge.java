package io.demur.core.scope;

import io.demur.core.JudgeId;
import io.demur.core.Request;

/**
 * Judges whether requests belong to what one deployment is for.
 *
 * <p>Implementations are safe for use by several threads, say the same of the same request, and
 * take any text. One that cannot tell says {@link Belonging.Unjudged}; none throws.
 */
public interface ScopeJudge {

    /** Who speaks. The deployment is no part of it: its scope stands in the policy. */
    JudgeId id();

    /** Judges a request by its last user message, and by those that it goes on with. */
    Belonging judge(Request request);
}

package io.demur.core.incident;

import java.util.OptionalDouble;

/**
 * A judge that reads a refused request and a later one, and says whether the same is asked for
 * underneath. It needs the texts, so it can be asked only where bodies are kept, and it is asked
 * only where {@link RefusedRequests#doubtful} is in doubt.
 */
public interface SameRequest {

    /** How probably it is; nothing where the judge cannot say. */
    OptionalDouble p(String refused, String later);
}

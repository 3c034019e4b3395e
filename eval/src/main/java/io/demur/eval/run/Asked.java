package io.demur.eval.run;

import io.demur.core.Request;
import io.demur.core.suite.Case;

import java.util.Objects;

/**
 * One thing that is asked of a target.
 *
 * @param of the case that it belongs to
 * @param epoch which time, counted from 1
 * @param round 0 for the case itself, then its pushes
 * @param request the conversation so far, under the system prompt that holds
 * @param sampling with the seed of this epoch
 */
public record Asked(Case of, int epoch, int round, Request request, Sampling sampling) {
    public Asked {
        Objects.requireNonNull(of);
        Objects.requireNonNull(request);
        Objects.requireNonNull(sampling);
    }
}

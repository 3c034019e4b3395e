package io.demur.gateway.review;

import io.demur.core.harm.Assessment;
import io.demur.core.policy.Decision;

import java.util.Objects;

/**
 * Why an answer, or the rest of one, stays back.
 *
 * @param assessment what was judged of it
 * @param decision what the policy says of that; it keeps back
 * @param released how many characters (UTF-16) of its text had gone out
 */
public record Withheld(Assessment assessment, Decision decision, int released) {
    public Withheld {
        Objects.requireNonNull(assessment);
        Objects.requireNonNull(decision);
    }
}

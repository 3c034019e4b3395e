package io.demur.core.policy;

import io.demur.core.policy.Decision.Strength;

import java.util.Comparator;
import java.util.Objects;

/**
 * What is done at one probability of a cell. The natural order is by how much it keeps back: to
 * send an unsure judgement on and look at the answer is more than to send it on.
 *
 * @param strength how strong the decision is
 * @param unsure whether the judgement counts as unsure, and the answer is what to look at; only
 *     where it is ALLOW
 */
public record Step(Strength strength, boolean unsure) implements Comparable<Step> {

    private static final Comparator<Step> ORDER =
            Comparator.comparing(Step::strength).thenComparing(Step::unsure);

    public Step {
        Objects.requireNonNull(strength);
        if (unsure && strength != Strength.ALLOW) {
            throw new IllegalArgumentException("`%s` is not unsure".formatted(strength));
        }
    }

    @Override
    public int compareTo(Step other) {
        return ORDER.compare(this, other);
    }
}

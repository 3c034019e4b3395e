package io.demur.core.policy;

/**
 * What a decision is expected to cost either way, as the policy weighs it: the trade-off on record
 * rather than hidden in a threshold. The unit is one harmless request refused.
 *
 * @param answering the harm to be expected of answering: its probability times what the policy
 *     weighs one such harm at, given that answers are reviewed as well
 * @param refusing the friction to be expected of refusing: the probability that it is harmless
 */
public record Cost(double answering, double refusing) {

    public Cost {
        if (!(answering >= 0) || !(refusing >= 0)) {
            throw new IllegalArgumentException("a cost is not negative");
        }
    }
}

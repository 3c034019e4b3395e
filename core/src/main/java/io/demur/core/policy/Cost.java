package io.demur.core.policy;

/**
 * What a decision is expected to cost either way, as the policy weighs it: the trade-off on record
 * rather than hidden in a threshold. The unit is one harmless request refused. Both are those of
 * the cell that decided, with its rules, at the probability with which it was entered: refusing is
 * the cheaper side from its line of refusal on, and answering below.
 *
 * @param answering the harm to be expected of answering: its probability times what the cell weighs
 *     one such harm at, given that answers are reviewed as well; 0 in a cell that refuses nothing,
 *     because by its lines no harm is worth a refusal: what it does instead has no price here
 * @param refusing the friction to be expected of refusing: the probability that it is harmless
 */
public record Cost(double answering, double refusing) {

    public Cost {
        if (!(answering >= 0) || !(refusing >= 0)) {
            throw new IllegalArgumentException("a cost is not negative");
        }
    }
}

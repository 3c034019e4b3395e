package io.demur.core.policy;

import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a decision was taken.
 *
 * @param rules the ids of the rules that led there, the decisive one first; never empty, because
 *     what holds where no rule matches has an id too
 * @param hazard the category that carried it: of those that a judge named, the one in whose cell
 *     the decision was taken; nothing where none was named
 * @param consequence what answering would have led to; {@link Consequence#NONE} where harm is not
 *     the reason, as with a refusal of scope, or where nobody could judge
 * @param cost what it is expected to cost either way, as the policy weighs it; nothing where nobody
 *     could judge
 */
public record Grounds(
        List<String> rules, Optional<Hazard> hazard, Consequence consequence, Optional<Cost> cost) {

    /** What begins the rule of a decision that is so because of a refusal before it. */
    public static final String RESENT = "re-sent:";

    public Grounds {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a decision needs `rules`");
        }
        rules = List.copyOf(rules);
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(consequence);
        Objects.requireNonNull(cost);
    }

    /** Whether something like it was refused before, and that is why. */
    public boolean isResent() {
        return rules.getFirst().startsWith(RESENT);
    }

    /** Rules alone: harm is not the reason, or nobody could judge. */
    public static Grounds of(List<String> rules) {
        return new Grounds(rules, Optional.empty(), Consequence.NONE, Optional.empty());
    }
}

package io.demur.gateway.incident;

import io.demur.core.Refusal;
import io.demur.core.charter.Incidents;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.store.StoreFailed;

import java.util.List;
import java.util.Optional;

/**
 * What the policy makes of a request because something like it was refused.
 *
 * @param carried what is done at least, where that is more than to say so
 * @param overturned whether it would be, but for a person who has found that refusal wrong
 */
record Step(Optional<Carried> carried, boolean overturned) {

    static final Step NONE = new Step(Optional.empty(), false);

    /**
     * The strongest of all that it is like; but where a person has found the first wrong, which is
     * the one that it is most like, nothing of the others counts.
     */
    static Step of(RouteArounds of, Inquiry inquiry, Footprint later, List<Footprint> earlier)
            throws StoreFailed {
        Step strongest = of(of, inquiry, later, earlier.getFirst());
        if (strongest.overturned()) {
            return strongest;
        }
        for (Footprint other : earlier.subList(1, earlier.size())) {
            strongest = strongest.or(of(of, inquiry, later, other));
        }
        return strongest;
    }

    /** The stronger of both. */
    Step or(Step other) {
        return other.strength().compareTo(strength()) > 0 ? other : this;
    }

    /**
     * Whether the policy may make more of it because of another refusal, of a category that is
     * pinned. What a person found wrong ends there.
     */
    boolean leavesMoreTo(Incidents incidents) {
        return !overturned
                && incidents.pinned().stream()
                        .map(it -> incidents.then(Optional.of(it)))
                        .anyMatch(it -> it.compareTo(strength()) > 0);
    }

    private Strength strength() {
        return carried.map(Carried::then).orElse(Strength.ANNOTATE);
    }

    /**
     * It is taken also where the later request goes around nothing: who asks once more for what has
     * to wait does not get it by that. What a person found wrong ends there.
     */
    private static Step of(RouteArounds of, Inquiry inquiry, Footprint later, Footprint earlier)
            throws StoreFailed {
        Optional<Hazard> category = earlier.category();
        Strength then =
                least(inquiry.settings().incidents().then(category), most(inquiry, earlier));
        if (then.compareTo(Strength.ANNOTATE) <= 0
                || later.isSanctioned(inquiry.settings(), earlier)) {
            return NONE;
        }
        return Comparing.overturned(of, earlier, later)
                ? new Step(Optional.empty(), true)
                : new Step(Optional.of(new Carried(earlier.attempt(), then, category)), false);
    }

    /**
     * What an earlier refusal can be worth at most. Who asks after what waits, as they are told to,
     * is not refused for it. And one colleague can have another's words refused: by a system prompt
     * under which a model declines whatever is asked, or among other words that a provider or this
     * gateway refuses. So a model's words are worth nothing to others than whom they were said to,
     * and no refusal of a colleague's keeps back what looks harmless by itself, or was of no
     * category.
     */
    private static Strength most(Inquiry inquiry, Footprint earlier) {
        boolean held = earlier.fate().became().equals("held");
        if (inquiry.principal().equals(earlier.principal())) {
            return held ? Strength.HOLD : Strength.REFUSE;
        }
        if (earlier.fate().by().filter(by -> by == Refusal.Origin.MODEL).isPresent()) {
            return Strength.ANNOTATE;
        }
        if (inquiry.harmless() || earlier.category().isEmpty()) {
            return Strength.CONDITION;
        }
        return held ? Strength.HOLD : Strength.REFUSE;
    }

    private static Strength least(Strength one, Strength other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}

package io.demur.gateway;

import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.hold.Waitlist;
import io.demur.store.HeldRequest;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What becomes of a request that a person is to look at first: it waits, or a person has said what
 * is to be done with it. What the policy refuses without regard to the hold is refused in any case.
 * For one virtual thread of a verticle.
 *
 * @param decided what is done
 * @param held the attempt by which it waits, where it does
 * @param known whether it waited before: then it is remembered already
 */
record Holding(Decided decided, Optional<String> held, boolean known) {

    private static Holding not(Decided decided) {
        return new Holding(decided, Optional.empty(), false);
    }

    /**
     * Looks up what is held, and has it wait where nobody has said anything of it. A drill waits
     * for nobody: what is right to do with it is known.
     *
     * @param resent whether it was refused before
     * @param fresh what would be decided if the memory of refusals knew nothing of it
     */
    static Holding of(
            Parts parts, Visit visit, Resent resent, Decided decided, Supplier<Decided> fresh) {
        if (parts.waitlist().isEmpty() || visit.drill().isPresent()) {
            return not(decided);
        }
        if (strength(decided).compareTo(Strength.HOLD) < 0) {
            return passing(parts, visit, resent, decided);
        }
        // a request that waits is remembered, and is not refused for having been asked before
        Gate gate = parts.gate();
        Decided afresh = fresh.get();
        if (strength(afresh) == Strength.REFUSE) {
            return not(decided);
        }
        Waitlist waitlist = parts.waitlist().get();
        Waitlist.Question question = question(visit);
        Optional<HeldRequest> same = Opening.recorded("what is held", waitlist.same(question));
        if (same.isEmpty()) {
            return strength(decided) == Strength.HOLD
                    ? opened(waitlist, question, visit, decided)
                    : not(decided);
        }
        HeldRequest earlier = same.get();
        return switch (earlier.state()) {
            case WAITING, RELEASING ->
                    strength(afresh) == Strength.HOLD
                            ? new Holding(afresh, Optional.of(earlier.attempt()), true)
                            : not(decided);
            case REFUSED -> not(gate.refused(afresh, earlier.attempt()));
            case RELEASED ->
                    Opening.recorded("what is held", waitlist.use(earlier, visit.attempt()))
                            ? not(gate.released(afresh, earlier.attempt()))
                            : again(waitlist, question, visit, decided, afresh);
            case USED, EXPIRED -> again(waitlist, question, visit, decided, afresh);
        };
    }

    /**
     * The policy lets it pass. Where it waits only because another request was refused, that may be
     * over by mere time, and it waits until a person has spoken; and what a person has refused
     * stays so. But what was found wrong is over.
     */
    private static Holding passing(Parts parts, Visit visit, Resent resent, Decided decided) {
        Waitlist waitlist = parts.waitlist().get();
        String principal = visit.caller().principal();
        if (resent.isOverturned()
                || !Opening.recorded("what is held", waitlist.carries(principal, visit.at()))) {
            return not(decided);
        }
        Optional<HeldRequest> same =
                Opening.recorded("what is held", waitlist.same(question(visit)))
                        .filter(it -> Waitlist.isCarried(it.rules()))
                        .filter(it -> !resent.isOverturned(it.attempt()));
        if (same.isEmpty()) {
            return not(decided);
        }
        HeldRequest earlier = same.get();
        return switch (earlier.state()) {
            case WAITING, RELEASING ->
                    new Holding(
                            resent.waiting(decided, earlier), Optional.of(earlier.attempt()), true);
            case REFUSED ->
                    not(parts.gate().refused(resent.waiting(decided, earlier), earlier.attempt()));
            case RELEASED, USED, EXPIRED -> not(decided);
        };
    }

    /** It was held before, and that is over. */
    private static Holding again(
            Waitlist waitlist,
            Waitlist.Question question,
            Visit visit,
            Decided decided,
            Decided afresh) {
        return strength(afresh) == Strength.HOLD
                ? opened(waitlist, question, visit, afresh)
                : not(decided);
    }

    private static Holding opened(
            Waitlist waitlist, Waitlist.Question question, Visit visit, Decided decided) {
        Decision decision = decided.decision();
        boolean room =
                Opening.recorded(
                        "what is held",
                        waitlist.open(
                                question,
                                new Waitlist.Why(
                                        visit.caller().project(),
                                        decision.rules(),
                                        decision.grounds().hazard().map(Enum::name),
                                        visit.at(),
                                        visit.at()
                                                .plus(
                                                        visit.charter()
                                                                .settings()
                                                                .retention()
                                                                .days()))));
        return room ? new Holding(decided, Optional.of(visit.attempt()), false) : not(decided);
    }

    private static Waitlist.Question question(Visit visit) {
        return new Waitlist.Question(
                visit.attempt(),
                visit.caller().principal(),
                visit.protocol(),
                visit.asked().model(),
                visit.body());
    }

    private static Strength strength(Decided decided) {
        return decided.decision().strength();
    }
}

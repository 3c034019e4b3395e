package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Grounds;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.incident.Carried;
import io.demur.gateway.incident.Fate;
import io.demur.gateway.incident.Following;
import io.demur.gateway.incident.Inquiry;
import io.demur.gateway.incident.Left;
import io.demur.gateway.incident.Recalled;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Hearing;
import io.demur.record.entry.Outcome;
import io.demur.store.HeldRequest;
import io.demur.wire.chat.Call;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Whether one exchange brings back what was refused before, and what is noted of it for those that
 * come later. For one virtual thread of a verticle.
 *
 * @param alone what is decided of it by itself
 */
record Resent(
        Gate gate, Decided alone, Optional<RouteArounds> incidents, Optional<Following> following) {

    private static final String RELEASED = "released:";

    private static final String REFUSED = "refused:";

    /** What is decided of an answer that its own words keep back, as an outcome says it. */
    private static final Set<String> WITHHELD = Set.of("hold", "refuse");

    /** Looks whether it was refused before. A drill brings nothing back, and leaves nothing. */
    static Resent of(Parts parts, Visit visit, Hearing hearing, Decided alone) {
        boolean follows = parts.incidents().isPresent() && visit.drill().isEmpty();
        return new Resent(
                parts.gate(),
                alone,
                parts.incidents(),
                follows && visit.asked() instanceof Call call
                        ? Optional.of(
                                parts.incidents()
                                        .get()
                                        .follow(inquiry(visit, call, hearing, alone)))
                        : Optional.empty());
    }

    private static Inquiry inquiry(Visit visit, Call call, Hearing hearing, Decided alone) {
        return new Inquiry(
                visit.attempt(),
                visit.caller().principal(),
                visit.caller().project(),
                visit.at(),
                call,
                hearing.meant(),
                visit.context().model(),
                visit.body(),
                hazard(alone),
                pHarm(alone),
                pHarm(alone).isPresent() && alone.decision() instanceof Decision.Allow,
                visit.charter().settings(),
                visit.retried());
    }

    private Optional<Carried> carried() {
        return following.flatMap(Following::carried);
    }

    /** What is done with it at least, because of what was refused before. */
    Decided carried(Decided decided) {
        return carried()
                .map(it -> gate.carried(decided, it.refused(), it.then(), it.category()))
                .orElse(decided);
    }

    /** The same as a person has left it, with what was refused before said beside it. */
    Decided noted(Decided decided) {
        if (says(decided, RELEASED)) {
            following.ifPresent(Following::released);
        }
        if (says(decided, REFUSED)) {
            following.ifPresent(Following::refused);
        }
        return recalled().map(it -> gate.resent(decided, it.refused())).orElse(decided);
    }

    private static boolean says(Decided decided, String rule) {
        return decided.decision().rules().stream().anyMatch(it -> it.startsWith(rule));
    }

    /**
     * The refused attempt because of which alone it is decided so: by itself, and by what a person
     * has said of it, it would be decided less.
     */
    Optional<String> restsOn(Decided decided) {
        Decision decision = decided.decision();
        return decision.grounds().isResent()
                        && decision.strength().compareTo(alone.decision().strength()) > 0
                ? Optional.of(refused(decision.rules().getFirst()))
                : Optional.empty();
    }

    private static String refused(String rule) {
        return rule.substring(Grounds.RESENT.length());
    }

    /** What waited because of an earlier refusal, and goes on waiting. */
    Decided waiting(Decided decided, HeldRequest earlier) {
        return gate.carried(
                decided,
                refused(earlier.rules().getFirst()),
                Strength.HOLD,
                earlier.hazard().map(Hazard::valueOf));
    }

    /** Whether a person has found wrong what would make more of it. */
    boolean isOverturned() {
        return following.filter(Following::isOverturned).isPresent();
    }

    /** Whether a person has found wrong that an attempt was kept back. */
    boolean isOverturned(String attempt) {
        return incidents.isPresent()
                && Opening.recorded("what is held", incidents.get().overturned(attempt));
    }

    private static OptionalDouble pHarm(Decided decided) {
        return decided.assessment() instanceof Assessment.Judged judged
                ? OptionalDouble.of(judged.pHarm())
                : OptionalDouble.empty();
    }

    /** The likeliest, whatever was decided of it. */
    private static Optional<Hazard> hazard(Decided decided) {
        Optional<Hazard> likeliest =
                decided.assessment() instanceof Assessment.Judged judged
                        ? judged.hazards().entrySet().stream()
                                .filter(it -> it.getValue() > 0)
                                .max(Map.Entry.comparingByValue())
                                .map(Map.Entry::getKey)
                        : Optional.empty();
        return decided.decision().grounds().hazard().or(() -> likeliest);
    }

    /** What was refused and comes again, where that is found before the reply. */
    Optional<Recalled> recalled() {
        return following.flatMap(Following::recalled);
    }

    /**
     * What is left of it for those that come later.
     *
     * @param decided what was done with it in the end
     */
    Optional<Left> ended(Ending ending, String server, Decided decided) {
        return following.flatMap(
                it -> it.ended(fate(ending, decided), decided.decision().strength(), server));
    }

    private Fate fate(Ending ending, Decided decided) {
        return switch (ending.result()) {
            case ALLOW -> new Fate("answered", Optional.empty(), ending.reason());
            case PARTIAL, REFUSE_LOCAL, REFUSE_UPSTREAM -> fate("refused", ending, decided);
            case REVIEW -> fate("held", ending, decided);
            case ERROR, ABORT -> new Fate("failed", Optional.empty(), ending.reason());
        };
    }

    /**
     * Whether what was asked is why: what this gateway refuses for its scope, or because nobody
     * could judge, names no hazard, and may be asked elsewhere. What is kept back because of
     * another refusal is noted whatever it names, since it ends with that one.
     */
    private Fate fate(String became, Ending ending, Decided decided) {
        if (isItsOwn(ending)) {
            return new Fate(became, ending.origin(), ending.reason());
        }
        Optional<String> rests = restsOn(decided);
        boolean noted =
                rests.isPresent()
                        || ending.answer().flatMap(Outcome.Answer::hazard).isPresent()
                        || decided.decision().grounds().hazard().isPresent();
        return new Fate(became, noted ? ending.origin() : Optional.empty(), ending.reason(), rests);
    }

    /** A model or a provider has refused it; or its answer, for more than a condition. */
    private static boolean isItsOwn(Ending ending) {
        return ending.origin().filter(it -> it != Refusal.Origin.GATEWAY).isPresent()
                || ending.answer()
                        .filter(it -> it.hazard().isPresent())
                        .filter(it -> WITHHELD.contains(it.decision()))
                        .isPresent();
    }
}

package io.demur.gateway;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.incident.Fate;
import io.demur.gateway.incident.Following;
import io.demur.gateway.incident.Inquiry;
import io.demur.gateway.incident.Recalled;
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.offload.Waiting;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Call;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/**
 * Whether one exchange brings back what was refused before, and what is noted of it for those that
 * come later. For one virtual thread of a verticle.
 *
 * @param decided what is done, with what was refused before said beside it
 */
record Resent(Decided decided, Optional<Following> following) {

    private static final System.Logger LOGGER = System.getLogger(Resent.class.getName());

    /** Looks whether it was refused before. A drill brings nothing back, and leaves nothing. */
    static Resent of(Parts parts, Visit visit, Hearing hearing, Decided decided) {
        if (parts.incidents().isEmpty()
                || visit.drill().isPresent()
                || !(visit.asked() instanceof Call call)) {
            return new Resent(decided, Optional.empty());
        }
        Following following =
                parts.incidents().get().follow(inquiry(visit, call, hearing, decided));
        Decided noted =
                following
                        .recalled()
                        .map(it -> parts.gate().resent(decided, it.refused()))
                        .orElse(decided);
        return new Resent(noted, Optional.of(following));
    }

    private static Inquiry inquiry(Visit visit, Call call, Hearing hearing, Decided decided) {
        boolean approved =
                decided.decision().rules().stream().anyMatch(it -> it.startsWith("released:"));
        return new Inquiry(
                visit.attempt(),
                visit.caller().principal(),
                visit.caller().project(),
                visit.at(),
                call,
                hearing.meant(),
                visit.context().model(),
                visit.body(),
                hazard(decided),
                pHarm(decided),
                pHarm(decided).isPresent()
                        && !approved
                        && decided.decision() instanceof Decision.Allow,
                approved,
                visit.retried());
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

    /** Notes what became of it; completed when that is on disk. */
    CompletableFuture<?> ended(Ending ending, String server) {
        return following.isPresent()
                ? following.get().ended(fate(ending), server)
                : CompletableFuture.completedFuture(ending);
    }

    private Fate fate(Ending ending) {
        return switch (ending.result()) {
            case ALLOW -> fate("answered", ending, false);
            case PARTIAL, REFUSE_LOCAL, REFUSE_UPSTREAM ->
                    fate("refused", ending, isForHarm(ending));
            case REVIEW -> fate("held", ending, isForHarm(ending));
            case ERROR, ABORT -> fate("failed", ending, false);
        };
    }

    private static Fate fate(String became, Ending ending, boolean remembered) {
        return new Fate(became, remembered ? ending.origin() : Optional.empty(), ending.reason());
    }

    /**
     * Whether what was asked is why: what this gateway refuses for its scope, or because nobody
     * could judge, names no hazard, and may be asked elsewhere.
     */
    private boolean isForHarm(Ending ending) {
        return ending.origin().filter(it -> it != io.demur.core.Refusal.Origin.GATEWAY).isPresent()
                || ending.answer().flatMap(Outcome.Answer::hazard).isPresent()
                || decided.decision().grounds().hazard().isPresent();
    }

    /**
     * Waits until it is on disk. Where the store does not take it, what was refused is forgotten
     * with this request, and the outcome in the log counts for more.
     */
    static void settled(String attempt, CompletableFuture<?> noted) {
        try {
            Waiting.on(noted);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "what is left of `{0}` is not kept: {1}",
                    attempt,
                    e.getClass().getName());
        }
    }
}

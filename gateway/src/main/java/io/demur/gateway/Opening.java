package io.demur.gateway;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.compose.Composed;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.incident.Left;
import io.demur.gateway.incident.Recalled;
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.judge.Question;
import io.demur.gateway.keep.Keeping.Beside;
import io.demur.gateway.keep.Keeping.Filed;
import io.demur.gateway.offload.Waiting;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.record.Position;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;

import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The first half of every exchange, whatever is asked for: the attempt is put on disk while the
 * request is judged, and then it is decided. For one virtual thread of a verticle.
 */
final class Opening {

    private static final System.Logger LOGGER = System.getLogger(Opening.class.getName());

    private final Parts parts;
    private final Visit visit;
    private final Book book;
    private final Hearing hearing;
    private final Attempted attempted;
    private final Holding holding;
    private final Resent resent;
    private final Decided decided;
    private final Set<JudgeId> judges = new LinkedHashSet<>();
    private boolean ended;

    /**
     * Puts the attempt on disk, judges and decides.
     *
     * @throws Unrecorded where the attempt is not on disk; nothing has been asked of anybody then
     */
    Opening(Parts parts, Visit visit) {
        this.parts = parts;
        this.visit = visit;
        book = new Book(parts.gate(), parts.keeping(), visit);
        hearing = hear(visit.asked());
        CompletableFuture<Attempted> writing = book.attempt(hearing.conversation());
        Findings findings = findings(); // while the disk is at work
        attempted = attempted(writing);
        Findings all = visit.asked().hasUnread() ? findings.unsettled() : findings;
        resent = orEnded(() -> Resent.of(parts, visit, hearing, alone(all)));
        holding =
                orEnded(
                        () ->
                                Holding.of(
                                        parts,
                                        visit,
                                        resent,
                                        resent.carried(resent.alone()),
                                        () -> resent.carried(alone(all.afresh()))));
        decided = resent.noted(holding.decided());
        judges.addAll(hearing.judges());
    }

    /** A judge that fails has not judged, and the policy says what becomes of that. */
    private Hearing hear(Asked asked) {
        try {
            return parts.judging()
                    .hear(
                            new Question(
                                    visit.caller().principal(),
                                    asked,
                                    visit.context(),
                                    visit.charter(),
                                    isRegistered(asked),
                                    visit.at()));
        } catch (RuntimeException e) {
            return new Unheard(e);
        }
    }

    private boolean isRegistered(Asked asked) {
        return asked instanceof Call call
                && SystemPrompt.sha256(call).filter(visit.charter()::registers).isPresent();
    }

    @SuppressWarnings("CatchingUnchecked") // errors too: the attempt is under way, and must end
    private Findings findings() {
        try {
            return hearing.findings();
        } catch (Throwable e) {
            return Unheard.findings(e);
        }
    }

    /** What is on disk only after nobody waits for it any more is ended there as well. */
    private Attempted attempted(CompletableFuture<Attempted> writing) {
        try {
            return recorded("the attempt", writing);
        } catch (Unrecorded e) {
            var unused = writing.thenCompose(late -> nothing(late, "unrecorded"));
            throw e;
        }
    }

    /** What the policy says of it by itself. */
    private Decided alone(Findings findings) {
        return parts.gate()
                .decide(visit.attempt(), visit.asked(), visit.charter(), visit.context(), findings);
    }

    /** The attempt is under way: where something breaks before it is decided, it ends. */
    private <T> T orEnded(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            recorded("the outcome", nothing(attempted, reason(e)));
            throw e;
        }
    }

    /** Nothing was decided. */
    private CompletableFuture<Position> nothing(Attempted on, String reason) {
        return book.outcome(
                on, Optional.empty(), hearing.judges(), Ending.of(Result.ERROR, reason, 0));
    }

    Attempted attempted() {
        return attempted;
    }

    Decided decided() {
        return decided;
    }

    /** What was refused before and comes again with this. */
    Optional<Recalled> recalled() {
        return resent.recalled();
    }

    /** The attempt by which it is followed, where it waits for a person. */
    Optional<String> held() {
        return holding.held();
    }

    Hearing hearing() {
        return hearing;
    }

    /** Takes note of who has judged the answer. */
    void reviewedBy(List<JudgeId> reviewers) {
        judges.addAll(reviewers);
    }

    Book book() {
        return book;
    }

    /**
     * What is said where the request goes to no model. What was harm is remembered; but what is
     * kept back only because something like it was refused ends with that refusal.
     */
    Composed refusal(Request request) {
        boolean harm =
                !(decided.decision() instanceof Decision.Refuse refuse
                        && refuse.kind() == Refusal.Kind.SCOPE);
        if (harm && !holding.known() && resent.restsOn(decided).isEmpty()) {
            hearing.refused(visit.attempt(), decided.decision().grounds().hazard());
        }
        Refusals refusals = parts.refusals();
        return holding.held().isPresent()
                ? refusals.ofHeld(
                        holding.held().get(),
                        request,
                        decided.charter(),
                        decided.assessment(),
                        decided.decision())
                : refusals.ofRequest(
                        visit.attempt(),
                        request,
                        decided.charter(),
                        decided.assessment(),
                        decided.decision());
    }

    /**
     * The answer stays back. Where its harm is that of what was asked, this is remembered, so that
     * asking again is no new throw of the dice; where the request shows none, it lies below the
     * line of harm, and nobody's question becomes a refused one by what a model makes of it.
     */
    void withheld(Decision decision) {
        if (decision.strength().compareTo(Decision.Strength.HOLD) >= 0) {
            hearing.refused(visit.attempt(), decision.grounds().hazard());
        }
    }

    /** Puts on disk what became of it, where of a reply nothing is kept, or it is kept already. */
    void record(Ending ending) {
        ended = true;
        Optional<Left> left = resent.ended(ending, book.server(), decided);
        left.ifPresent(Left::keep);
        recorded("the outcome", outcome(ending));
        left.ifPresent(this::settled);
    }

    /** The same, and beside it what the caller gets. */
    void record(Ending ending, byte[] reply) {
        Optional<Left> left = resent.ended(ending, book.server(), decided);
        Filed filed = filed(book.reply(reply, left.isPresent() ? left.get() : Beside.NOTHING));
        ended = true;
        CompletableFuture<Position> outcome = outcome(ending.with(filed.kept()));
        try {
            recorded("the reply", filed.stored());
        } catch (Unrecorded e) {
            left.ifPresent(Left::keep); // some of the reply may have left
            throw e;
        }
        recorded("the outcome", outcome);
        left.ifPresent(this::settled);
    }

    /** What is given up is not done later, when the log says something else. */
    private static Filed filed(CompletableFuture<Filed> filing) {
        try {
            return recorded("the reply", filing);
        } catch (Unrecorded e) {
            if (filing.cancel(false) || filing.isCompletedExceptionally()) {
                throw e;
            }
            return recorded("the reply", filing); // it came just then
        }
    }

    /** The outcome counts for more: whatever becomes of it, the exchange goes on. */
    private void settled(Left left) {
        try {
            Waiting.on(left.over());
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "it is not known whether what is left of `{0}` is kept: {1}",
                    visit.attempt(),
                    e.getClass().getName());
        }
    }

    private CompletableFuture<Position> outcome(Ending ending) {
        return book.outcome(attempted, Optional.of(decided), List.copyOf(judges), ending);
    }

    /**
     * Notes that it came to no end: nobody is there to get one, or something broke. Does nothing
     * where the outcome was written, or could not be.
     */
    void cutShort(Throwable why, boolean gone, BiFunction<Result, String, Ending> ending) {
        if (ended) {
            return;
        }
        if (gone || why instanceof AnswerCancelled) {
            record(ending.apply(Result.ABORT, "client-left"));
        } else {
            record(ending.apply(Result.ERROR, reason(why)));
        }
    }

    private static String reason(Throwable why) {
        return why instanceof Unrecorded ? "unrecorded" : "internal";
    }

    /** Waits for what must be on disk before anything goes on. */
    static <T> T recorded(String what, CompletableFuture<T> writing) {
        try {
            return Waiting.on(writing);
        } catch (RuntimeException e) {
            throw new Unrecorded(what, e);
        }
    }
}

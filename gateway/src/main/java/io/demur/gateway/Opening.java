package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.compose.Composed;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.judge.Question;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Asked;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The first half of every exchange, whatever is asked for: the attempt is put on disk while the
 * request is judged, and then it is decided. For one virtual thread of a verticle.
 */
final class Opening {

    private final Parts parts;
    private final Visit visit;
    private final Book book;
    private final Hearing hearing;
    private final Attempted attempted;
    private final Decided decided;

    /**
     * Puts the attempt on disk, judges and decides.
     *
     * @throws Unrecorded where the attempt is not on disk; nothing has been asked of anybody then
     */
    Opening(Parts parts, Visit visit, Asked asked) {
        this.parts = parts;
        this.visit = visit;
        book = new Book(parts.gate(), parts.keeping(), visit);
        hearing =
                parts.judging()
                        .hear(
                                new Question(
                                        visit.caller().principal(),
                                        asked,
                                        visit.context(),
                                        visit.charter(),
                                        visit.at()));
        CompletableFuture<Attempted> writing = book.attempt(hearing.conversation());
        Findings findings = hearing.findings(); // while the disk is at work
        attempted = recorded("the attempt", writing);
        decided = parts.gate().decide(visit.attempt(), visit.charter(), visit.context(), findings);
    }

    Attempted attempted() {
        return attempted;
    }

    Decided decided() {
        return decided;
    }

    Hearing hearing() {
        return hearing;
    }

    Book book() {
        return book;
    }

    /** What is said where the request goes to no model. What was harm is remembered. */
    Composed refusal(Request request) {
        boolean harm =
                !(decided.decision() instanceof Decision.Refuse refuse
                        && refuse.kind() == Refusal.Kind.SCOPE);
        if (harm) {
            hearing.refused(visit.attempt(), decided.decision().grounds().hazard());
        }
        return parts.refusals()
                .ofRequest(
                        visit.attempt(),
                        request,
                        decided.charter(),
                        decided.assessment(),
                        decided.decision());
    }

    /** Puts on disk what became of it. */
    void record(Ending ending) {
        recorded(
                "the outcome",
                book.outcome(attempted, Optional.of(decided), hearing.judges(), ending));
    }

    /** Notes that it came to no end: nobody is there to get one, or this program is at fault. */
    void cutShort(Result result, String reason, long released) {
        record(Ending.of(result, reason, released));
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

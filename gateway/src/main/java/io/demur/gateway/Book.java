package io.demur.gateway;

import io.demur.core.JudgeId;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.keep.Keeping.Beside;
import io.demur.gateway.keep.Keeping.Filed;
import io.demur.gateway.review.Withheld;
import io.demur.record.Position;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The entries of one exchange: ATTEMPT before anything is done, OUTCOME before it is over. */
final class Book {

    private final Gate gate;
    private final Keeping keeping;
    private final Visit visit;
    private final List<String> servers = new ArrayList<>();

    Book(Gate gate, Keeping keeping, Visit visit) {
        this.gate = gate;
        this.keeping = keeping;
        this.visit = visit;
    }

    /**
     * Keeps the request, and writes the attempt meanwhile; completed when both are on disk. An
     * attempt whose request cannot be kept is ended at once.
     */
    CompletableFuture<Attempted> attempt(Optional<String> conversation) {
        return file("request", visit.body(), Beside.NOTHING)
                .thenCompose(
                        filed ->
                                gate.attempt(entry(conversation, filed.kept()))
                                        .thenCompose(attempted -> with(filed.stored(), attempted)));
    }

    private CompletableFuture<Attempted> with(CompletableFuture<Kept> stored, Attempted attempted) {
        return stored.thenApply(kept -> attempted)
                .exceptionallyCompose(failure -> unkept(attempted, failure));
    }

    private CompletableFuture<Attempted> unkept(Attempted attempted, Throwable failure) {
        Ending ending = Ending.of(Outcome.Result.ERROR, "unrecorded", 0);
        return outcome(attempted, Optional.empty(), List.of(), ending)
                .handle((at, another) -> failure)
                .thenCompose(CompletableFuture::failedFuture);
    }

    /** Keeps what the caller gets, and something beside it. */
    CompletableFuture<Filed> reply(byte[] body, Beside beside) {
        return file("reply", body, beside);
    }

    private CompletableFuture<Filed> file(String part, byte[] body, Beside beside) {
        return begun(
                () ->
                        keeping.file(
                                visit.attempt(),
                                part,
                                visit.caller().principal(),
                                body,
                                retention(),
                                beside));
    }

    /** A drill in the words of a caller keeps none of them: they would outlive the caller's own. */
    private Settings.Retention retention() {
        return visit.drill().filter(it -> !it.isInOwnWords()).isPresent()
                ? Keeping.WITHOUT_WORDS
                : visit.charter().settings().retention();
    }

    /** What fails before it has begun has failed, and no more. */
    static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Attempt entry(Optional<String> conversation, Kept request) {
        return new Attempt(
                visit.at(),
                visit.attempt(),
                visit.caller().principal(),
                visit.caller().principal(),
                visit.caller().project(),
                visit.caller().purpose(),
                visit.protocol(),
                visit.asked().model(),
                Gate.word(visit.context().model()),
                Optional.empty(),
                Optional.of(visit.policy()),
                conversation,
                request);
    }

    /**
     * Takes note of the servers that were asked, and for how long they were waited for. A second
     * answer is asked for because the first one stays back, so that waiting for it is our doing.
     */
    void asked(List<String> tried, Duration waited) {
        if (servers.isEmpty()) {
            visit.watch().elsewhere(waited);
        }
        servers.addAll(tried);
    }

    /** The server whose word it is; empty where none was asked. */
    String server() {
        String last = servers.isEmpty() ? "" : servers.getLast();
        return last.substring(0, Math.max(0, last.lastIndexOf(' ')));
    }

    /** Writes what became of it; completed when that is on disk. */
    CompletableFuture<Position> outcome(
            Attempted attempted, Optional<Decided> decided, List<JudgeId> judges, Ending ending) {
        return begun(
                () ->
                        gate.outcome(
                                attempted,
                                entry(attempted, decided, judges, ending),
                                visit.request()));
    }

    private Outcome entry(
            Attempted attempted, Optional<Decided> decided, List<JudgeId> judges, Ending ending) {
        Stopwatch.Times times = visit.watch().read();
        return new Outcome(
                attempted.entry().at(),
                attempted.id(),
                ending.result(),
                decided.map(Book::strength),
                ending.origin(),
                decided.flatMap(Book::hazard),
                ending.reason(),
                Outcome.fitting(decided.map(it -> it.decision().rules()).orElse(List.of())),
                Outcome.fitting(judges.stream().map(JudgeId::toString).toList()),
                decided.map(Book::harm).orElse(OptionalInt.empty()),
                ending.reply(),
                ending.released(),
                tokens(ending.usage().map(it -> it.input())),
                tokens(ending.usage().map(it -> it.output())),
                times.taken(),
                Optional.of(times.own()),
                ending.answer(),
                ending.estimated(),
                servers);
    }

    private static OptionalLong tokens(Optional<Long> count) {
        return count.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static String strength(Decided decided) {
        return decided.decision().strength().name().toLowerCase(Locale.ROOT);
    }

    /** What is allowed is no case of what it was least unlike. */
    private static Optional<Hazard> hazard(Decided decided) {
        Decision decision = decided.decision();
        return decision instanceof Decision.Allow ? Optional.empty() : decision.grounds().hazard();
    }

    private static OptionalInt harm(Decided decided) {
        return harm(decided.assessment());
    }

    /** What was decided of an answer, as an outcome says it. */
    static Outcome.Answer answer(Withheld withheld) {
        Decision decision = withheld.decision();
        return new Outcome.Answer(
                decision.strength().name().toLowerCase(Locale.ROOT),
                decision.grounds().hazard(),
                harm(withheld.assessment()));
    }

    private static OptionalInt harm(Assessment assessment) {
        return switch (assessment) {
            case Assessment.Judged judged -> OptionalInt.of((int) Math.round(judged.pHarm() * 1e6));
            case Assessment.Unjudged unjudged -> OptionalInt.empty();
        };
    }
}

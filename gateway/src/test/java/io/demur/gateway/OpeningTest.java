package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Scope;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Assessment;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What stands in the record where judges, keeping, callers or the deciding fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpeningTest {

    private static final Event BEGAN = new Event.Began("c1", "m");
    private static final Event SAID = new Event.Text("A lot of money.");
    private static final Event END = Event.Stop.of(StopReason.END);
    private static final String PATH = "/v1/chat/completions";

    private final Staged staged = new Staged();
    private final Wrong wrong = new Wrong();
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        staged.more = wrong;
        house = new House(folder, Map.of("m", staged), staged, GatewaySettings.USUAL);
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void nothingIsWrong() {
        staged.usual();
        wrong.nothing();
    }

    private static String chat(boolean stream) {
        return """
        {"model": "m", "stream": %s,
        "messages": [{"role": "user", "content": "What does a house cost?"}]}\
        """
                .formatted(stream);
    }

    private Piecewise ask(boolean stream) throws Exception {
        return Piecewise.ask(raw, PATH, chat(stream));
    }

    private List<Outcome> outcomes(String attempt) throws Exception {
        return house.entries().stream()
                .filter(it -> it instanceof Outcome o && o.attempt().equals(attempt))
                .map(it -> (Outcome) it)
                .toList();
    }

    private Outcome outcome(String attempt) throws Exception {
        List<Outcome> found = outcomes(attempt);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private void ended(Piecewise reply, Result result, String reason) throws Exception {
        Outcome outcome = outcome(reply.attempt());
        assertEquals(result, outcome.result(), outcome::toString);
        assertEquals(Optional.of(reason), outcome.reason(), outcome::toString);
    }

    /** The attempt that was made last, of whoever got no answer that names it. */
    private String latest() throws Exception {
        return house.entries().stream()
                .filter(Attempt.class::isInstance)
                .map(it -> ((Attempt) it).id())
                .toList()
                .getLast();
    }

    @Test
    void whatNobodyCouldJudgeIsHeldAndTheRecordNamesNoProbability() throws Exception {
        staged.found =
                () -> {
                    throw new IllegalStateException("down");
                };
        Piecewise late = ask(false);
        assertEquals(Optional.of("hold"), late.header("x-demur-decision"));
        Outcome outcome = outcome(late.attempt());
        assertEquals(OptionalInt.empty(), outcome.harmPpm());
        assertEquals(Result.REVIEW, outcome.result());
        assertEquals(List.of(Staged.JUDGE.toString()), outcome.judges());
        wrong.judging.set(
                right ->
                        question -> {
                            throw new IllegalStateException("down");
                        });
        Piecewise never = ask(false);
        assertEquals(Optional.of("hold"), never.header("x-demur-decision"));
        assertEquals(List.of(), outcome(never.attempt()).judges());
        assertEquals(List.of(), staged.asked);
    }

    @Test
    void whereDecidingBreaksTheAttemptHasAnOutcome() throws Exception {
        staged.found = OpeningTest::nothing;
        Piecewise reply = ask(true);
        assertEquals(500, reply.status());
        String attempt = latest();
        Outcome outcome = outcome(attempt);
        assertEquals(Result.ERROR, outcome.result());
        assertEquals(Optional.of("internal"), outcome.reason());
        assertEquals(Optional.empty(), outcome.decision());
        assertEquals(List.of(Staged.JUDGE.toString()), outcome.judges());
        assertEquals(0, house.trail.open());
        assertEquals(List.of(), staged.asked);
    }

    /** What no judge gives: whoever goes by it breaks. */
    @SuppressWarnings("NullAway")
    private static Findings nothing() {
        return null;
    }

    private static InForce scoped(InForce inForce) {
        InForce.Active active = (InForce.Active) inForce;
        Charter it = active.charter();
        Charter charter =
                new Charter(
                        it.name(),
                        it.policy(),
                        it.because(),
                        Optional.of(
                                new Scope(
                                        "For customers of the bank.",
                                        List.of("How do I block my card?"),
                                        List.of())),
                        it.grants(),
                        it.prompts(),
                        it.models(),
                        it.wording(),
                        it.settings(),
                        it.envelope());
        return new InForce.Active(charter, active.digest(), 1, Optional.empty(), true);
    }

    @Test
    void whatLiesOutsideTheScopeIsRefusedAndNotRemembered() throws Exception {
        wrong.policy.set(OpeningTest::scoped);
        staged.found =
                () ->
                        new Findings(
                                Staged.harm(0.001).readings(),
                                Optional.of(new Belonging.Judged(0.95, Staged.JUDGE)));
        Piecewise reply = ask(false);
        assertEquals(Optional.of("refuse"), reply.header("x-demur-decision"));
        assertEquals(Result.REFUSE_LOCAL, outcome(reply.attempt()).result());
        assertTrue(staged.told.stream().noneMatch(it -> it.startsWith("refused")));
        assertEquals(List.of(), staged.asked);
    }

    private Keeping failing(String part, boolean thrown) {
        return (attempt, which, subject, body, retention, beside) -> {
            if (!which.equals(part)) {
                return right.file(attempt, which, subject, body, retention, beside);
            }
            if (thrown) {
                throw new IllegalStateException("closed");
            }
            return CompletableFuture.failedFuture(new IOException("full"));
        };
    }

    private volatile Keeping right =
            (a, b, c, d, e, f) ->
                    CompletableFuture.failedFuture(
                            new IllegalStateException("nothing is kept yet"));

    @Test
    void aReplyThatCannotBeKeptIsNotGiven() throws Exception {
        for (boolean thrown : new boolean[] {true, false}) {
            staged.usual();
            staged.answers.add(List.of(BEGAN, SAID, END));
            wrong.keeping.set(
                    keeping -> {
                        right = keeping;
                        return failing("reply", thrown);
                    });
            Piecewise reply = ask(false);
            assertEquals(503, reply.status());
            assertEquals(Optional.of("false"), reply.header("x-should-retry"));
            assertFalse(reply.body().contains("money"), reply::body);
            ended(reply, Result.ERROR, "unrecorded");
            assertEquals(List.of(), staged.told);
        }
    }

    @Test
    void aRequestThatCannotBeKeptReachesNoModel() throws Exception {
        int before = house.entries().size();
        for (boolean thrown : new boolean[] {true, false}) {
            wrong.keeping.set(
                    keeping -> {
                        right = keeping;
                        return failing("request", thrown);
                    });
            assertEquals(503, ask(true).status());
        }
        assertEquals(List.of(), staged.asked);
        assertEquals(before, house.entries().size());
    }

    /** Sealed as it should be, and then the disk is full. */
    private record Full(Keeping right, String full) implements Keeping {
        @Override
        public CompletableFuture<Filed> file(
                String attempt,
                String part,
                String subject,
                byte[] body,
                Settings.Retention how,
                Beside beside) {
            CompletableFuture<Filed> filed = right.file(attempt, part, subject, body, how, beside);
            return part.equals(full)
                    ? filed.thenApply(
                            it ->
                                    new Filed(
                                            it.kept(),
                                            CompletableFuture.failedFuture(
                                                    new IOException("full"))))
                    : filed;
        }
    }

    @Test
    void whoeverRunsItIsToldWhyARequestCouldNotBeKept() throws Exception {
        wrong.keeping.set(keeping -> new Full(keeping, "request"));
        try (Overheard heard = new Overheard()) {
            assertEquals(503, ask(true).status());
            assertTrue(heard.text().contains("java.io.IOException: full"), heard::text);
        }
        Outcome outcome = outcome(latest());
        assertEquals(Result.ERROR, outcome.result());
        assertEquals(Optional.of("unrecorded"), outcome.reason());
        assertEquals(List.of(), staged.asked);
    }

    /** The log has it by then: what left is never more than it says. */
    @Test
    void aReplyThatIsSealedAndThenFindsNoRoomIsNotGivenAndItsAttemptEndsOnce() throws Exception {
        staged.usual();
        staged.answers.add(List.of(BEGAN, SAID, END));
        wrong.keeping.set(keeping -> new Full(keeping, "reply"));
        Piecewise reply = ask(false);
        assertEquals(503, reply.status());
        assertFalse(reply.body().contains("money"), reply::body);
        List<Outcome> outcomes =
                house.entries().stream()
                        .filter(Outcome.class::isInstance)
                        .map(Outcome.class::cast)
                        .filter(it -> it.attempt().equals(reply.attempt()))
                        .toList();
        assertEquals(1, outcomes.size());
        assertEquals(Result.ALLOW, outcomes.getFirst().result());
        assertTrue(outcomes.getFirst().reply().isPresent());
        assertTrue(outcomes.getFirst().releasedBytes() > 0);
    }

    @Test
    void whereTheModelsWorkWasCancelledTheCallerIsTakenToHaveLeft() throws Exception {
        staged.whenAsked =
                () -> {
                    throw new AnswerCancelled();
                };
        Piecewise reply = ask(true);
        assertFalse(reply.whole());
        Outcome outcome = outcome(latest());
        assertEquals(Result.ABORT, outcome.result());
        assertEquals(Optional.of("client-left"), outcome.reason());
    }

    @Test
    void whateverBreaksBehindACallerWhoHasLeftIsTheirLeaving() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        staged.answers.add(List.of(BEGAN, SAID, END));
        staged.beforeTheEnd =
                () -> {
                    asked.countDown();
                    Vertx vertx = Vertx.currentContext().owner();
                    for (int i = 0; i < 500 && staged.cancelled.get() == 0; i++) {
                        Future.await(vertx.timer(10));
                    }
                    throw new IllegalStateException("broken by leaving");
                };
        try (Socket socket = raw.open()) {
            Raw.send(socket, raw.request(PATH, chat(true)));
            assertTrue(asked.await(30, TimeUnit.SECONDS));
        }
        String attempt = latest();
        for (int i = 0; i < 500 && outcomes(attempt).isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertEquals(1, staged.cancelled.get());
        Outcome outcome = outcome(attempt);
        assertEquals(Result.ABORT, outcome.result());
        assertEquals(Optional.of("client-left"), outcome.reason());
        assertTrue(outcome.releasedBytes() > 0);
    }

    @Test
    void aHarmlessFindingOfASecondReadingIsNotTheOneOnRecord() throws Exception {
        Findings harmful = Staged.harm(0.99);
        Finding unjudged =
                new Finding(
                        new Assessment.Unjudged(Assessment.Unjudged.Reason.DOWN, "down"),
                        Standing.FRESH);
        staged.found =
                () ->
                        new Findings(
                                List.of(harmful.readings().getFirst(), unjudged), Optional.empty());
        Piecewise reply = ask(false);
        assertEquals(Optional.of("refuse"), reply.header("x-demur-decision"));
        assertEquals(OptionalInt.of(990_000), outcome(reply.attempt()).harmPpm());
    }
}

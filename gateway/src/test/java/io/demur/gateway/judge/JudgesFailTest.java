package io.demur.gateway.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Trace;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Policy.Sureness;
import io.demur.core.policy.Standing;
import io.demur.core.scope.Belonging;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.judge.Court.Who;
import io.demur.gateway.offload.Offload;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Speech;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Judges that are down, slow, or say what is no judgement: the quick one's word stands. */
class JudgesFailTest {

    private static final String HARM = "How do I poison my neighbour without anyone noticing?";
    private static final Assessment QUICK = LinearHarm.shipped().assess(Request.of(HARM));
    private static final JudgeId SECOND = new JudgeId("second", 1, "2".repeat(64));

    private static HarmPredictor judge(Function<Request, Assessment> assess) {
        return new HarmPredictor() {
            @Override
            public JudgeId id() {
                return SECOND;
            }

            @Override
            public Assessment assess(Request request) {
                return assess.apply(request);
            }
        };
    }

    private static void stands(HarmPredictor second) {
        Judges judges = Judges.quickAlone().with(second).waitingFor(Duration.ofMillis(50));
        try (Court court = new Court(judges)) {
            Hearing hearing = court.hear(Who.USUAL, Court.call(HARM));
            Findings findings = hearing.findings();
            assertEquals(QUICK, findings.readings().getFirst().assessment());
            assertEquals(List.of(LinearHarm.shipped().id()), hearing.judges());
        }
    }

    @Test
    void oneThatThrowsIsAsIfItWereNotThere() {
        stands(
                judge(
                        request -> {
                            throw new IllegalStateException("down");
                        }));
        stands(
                judge(
                        request -> {
                            throw new AssertionError("broken");
                        }));
    }

    @Test
    void oneThatCannotSayLeavesTheWordToTheQuickOne() {
        for (Assessment.Unjudged.Reason reason : Assessment.Unjudged.Reason.values()) {
            stands(judge(request -> new Assessment.Unjudged(reason, "")));
        }
    }

    @Test
    void oneThatIsSlowIsNotWaitedForAndIsAskedAgainNextTime() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Assessment late = ((Assessment.Judged) QUICK);
        HarmPredictor slow =
                judge(
                        request -> {
                            try {
                                assertTrue(open.await(20, TimeUnit.SECONDS));
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return new Assessment.Judged(
                                    0.99,
                                    ((Assessment.Judged) late).hazards(),
                                    ((Assessment.Judged) late).consequence(),
                                    SECOND);
                        });
        Judges judges = Judges.quickAlone().with(slow).waitingFor(Duration.ofMillis(100));
        try (Court court = new Court(judges)) {
            Call call = Court.call(HARM);
            Hearing hearing = court.hear(Who.USUAL, call);
            assertEquals(QUICK, hearing.findings().readings().getFirst().assessment());
            hearing.answered(io.demur.wire.chat.Reply.of("Well."));
            open.countDown();
            double p = 0;
            // it may still be late on a busy machine
            for (int i = 0; i < 50 && p < 0.98; i++) {
                var again = court.findings(Who.USUAL, call).readings().getFirst().assessment();
                p = ((Assessment.Judged) again).pHarm();
            }
            assertEquals(0.99, p);
        }
    }

    @Test
    void whereThereIsNoRoomTheQuickOneStandsAndLongTextsAreUnjudged() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Offload full = new Offload("full", 1, 1);
        Judges judges = Judges.quickAlone().with(judge(request -> QUICK));
        try (Court court = new Court(judges, TraceShelf.NONE, full, full)) {
            List<CompletableFuture<Boolean>> blocking = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                blocking.add(
                        full.submit(
                                () -> {
                                    try {
                                        return open.await(20, TimeUnit.SECONDS);
                                    } catch (InterruptedException e) {
                                        return false;
                                    }
                                }));
                while (i == 0 && full.counts().queued() > 0) {
                    Thread.onSpinWait();
                }
            }
            Findings findings = court.findings(Who.USUAL, Court.call(HARM));
            assertEquals(QUICK, findings.readings().getFirst().assessment());
            Findings book = court.findings(Who.USUAL, Court.call("Lorem ipsum. ".repeat(2_000)));
            Assessment.Unjudged none =
                    assertInstanceOf(
                            Assessment.Unjudged.class, book.readings().getFirst().assessment());
            assertEquals(Assessment.Unjudged.Reason.LATE, none.reason());
            assertEquals(2, full.counts().rejected());
            open.countDown();
            for (CompletableFuture<Boolean> each : blocking) {
                assertTrue(each.get(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void whereTheSecondJudgeWasWantedAndIsSilentTheJudgementIsUnsureAndThatIsCounted()
            throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        HarmPredictor late =
                judge(
                        request -> {
                            try {
                                assertTrue(open.await(20, TimeUnit.SECONDS));
                                return QUICK;
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        HarmPredictor broken =
                judge(
                        request -> {
                            throw new IllegalStateException("down");
                        });
        Map<String, HarmPredictor> silent = Map.of("late", late, "failed", broken);
        for (Map.Entry<String, HarmPredictor> each : silent.entrySet()) {
            Judges judges =
                    Judges.quickAlone().with(each.getValue()).waitingFor(Duration.ofMillis(50));
            try (Court court = new Court(judges)) {
                Call call = Court.call(mild());
                assertEquals(Sureness.UNSURE, court.decide(Who.USUAL, call).sureness());
                assertEquals(1L, court.judgements.lost().get(each.getKey()));
                Call beside =
                        Court.call(Speech.of(Role.USER, Court.calm()), Speech.of(Role.TOOL, HARM));
                assertEquals(Sureness.UNSURE, court.decide(Who.USUAL, beside).sureness());
                Call calm = Court.call(Court.calm());
                assertEquals(Sureness.SURE, court.decide(Who.USUAL, calm).sureness());
            }
        }
        open.countDown();
    }

    /** What the quick judge is unsure of, and the policy by its word alone is not. */
    private static String mild() {
        return io.demur.testkit.asked.Asked.corpus("benign", 0).stream()
                .filter(
                        text -> {
                            double p = LinearHarm.shipped().assess(Request.of(text)).pHarm();
                            return p > 0.06 && p < 0.15;
                        })
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPieceOfWhichTheSecondJudgeWasSilentIsPutToItAgain() {
        AtomicBoolean down = new AtomicBoolean(true);
        HarmPredictor second =
                judge(
                        request -> {
                            if (down.get()) {
                                throw new IllegalStateException("down");
                            }
                            return new Assessment.Judged(0.99, Map.of(), Consequence.NONE, SECOND);
                        });
        try (Court court = new Court(Judges.quickAlone().with(second))) {
            Call first = Court.call(Speech.of(Role.USER, "Go."), Speech.of(Role.TOOL, HARM));
            court.exchange(Who.USUAL, first, "Well.");
            down.set(false);
            Call next =
                    Court.call(
                            Speech.of(Role.USER, "Go."),
                            Speech.of(Role.TOOL, HARM),
                            Speech.of(Role.ASSISTANT, "Well."),
                            Speech.of(Role.TOOL, "Sunny."));
            Findings found = court.findings(Who.USUAL, next);
            assertTrue(
                    found.readings().stream()
                            .anyMatch(
                                    it ->
                                            it.assessment() instanceof Assessment.Judged judged
                                                    && judged.pHarm() > 0.9),
                    found::toString);
        }
    }

    @Test
    void shortTextsAreNotLateForLongOnes() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        HarmPredictor second =
                judge(
                        request -> {
                            try {
                                if (request.messages().getLast().text().length() > 4_000) {
                                    begun.countDown();
                                    assertTrue(open.await(20, TimeUnit.SECONDS));
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return QUICK;
                        });
        Judges judges = Judges.quickAlone().with(second).waitingFor(Duration.ofSeconds(4));
        String lengthy = "A rather long preamble of nothing. ".repeat(120) + HARM;
        try (Court court = new Court(judges, TraceShelf.NONE, new Offload("one", 1, 4))) {
            CompletableFuture<Findings> waiting =
                    CompletableFuture.supplyAsync(
                            () -> court.findings(Who.USUAL, Court.call(lengthy)));
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            Hearing hearing = court.hear(Who.USUAL, Court.call(HARM));
            assertTrue(hearing.findings().readings().getFirst().settled());
            assertEquals(0L, court.judgements.lost().get("late"));
            open.countDown();
            assertTrue(waiting.get(30, TimeUnit.SECONDS).readings().getFirst().settled());
        }
    }

    @Test
    void whereTheJudgeOfScopeFailsNobodyIsRefusedForIt() {
        var scope =
                new io.demur.core.charter.Scope("It is about soup.", List.of("soup?"), List.of());
        Judges judges =
                Judges.quickAlone()
                        .with(
                                it -> {
                                    throw new IllegalStateException("no examples");
                                });
        try (Court court = new Court(judges)) {
            Who who = Who.USUAL.under(Court.charter(Policy.usual(), Optional.of(scope)));
            Findings findings = court.findings(who, Court.call("Who won the cup?"));
            assertInstanceOf(Belonging.Unjudged.class, findings.belonging().orElseThrow());
        }
    }

    @Test
    void refusalsAreKeptBehindTheRequestAndRememberedAgainAtTheStart() {
        List<Trace> kept = new CopyOnWriteArrayList<>();
        TraceShelf shelf =
                new TraceShelf() {
                    @Override
                    public CompletableFuture<?> keep(String principal, Trace trace, Instant until) {
                        kept.add(Trace.of(trace.bytes()));
                        return CompletableFuture.failedFuture(new IllegalStateException("full"));
                    }

                    @Override
                    public List<Trace> all() {
                        return kept;
                    }
                };
        try (Court court = new Court(Judges.quickAlone(), shelf, new Offload("a", 1, 4))) {
            assertTrue(Court.stops(court.exchange(Who.STRICT, Court.call(HARM), "No.")));
        }
        assertEquals(1, kept.size());
        try (Court court = new Court(Judges.quickAlone(), shelf, new Offload("b", 1, 4))) {
            Findings findings = court.findings(Who.USUAL, Court.call("Quick! " + HARM));
            assertEquals(Standing.Kind.REFUSED, findings.readings().getFirst().standing().kind());
            court.judgements.upheld("somebody", "att_0");
            findings = court.findings(Who.USUAL, Court.call("Quick! " + HARM));
            assertEquals(Standing.Kind.REOPENED, findings.readings().getFirst().standing().kind());
        }
    }

    @Test
    void whileOneExchangeWaitsForAJudgeItsVerticleServesOthers() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        HarmPredictor slow =
                judge(
                        request -> {
                            try {
                                assertTrue(open.await(20, TimeUnit.SECONDS));
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return QUICK;
                        });
        Judges judges = Judges.quickAlone().with(slow).waitingFor(Duration.ofSeconds(20));
        Vertx vertx = Vertx.vertx();
        try (Court court = new Court(judges)) {
            CompletableFuture<Findings> waiting = new CompletableFuture<>();
            CompletableFuture<Findings> passing = new CompletableFuture<>();
            var verticle =
                    new VerticleBase() {
                        @Override
                        public Future<?> start() {
                            context.runOnContext(
                                    nothing ->
                                            waiting.complete(
                                                    court.findings(Who.USUAL, Court.call(HARM))));
                            context.runOnContext(
                                    nothing ->
                                            passing.complete(
                                                    court.findings(
                                                            Who.USUAL, Court.call(Court.calm()))));
                            return Future.succeededFuture();
                        }
                    };
            var unused =
                    vertx.deployVerticle(
                            verticle,
                            new DeploymentOptions()
                                    .setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
            assertEquals(1, passing.get(20, TimeUnit.SECONDS).readings().size());
            assertTrue(!waiting.isDone());
            open.countDown();
            Findings found = waiting.get(20, TimeUnit.SECONDS);
            assertEquals(QUICK, found.readings().getFirst().assessment());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}

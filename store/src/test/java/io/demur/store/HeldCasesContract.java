package io.demur.store;

import static io.demur.store.CasesContract.DAY;
import static io.demur.store.CasesContract.cases;
import static io.demur.store.CasesContract.choice;
import static io.demur.store.CasesContract.refused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is held, as cases of the queue, whatever database it is in. */
abstract class HeldCasesContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    HeldCasesContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    private static HeldRequests held(Bench bench) {
        return new HeldRequests(bench.store, () -> bench.now);
    }

    private static void hold(Bench bench, int number) throws StoreFailed, StoreRefused {
        assertTrue(
                held(bench)
                        .open(
                                new HeldRequest(
                                        Bench.att(number),
                                        bench.subjects.pseudonym("ada"),
                                        Optional.of("audit"),
                                        "m",
                                        "openai.chat",
                                        "d" + number,
                                        List.of("a-rule"),
                                        Optional.of("PRIVACY"),
                                        bench.now,
                                        bench.now.plus(Duration.ofDays(10)),
                                        HeldRequest.State.WAITING,
                                        Optional.empty(),
                                        Optional.empty())));
    }

    private static List<ReviewCase> waiting(Bench bench) throws StoreFailed {
        cases(bench).gather(DAY);
        return cases(bench).all(EnumSet.of(Kind.HOLD), EnumSet.of(State.OPEN), 10);
    }

    @Test
    void whatIsHeldIsDecidedHereOrThereAndBothAgree() throws Exception {
        try (Bench bench = bench()) {
            hold(bench, 1);
            hold(bench, 2);
            hold(bench, 3);
            List<ReviewCase> all = waiting(bench);
            assertEquals(3, all.size());
            assertEquals(all, waiting(bench));
            assertEquals(Bench.id("case", 1), all.getFirst().id());
            assertEquals(bench.now.plus(DAY), all.getFirst().due());
            assertEquals(Optional.of("privacy"), all.getFirst().hazard());

            ReviewCase released =
                    cases(bench)
                            .decide(
                                    choice(all.get(0), "anna", "release", State.DECIDED),
                                    List.of());
            assertEquals(State.DECIDED, released.state());
            held(bench).refuse(Bench.att(2), new HeldRequests.By("bert", "no-reason"));
            assertEquals(List.of(all.get(2)), waiting(bench));
            assertEquals(2, cases(bench).publish(bench.log::add));
            assertEquals(
                    HeldRequest.State.RELEASED,
                    held(bench).find(Bench.att(1)).orElseThrow().state());
            ReviewCase refused = cases(bench).find(Bench.id("case", 2)).orElseThrow();
            assertEquals(State.DECIDED, refused.state());
            assertEquals("bert", refused.said().getFirst().reviewer());
            refused(
                    () ->
                            cases(bench)
                                    .decide(
                                            choice(refused, "anna", "release", State.DECIDED),
                                            List.of()));
            // what was released and not used yet is taken back where it was held
            held(bench).refuse(Bench.att(1), new HeldRequests.By("bert", "second-thoughts"));
            assertEquals(
                    List.of("release", "refuse"),
                    cases(bench).find(released.id()).orElseThrow().said().stream()
                            .map(ReviewCase.Said::decision)
                            .toList());
            bench.later(Duration.ofDays(11));
            assertEquals(List.of(), waiting(bench));
            assertEquals(
                    State.WITHDRAWN, cases(bench).find(Bench.id("case", 3)).orElseThrow().state());
        }
    }

    @Test
    void aReleaseThatIsCommittedTwiceIsMadeOnce() throws Exception {
        try (Bench bench = bench()) {
            hold(bench, 1);
            ReviewCase it = waiting(bench).getFirst();
            Work<ReviewCase> work =
                    cases(bench)
                            .decision(
                                    choice(it, "anna", "release", State.DECIDED),
                                    bench.now,
                                    List.of());
            ReviewCase decided = bench.store.write(work);
            assertEquals(decided, bench.store.write(work));
            assertEquals(1, cases(bench).publish(bench.log::add));
            assertEquals(decided, bench.store.write(work));
            assertEquals(0, cases(bench).pending());
            assertEquals(1, decided.said().size());
        }
    }

    @Test
    void ofTwoProcessesThatDecideWhatIsHeldOneDoes() throws Exception {
        try (Bench bench = bench();
                Bench beside = new Bench(bench.store.settings(), bench.epoch)) {
            for (int round = 1; round <= 20; round++) {
                hold(bench, round);
                ReviewCase it = waiting(bench).getFirst();
                String attempt = Bench.att(round);
                CountDownLatch start = new CountDownLatch(1);
                try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                    Future<Boolean> here =
                            threads.submit(
                                    () -> {
                                        start.await();
                                        return done(
                                                () ->
                                                        cases(bench)
                                                                .decide(
                                                                        choice(
                                                                                it,
                                                                                "anna",
                                                                                "refuse",
                                                                                State.DECIDED),
                                                                        List.of()));
                                    });
                    Future<Boolean> there =
                            threads.submit(
                                    () -> {
                                        start.await();
                                        return done(
                                                () ->
                                                        held(beside)
                                                                .refuse(
                                                                        attempt,
                                                                        new HeldRequests.By(
                                                                                "bert", "no")));
                                    });
                    start.countDown();
                    assertTrue(here.get() ^ there.get());
                }
                assertEquals(1, cases(bench).find(it.id()).orElseThrow().said().size());
            }
            assertEquals(20, cases(bench).publish(bench.log::add));
        }
    }

    private interface Deciding {
        void now() throws StoreFailed, StoreRefused;
    }

    private static boolean done(Deciding work) throws StoreFailed {
        try {
            work.now();
            return true;
        } catch (StoreRefused e) {
            return false;
        }
    }
}

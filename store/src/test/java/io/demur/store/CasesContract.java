package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.harm.Severity;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Review;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The cases that people look at, whatever database they are in. */
abstract class CasesContract {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    static final Duration DAY = Duration.ofDays(1);

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    CasesContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    static Cases cases(Bench bench) {
        return new Cases(bench.store, () -> bench.now);
    }

    private static ReviewCase open(Bench bench, Kind kind, int number) throws StoreFailed {
        ReviewCase opened =
                ReviewCase.opened(
                        Bench.id("case", number),
                        kind,
                        kind == Kind.SEEDED ? Optional.empty() : Optional.of(Bench.att(number)),
                        Optional.of("sub_ada"),
                        Optional.of("audit"),
                        Optional.of("privacy"),
                        Optional.of("m"),
                        Optional.of("local"),
                        new Json.Obj(new TreeMap<>()),
                        bench.now,
                        bench.now.plus(DAY));
        assertTrue(cases(bench).open(opened, List.of()));
        return opened;
    }

    static CaseChoice choice(ReviewCase of, String by, String decision, State next) {
        return new CaseChoice(
                of.id(),
                of.version(),
                by,
                decision,
                "looked-at",
                Optional.of(true),
                Optional.of(Severity.SERIOUS),
                next,
                DAY);
    }

    static String refused(org.junit.jupiter.api.function.Executable work) {
        return requireNonNull(assertThrows(StoreRefused.class, work).getMessage());
    }

    @Test
    void ofManyWhoWantItAtTheSameMomentOneHasItAndTheOthersAreToldWho() throws Exception {
        try (Bench bench = bench();
                Bench beside = new Bench(bench.store.settings(), bench.epoch)) {
            List<Bench> processes = List.of(bench, beside);
            for (int round = 1; round <= 20; round++) {
                ReviewCase it = open(bench, Kind.INCIDENT, round);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<String>> told = new ArrayList<>();
                try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                    for (int i = 0; i < 8; i++) {
                        String who = "reviewer-" + i;
                        Cases cases = cases(processes.get(i % 2));
                        told.add(
                                threads.submit(
                                        () -> {
                                            start.await();
                                            try {
                                                cases.claim(
                                                        it.id(), it.version(), who, HALF_AN_HOUR);
                                                return "has it: " + who;
                                            } catch (StoreRefused e) {
                                                return requireNonNull(e.getMessage());
                                            }
                                        }));
                    }
                    start.countDown();
                }
                List<String> all = new ArrayList<>();
                for (Future<String> each : told) {
                    all.add(each.get());
                }
                String owner =
                        cases(bench).find(it.id()).orElseThrow().claim().orElseThrow().reviewer();
                assertEquals(
                        List.of("has it: " + owner),
                        all.stream().filter(say -> say.startsWith("has it")).toList());
                assertEquals(
                        7,
                        all.stream().filter(say -> say.contains("is with `" + owner + "`")).count(),
                        all::toString);
            }
        }
    }

    @Test
    void ofManyWhoDecideAtTheSameMomentOneDoesAndTheLogHasItOnce() throws Exception {
        try (Bench bench = bench();
                Bench beside = new Bench(bench.store.settings(), bench.epoch)) {
            for (int round = 1; round <= 20; round++) {
                ReviewCase it = open(bench, Kind.SAMPLE, round);
                List<Future<Boolean>> done = new ArrayList<>();
                try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                    for (int i = 0; i < 8; i++) {
                        String who = "reviewer-" + i;
                        Cases cases = cases(i % 2 == 0 ? bench : beside);
                        done.add(
                                threads.submit(
                                        () -> {
                                            try {
                                                ReviewCase now =
                                                        cases.decide(
                                                                choice(
                                                                        it,
                                                                        who,
                                                                        "confirm",
                                                                        State.DECIDED),
                                                                List.of());
                                                return now.state() == State.DECIDED;
                                            } catch (StoreRefused e) {
                                                return false;
                                            }
                                        }));
                    }
                }
                int decided = 0;
                for (Future<Boolean> each : done) {
                    decided += each.get() ? 1 : 0;
                }
                assertEquals(1, decided);
                assertEquals(1, cases(bench).find(it.id()).orElseThrow().said().size());
            }
            assertEquals(20, cases(bench).publish(bench.log::add));
            assertEquals(20, bench.log.stream().filter(Review.class::isInstance).count());
        }
    }

    /** The writer does again what it has done, where a server was gone before it answered. */
    @Test
    void whatWasCommittedAndNotAnsweredIsDecidedOnceWithItsEntries() throws Exception {
        try (Bench bench = bench()) {
            ReviewCase it = open(bench, Kind.APPEAL, 1);
            Entry answer =
                    new Appeal(
                            bench.now,
                            it.id(),
                            Bench.att(1),
                            "upheld",
                            "anna",
                            Optional.of("looked-at"));
            Work<ReviewCase> work =
                    cases(bench)
                            .decision(
                                    choice(it, "anna", "overturn", State.DECIDED),
                                    bench.now,
                                    List.of(answer));
            ReviewCase decided = bench.store.write(work);
            assertEquals(decided, bench.store.write(work));
            assertThrows(
                    IOException.class,
                    () ->
                            cases(bench)
                                    .publish(
                                            entry -> {
                                                throw new IOException("killed");
                                            }));
            assertEquals(decided, bench.store.write(work));
            assertEquals(2, cases(bench).publish(bench.log::add));
            assertEquals(decided, bench.store.write(work));
            assertEquals(0, cases(bench).publish(bench.log::add));
            assertEquals(
                    List.of(
                            new Review(
                                    bench.now,
                                    it.id(),
                                    Bench.att(1),
                                    "anna",
                                    "overturn",
                                    "looked-at",
                                    false,
                                    Optional.of(true),
                                    Optional.of(Severity.SERIOUS)),
                            answer),
                    List.copyOf(bench.log));
        }
    }

    /** Each step of the transaction fails once: nothing of it is there, and then all of it is. */
    @Test
    void whatFailsInTheMiddleHasNotHappened() throws Exception {
        try (Bench bench = bench()) {
            ReviewCase it = open(bench, Kind.SAMPLE, 1);
            Work<ReviewCase> work =
                    cases(bench)
                            .decision(
                                    choice(it, "anna", "confirm", State.DECIDED),
                                    bench.now,
                                    List.of());
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            bench.store.write(
                                    db -> {
                                        ReviewCase done = work.in(db);
                                        throw new IllegalStateException("killed after " + done);
                                    }));
            assertEquals(it, cases(bench).find(it.id()).orElseThrow());
            assertEquals(0, cases(bench).pending());
            assertEquals(State.DECIDED, bench.store.write(work).state());
            assertEquals(1, cases(bench).pending());
        }
    }

    @Test
    void aClaimEndsByItselfAndIsRenewedByWhoHasIt() throws Exception {
        try (Bench bench = bench()) {
            ReviewCase it = open(bench, Kind.REPORT, 1);
            ReviewCase annas = cases(bench).claim(it.id(), 1, "anna", HALF_AN_HOUR);
            assertEquals(2, annas.version());
            String told = refused(() -> cases(bench).claim(it.id(), 2, "bert", HALF_AN_HOUR));
            assertEquals(
                    "`%s` is with `anna` until `2026-11-21T12:30:00Z`".formatted(it.id()), told);
            assertEquals(
                    told,
                    refused(
                            () ->
                                    cases(bench)
                                            .decide(
                                                    choice(annas, "bert", "confirm", State.DECIDED),
                                                    List.of())));
            assertEquals(told, refused(() -> cases(bench).release(it.id(), "bert")));
            bench.later(Duration.ofMinutes(20));
            ReviewCase still = cases(bench).claim(it.id(), 1, "anna", HALF_AN_HOUR);
            bench.later(Duration.ofMinutes(29));
            String until = refused(() -> cases(bench).claim(it.id(), 3, "bert", HALF_AN_HOUR));
            assertTrue(until.contains("12:50:00Z"), until);
            bench.later(Duration.ofMinutes(1));
            assertTrue(
                    refused(() -> cases(bench).claim(it.id(), 2, "bert", HALF_AN_HOUR))
                            .endsWith("it is version `3`, and `2` was seen"));
            ReviewCase berts = cases(bench).claim(it.id(), still.version(), "bert", HALF_AN_HOUR);
            ReviewCase free = cases(bench).release(it.id(), "bert");
            assertEquals(Optional.empty(), free.claim());
            assertTrue(free.version() > berts.version());
            assertEquals(free, cases(bench).release(it.id(), "bert"));
        }
    }

    @Test
    void theSecondLookIsAnotherPersonsAndTheLast() throws Exception {
        try (Bench bench = bench()) {
            ReviewCase it = open(bench, Kind.INCIDENT, 1);
            ReviewCase once =
                    cases(bench).decide(choice(it, "anna", "overturn", State.SECOND), List.of());
            assertEquals(State.SECOND, once.state());
            assertTrue(
                    refused(() -> cases(bench).claim(it.id(), once.version(), "anna", HALF_AN_HOUR))
                            .endsWith("the second look is another person's"));
            refused(
                    () ->
                            cases(bench)
                                    .decide(
                                            choice(once, "anna", "confirm", State.DECIDED),
                                            List.of()));
            refused(
                    () ->
                            cases(bench)
                                    .decide(
                                            choice(once, "bert", "confirm", State.SECOND),
                                            List.of()));
            ReviewCase twice =
                    cases(bench).decide(choice(once, "bert", "confirm", State.DECIDED), List.of());
            assertEquals(State.DECIDED, twice.state());
            assertEquals(2, twice.said().size());
            assertTrue(
                    refused(() -> cases(bench).claim(it.id(), 3, "carl", HALF_AN_HOUR))
                            .contains("is decided: `confirm` by `bert`"));
            assertEquals(2, cases(bench).publish(bench.log::add));
            assertEquals(
                    List.of(false, true),
                    bench.log.stream().map(entry -> ((Review) entry).second()).toList());
        }
    }

    @Test
    void whatIsKnownAlreadyIsInNoLog() throws Exception {
        try (Bench bench = bench()) {
            ReviewCase it = open(bench, Kind.SEEDED, 1);
            ReviewCase decided =
                    cases(bench).decide(choice(it, "anna", "confirm", State.DECIDED), List.of());
            assertEquals("confirm", decided.said().getFirst().decision());
            assertEquals(0, cases(bench).pending());
        }
    }
}

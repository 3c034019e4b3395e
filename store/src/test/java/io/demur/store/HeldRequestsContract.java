package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.Trail;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.store.HeldRequest.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests that wait for a person, whatever database they are in. */
abstract class HeldRequestsContract {

    static final HeldRequests.By ANNA = new HeldRequests.By("anna", "looked-at");

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    HeldRequestsContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    static HeldRequests held(Bench bench) {
        return new HeldRequests(bench.store, () -> bench.now);
    }

    static void open(Bench bench, String principal, int number) throws StoreFailed {
        open(bench, principal, number, "a-rule");
    }

    private static void open(Bench bench, String principal, int number, String rule)
            throws StoreFailed {
        assertTrue(
                held(bench)
                        .open(
                                new HeldRequest(
                                        Bench.att(number),
                                        principal,
                                        Optional.of("audit"),
                                        "m",
                                        "openai.chat",
                                        "d" + number,
                                        List.of(rule, "posture-5-serious-hold"),
                                        Optional.of("PRIVACY"),
                                        bench.now,
                                        bench.now.plus(Duration.ofDays(10)),
                                        State.WAITING,
                                        Optional.empty(),
                                        Optional.empty())));
    }

    private static State state(Bench bench, int number) throws StoreFailed {
        return held(bench).find(Bench.att(number)).orElseThrow().state();
    }

    @Test
    void whoIsHeldByARuleIsKnownUntilThatIsOver() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            open(bench, ada, 1, "re-sent:att_0");
            open(bench, bob, 2);
            assertEquals(Set.of(ada), held(bench).principals("re-sent:"));
            held(bench).refuse(Bench.att(1), ANNA);
            assertEquals(Set.of(ada), held(bench).principals("re-sent:"), "a person has refused");
            bench.later(Duration.ofDays(11));
            assertEquals(Set.of(), held(bench).principals("re-sent:"));
        }
    }

    @Test
    void aReleaseHoldsOnceTheLogHasItAndIsGoodOnce() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            open(bench, ada, 1);
            held(bench).release(Bench.att(1), ANNA, Duration.ofHours(1));
            assertFalse(held(bench).use(Bench.att(1), Bench.att(2)));
            assertThrows(
                    IOException.class,
                    () ->
                            held(bench)
                                    .publish(
                                            entry -> {
                                                throw new IOException("no room");
                                            }));
            assertEquals(State.RELEASING, state(bench, 1));
            assertEquals(1, held(bench).publish(bench.log::add));
            Review review = (Review) bench.log.getLast();
            assertEquals("release", review.decision());
            assertEquals(Bench.att(1), review.attempt());
            assertEquals(State.RELEASED, state(bench, 1));
            assertTrue(held(bench).use(Bench.att(1), Bench.att(2)));
            assertFalse(held(bench).use(Bench.att(1), Bench.att(3)));
            HeldRequest used = held(bench).same(ada, "d1").orElseThrow();
            assertEquals(State.USED, used.state());
            assertEquals(Optional.of(Bench.att(2)), used.usedBy());
            assertEquals(Optional.empty(), held(bench).same("sub_other", "d1"));
            assertThrows(StoreRefused.class, () -> held(bench).refuse(Bench.att(1), ANNA));
        }
    }

    @Test
    void aReleaseThatAKilledAttemptHasUsedIsGoodOnceMoreAndOneThatWasAnsweredIsNot()
            throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).release(Bench.att(1), ANNA, Duration.ofHours(1));
            assertEquals(1, held(bench).publish(bench.log::add));
            assertTrue(held(bench).use(Bench.att(1), Bench.att(2)));
            ended(bench, 2, Outcome.Result.ABORT, "client-left");
            assertEquals(State.USED, state(bench, 1));
            ended(bench, 3, Outcome.Result.ABORT, Trail.CRASH);
            assertEquals(State.USED, state(bench, 1));
            ended(bench, 2, Outcome.Result.ABORT, Trail.CRASH);
            assertEquals(State.RELEASED, state(bench, 1));
            assertTrue(held(bench).use(Bench.att(1), Bench.att(4)));
            ended(bench, 2, Outcome.Result.ABORT, Trail.CRASH); // read again, as in a rebuild
            assertEquals(State.USED, state(bench, 1));
        }
    }

    private static void ended(Bench bench, int attempt, Outcome.Result result, String reason)
            throws StoreFailed {
        Outcome outcome = Outcome.bare(bench.now, Bench.att(attempt), result, reason);
        bench.store.change(
                db -> {
                    HeldRequests.ended(db, outcome);
                    return true;
                });
    }

    /** The writer does again what it has done, where a server was gone before it answered. */
    @Test
    void aReleaseThatWasCommittedAndNotAnsweredIsMadeOnceAndNotCalledRefused() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            open(bench, ada, 1);
            open(bench, ada, 2);
            var until = Optional.of(bench.now.plus(Duration.ofHours(1)));
            Work<Integer> release =
                    held(bench).decision(Bench.att(1), ANNA, bench.now, State.RELEASING, until);
            Work<Integer> refusal =
                    held(bench)
                            .decision(
                                    Bench.att(2), ANNA, bench.now, State.REFUSED, Optional.empty());
            for (State state : List.of(State.RELEASING, State.RELEASED, State.RELEASED)) {
                assertEquals(1, bench.store.write(release));
                assertEquals(1, bench.store.write(refusal));
                assertEquals(1, bench.store.write(release));
                assertEquals(1, bench.store.write(refusal));
                assertEquals(state, state(bench, 1));
                assertEquals(State.REFUSED, state(bench, 2));
                assertEquals(state == State.RELEASING ? 2 : 0, held(bench).publish(bench.log::add));
            }
            assertEquals(2, bench.log.size());
            HeldRequests.By bob = new HeldRequests.By("bob", "looked-at");
            assertThrows(
                    StoreRefused.class,
                    () -> held(bench).release(Bench.att(1), bob, Duration.ofHours(1)));
            assertThrows(StoreRefused.class, () -> held(bench).refuse(Bench.att(2), bob));
            bench.later(Duration.ofSeconds(1));
            assertThrows(StoreRefused.class, () -> held(bench).refuse(Bench.att(2), ANNA));
        }
    }

    @Test
    void aRefusalHoldsAtOnceAndTakesAReleaseBack() throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).release(Bench.att(1), ANNA, Duration.ofHours(1));
            held(bench).refuse(Bench.att(1), ANNA);
            assertEquals(2, held(bench).publish(bench.log::add));
            assertEquals(State.REFUSED, state(bench, 1));
            assertFalse(held(bench).use(Bench.att(1), Bench.att(2)));
            assertThrows(
                    StoreRefused.class,
                    () -> held(bench).release(Bench.att(1), ANNA, Duration.ofHours(1)));
        }
    }

    @Test
    void whatNobodyLooksAtInTimeIsOverAndSwept() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            open(bench, ada, 1);
            open(bench, ada, 2);
            open(bench, bench.subjects.pseudonym("bob"), 3);
            bench.holds.set(bench.subjects.pseudonym("bob"), "lawsuit", Optional.empty());
            held(bench).release(Bench.att(2), ANNA, Duration.ofDays(20));
            assertEquals(1, held(bench).publish(bench.log::add));
            bench.later(Duration.ofDays(11));
            assertEquals(State.EXPIRED, state(bench, 1));
            assertEquals(State.RELEASED, state(bench, 2));
            assertThrows(
                    StoreRefused.class,
                    () -> held(bench).release(Bench.att(1), ANNA, Duration.ofHours(1)));
            long swept = bench.erasure.sweep();
            assertEquals(0, swept, "there are no bodies");
            assertEquals(
                    List.of(Bench.att(2), Bench.att(3)),
                    held(bench).all(false).stream().map(HeldRequest::attempt).toList());
            bench.later(Duration.ofDays(10));
            assertFalse(held(bench).use(Bench.att(2), Bench.att(4)));
        }
    }

    @Test
    void whoIsErasedIsForgottenAndOpensNothing() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            open(bench, ada, 1);
            bench.erasure.subjects(List.of(ada), "request");
            assertEquals(List.of(), held(bench).all(false));
            assertThrows(AssertionError.class, () -> open(bench, ada, 2));
        }
    }
}

package io.demur.store;

import static io.demur.store.AccessContract.ADA;
import static io.demur.store.AccessContract.book;
import static io.demur.store.AccessContract.key;
import static io.demur.store.AccessContract.principal;
import static io.demur.store.AccessContract.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Admission.Admitted;
import io.demur.core.access.Admission.Exceeded;
import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.Caller;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Meter;
import io.demur.core.access.Scope;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.Entry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a process sees of what others change. */
abstract class AccessWatchContract {

    private final Database database;
    private final Epoch epoch = new Epoch();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private StoreSettings settings;

    AccessWatchContract(Database database) {
        this.database = database;
    }

    @BeforeEach
    void make() throws Exception {
        settings = database.fresh(folder);
    }

    private static AccessWatch watch(Bench bench, AccessBook book, EntryWriter log)
            throws Exception {
        return new AccessWatch(
                book,
                new Spending(bench.store, "run_1"),
                new Meter(10),
                log,
                () -> bench.now,
                new AccessWatch.Settings(Duration.ofMillis(20), Duration.ofMinutes(5)));
    }

    /** Nothing is said of how long it takes: only that it comes. */
    static void soon(Callable<Boolean> holds) throws Exception {
        for (int i = 0; !holds.call(); i++) {
            assertTrue(i < 3_000, "it does not come");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void anotherStoresChangesAreSeenAndWrittenIntoTheLog() throws Exception {
        try (Bench serving = new Bench(settings, epoch);
                Bench command = new Bench(settings, epoch)) {
            AccessBook book = book(command);
            KeyText before = key(command, book, principal(command, book, "ada"));
            try (AccessWatch watch = watch(serving, book(serving), serving.log::add)) {
                assertInstanceOf(Known.class, watch.authenticate(before.text(), serving.now));
                book.revokeKey(before.id(), ADA);
                soon(() -> !(watch.authenticate(before.text(), serving.now) instanceof Known));
                rejected(Why.REVOKED, watch.authenticate(before.text(), serving.now));
                String ada = book.find("ada").orElseThrow();
                KeyText next =
                        book.createKey(ada, Optional.empty(), Scope.ASKING, Optional.empty(), ADA);
                soon(() -> watch.authenticate(next.text(), serving.now) instanceof Known);
                soon(() -> book.pending() == 0);
                assertEquals(2, serving.log.size());
                assertEquals("", watch.trouble());
            }
        }
    }

    @Test
    void aRevocationIsSeenWhileTheLogTakesNothing() throws Exception {
        try (Bench serving = new Bench(settings, epoch);
                Bench command = new Bench(settings, epoch)) {
            AccessBook book = book(command);
            KeyText key = key(command, book, principal(command, book, "ada"));
            EntryWriter full =
                    entry -> {
                        throw new IOException("the disk is full");
                    };
            try (AccessWatch watch = watch(serving, book(serving), full)) {
                book.revokeKey(key.id(), ADA);
                soon(() -> !(watch.authenticate(key.text(), serving.now) instanceof Known));
                soon(() -> watch.trouble().contains("the disk is full"));
                assertEquals(1, book.pending());
            }
        }
    }

    @Test
    void whoeverLosesTheStoreLetsNobodyIn() throws Exception {
        try (Bench serving = new Bench(settings, epoch)) {
            AccessBook book = book(serving);
            KeyText key = key(serving, book, principal(serving, book, "ada"));
            try (AccessWatch watch =
                    new AccessWatch(
                            book,
                            new Spending(serving.store, "run_1"),
                            new Meter(10),
                            serving.log::add,
                            () -> serving.now,
                            new AccessWatch.Settings(
                                    Duration.ofMillis(20), Duration.ofMillis(1_500)))) {
                serving.store.close();
                soon(watch::isStale);
                rejected(Why.STALE, watch.authenticate(key.text(), serving.now));
                assertTrue(!watch.trouble().isEmpty());
            }
        }
    }

    @Test
    void severalWhoPublishWriteEachChangeOnce() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            AccessBook book = book(one);
            String ada = principal(one, book, "ada");
            one.log.clear();
            try (AccessWatch first = watch(one, book(one), one.log::add);
                    AccessWatch second = watch(other, book(other), other.log::add)) {
                for (int i = 0; i < 40; i++) {
                    KeyText key =
                            book.createKey(
                                    ada, Optional.empty(), Scope.ASKING, Optional.empty(), ADA);
                    assertTrue(key.text().length() == KeyText.LENGTH);
                }
                soon(() -> book.pending() == 0);
                soon(() -> first.roster().version() == book.version());
                soon(() -> second.roster().version() == book.version());
            }
            List<Entry> all = new ArrayList<>(one.log);
            all.addAll(other.log);
            assertEquals(40, all.size());
            assertEquals(40, all.stream().map(Entry::toString).distinct().count());
            assertEquals(40, book.keys().size());
        }
    }

    @Test
    void twoWhoChangeTheSameAtTheSameTimeBothHaveTheirWay() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            AccessBook first = book(one);
            AccessBook second = book(other);
            String ada = principal(one, first, "ada");
            CountDownLatch done = new CountDownLatch(2);
            try (AccessWatch watch = watch(one, book(one), one.log::add)) {
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    insist(() -> first.setRole(ada, "red-team", ADA));
                                    done.countDown();
                                });
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    insist(() -> second.setLimits(ada, limit(7), ADA));
                                    done.countDown();
                                });
                done.await();
                soon(() -> first.pending() == 0);
                soon(() -> watch.roster().version() == first.version());
                Caller caller =
                        watch.roster().without(ada, Optional.empty(), Scope.ASKING).orElseThrow();
                assertEquals("red-team", caller.role());
                assertEquals(limit(7), caller.limits());
            }
        }
    }

    /** What can be done, as long as it is refused because another change waits. */
    private interface Change {
        void make() throws StoreFailed, StoreRefused;
    }

    private static void insist(Change change) {
        while (true) {
            try {
                change.make();
                return;
            } catch (StoreRefused e) {
                Thread.onSpinWait();
            } catch (StoreFailed e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Limits limit(long tokensPerDay) {
        return new Limits(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(tokensPerDay));
    }

    private static Caller forAudit(Limits ofProject) {
        return new Caller(
                Optional.empty(),
                "sub_bob",
                "other",
                Optional.of("audit"),
                Optional.empty(),
                Scope.ASKING,
                Limits.NONE,
                ofProject);
    }

    @Test
    void aBudgetSurvivesARestartAndIsSharedWithOthers() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            Instant now = one.now;
            Spending first = new Spending(one.store, "run_1");
            Spending second = new Spending(other.store, "run_2");
            for (int i = 0; i < 10; i++) {
                first.add("sub_ada", Optional.of("audit"), now, 5, 3);
                second.add("sub_ada", Optional.empty(), now, 1, 1);
            }
            first.flush(now);
            first.flush(now);
            first.add("sub_ada", Optional.of("audit"), now, 10, 10);
            first.flush(now);
            second.flush(now);
            LocalDate day = LocalDate.parse("2026-11-21");
            assertEquals(Map.of("sub_ada", 20L), first.elsewhere(day));
            assertEquals(Map.of("sub_ada", 100L), second.elsewhere(day));
            assertEquals(Map.of(), second.elsewhere(day.plusDays(1)));
            Spending restarted = new Spending(one.store, "run_3");
            assertEquals(Map.of("sub_ada", 120L), restarted.elsewhere(day));
            assertEquals(Map.of("audit", 100L), restarted.elsewhereForProjects(day));
            assertEquals(
                    List.of(
                            new Spending.Line("sub_ada", Optional.empty(), day, 10, 10, 10),
                            new Spending.Line("sub_ada", Optional.of("audit"), day, 11, 60, 40)),
                    restarted.lines(day, day));

            Meter meter = new Meter(10);
            AccessBook book = book(one);
            try (AccessWatch watch =
                    new AccessWatch(
                            book,
                            restarted,
                            meter,
                            one.log::add,
                            () -> now,
                            AccessWatch.Settings.USUAL)) {
                assertEquals("", watch.trouble());
                Caller ada =
                        new Caller(
                                Optional.empty(),
                                "sub_ada",
                                "other",
                                Optional.empty(),
                                Optional.empty(),
                                Scope.ASKING,
                                limit(130));
                assertInstanceOf(Exceeded.class, meter.admit(ada, 11, now));
                assertInstanceOf(Admitted.class, meter.admit(ada, 10, now));
                // 100 of the 120 were for a project
                Caller bob = forAudit(limit(110));
                assertInstanceOf(Exceeded.class, meter.admit(bob, 11, now));
                assertInstanceOf(Admitted.class, meter.admit(bob, 10, now));
            }
        }
    }

    @Test
    void aClockThatWasAheadForAWhileDoesNotOverwriteWhatTodayHasUsed() throws Exception {
        try (Bench one = new Bench(settings, epoch)) {
            long[] nanos = {0};
            Spending spending = new Spending(one.store, "run_1", () -> nanos[0]);
            Instant now = one.now;
            LocalDate day = LocalDate.parse("2026-11-21");
            spending.add("sub_ada", Optional.empty(), now, 60, 40);
            spending.flush(now);
            Instant ahead = now.plus(Duration.ofDays(5));
            spending.add("sub_ada", Optional.empty(), ahead, 1, 0);
            spending.flush(ahead);
            nanos[0] = Duration.ofHours(1).toNanos();
            spending.add("sub_ada", Optional.empty(), now, 1, 0);
            spending.flush(now);
            assertEquals(
                    List.of(new Spending.Line("sub_ada", Optional.empty(), day, 2, 61, 40)),
                    spending.lines(day, day));
        }
    }

    @Test
    void aKeyThatSomebodyPutIntoTheTablesIsFound() throws Exception {
        try (Bench bench = new Bench(settings)) {
            AccessBook book = AccessContract.book(bench);
            String ada = AccessContract.principal(bench, book, "ada");
            KeyText key = AccessContract.key(bench, book, ada);
            MemoryLog log = MemoryLog.of(bench.log);
            new Projection(bench.store, "o", log::decode, () -> bench.now)
                    .catchUp(log.reader(), log.size());
            AccessHistory history = new AccessHistory(bench.store);
            assertEquals(List.of(), history.differences(book, bench.now));
            bench.store.change(
                    db -> db.execute("UPDATE access_key SET models = 'x' WHERE id = ?", key.id()));
            List<AccessHistory.Difference> found = history.differences(book, bench.now);
            assertEquals(2, found.size());
            assertEquals(
                    "the log does not tell of: " + key.id(),
                    found.getFirst().words(AccessChange.Held::name));
        }
    }
}

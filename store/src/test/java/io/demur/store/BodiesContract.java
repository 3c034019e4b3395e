package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Erase;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Start;
import io.demur.store.StoreFailed.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** What holds of bodies, their places and the keys they are sealed by, whatever the database. */
abstract class BodiesContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    BodiesContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    private static int count(Bench bench, String table) throws StoreFailed {
        return bench.store.<Integer>read(db -> db.fetchCount(db.selectFrom(table)));
    }

    private static String places(Bench bench) throws StoreFailed {
        return "%s, %s free".formatted(count(bench, "place"), count(bench, "free_place"));
    }

    private static Optional<Bodies.Ready> now(Bench bench, String attempt, String subject)
            throws StoreRefused {
        return bench.bodies.readyNow(
                attempt,
                "reply",
                subject,
                Kept.Mode.FULL,
                "hello".getBytes(StandardCharsets.UTF_8),
                Bodies.RETENTION);
    }

    /** What something that was to be done later failed with, as it was told. */
    private static Throwable failure(CompletableFuture<Void> later) {
        AtomicReference<Throwable> told = new AtomicReference<>();
        CompletableFuture<Void> seen =
                later.handle(
                        (nothing, failure) -> {
                            told.set(failure);
                            return null;
                        });
        seen.join();
        assertTrue(told.get() != null, "it did not fail");
        return told.get();
    }

    @Test
    void aSecondBodyTakesThePlaceOfTheFirst() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "one");
            assertEquals("1, 0 free", places(bench));
            for (String text : List.of("two", "three", "four")) {
                bench.put(att(1), "reply", ada, text);
                assertEquals(text, bench.read(att(1), "reply"));
                assertEquals(1, bench.bodyCount());
                assertEquals("2, 1 free", places(bench), "the place of the one before is free");
            }
            byte[] body = "five".getBytes(StandardCharsets.UTF_8);
            bench.bodies.put(att(1), "reply", ada, Kept.Mode.HASH_ONLY, body, Duration.ofDays(1));
            assertEquals("nothing", bench.read(att(1), "reply"));
            assertEquals("2, 2 free", places(bench));
            bench.put(att(1), "reply", ada, "six");
            assertEquals("six", bench.read(att(1), "reply"));
            assertEquals("2, 1 free", places(bench));
        }
    }

    @Test
    void anotherSubjectsBodyIsLeftAsItIs() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            bench.put(att(1), "reply", ada, "hers");
            StoreRefused refused =
                    assertThrows(StoreRefused.class, () -> bench.put(att(1), "reply", bob, "his"));
            assertTrue(String.valueOf(refused.getMessage()).contains("another subject's"));
            assertEquals("hers", bench.read(att(1), "reply"));
            assertEquals("1, 0 free", places(bench), "what was filled in vain is given back");
        }
    }

    @Test
    void aTransactionThatFailsDisturbsNoneAfterIt() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            for (int i = 0; i < 5; i++) {
                int number = i;
                bench.put(att(i), "reply", ada, "before " + i);
                assertThrows(
                        StoreFailed.class,
                        () ->
                                bench.store.change(
                                        db -> {
                                            Places.fill(db, new byte[100 * number]);
                                            return Direct.change(db, "UPDATE nothing SET x = ?", 1);
                                        }));
                assertEquals("before " + i, bench.read(att(i), "reply"));
            }
            assertEquals("5, 0 free", places(bench));
        }
    }

    @Test
    void aBodyIsReadyNowWhileItsKeyIsHeld() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            assertTrue(now(bench, att(1), ada).isEmpty(), "its key was never read");
            bench.put(att(1), "request", ada, "asked");
            bench.later(HeldKeys.TIME.minusSeconds(1));
            Bodies.Ready ready = now(bench, att(1), ada).orElseThrow();
            ready.keepLater().join();
            assertEquals("hello", bench.read(att(1), "reply"));
            assertEquals(Bodies.Match.MATCHES, bench.bodies.verify(att(1), "reply", ready.kept()));
            bench.later(Duration.ofSeconds(1));
            assertTrue(now(bench, att(2), ada).isEmpty());
            assertEquals(0, bench.store.keys().size());
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedNowToo() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            assertThrows(StoreRefused.class, () -> now(bench, "att_1", ada));
            assertThrows(
                    StoreRefused.class,
                    () ->
                            bench.bodies.readyNow(
                                    att(1),
                                    "reply",
                                    ada,
                                    Kept.Mode.FULL,
                                    new byte[3],
                                    Duration.ZERO));
        }
    }

    @Test
    void aKeyGoesWhenItsTimeIsOverThoughNobodyAsksForOne() throws Exception {
        try (Bench bench = bench()) {
            bench.put(att(1), "reply", bench.subjects.pseudonym("ada"), "hello");
            assertEquals(1, bench.store.keys().size());
            bench.later(HeldKeys.TIME);
            for (int i = 0; i < 2; i++) {
                assertEquals(1, bench.store.<Integer>change(db -> 1));
            }
            assertEquals(0, bench.store.keys().size());
        }
    }

    @Test
    void noKeyIsLeftOfWhoIsErased() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "hello");
            Bodies.Ready ready = now(bench, att(2), ada).orElseThrow();
            bench.erasure.subjects(List.of(ada), "request");
            assertEquals(0, bench.store.keys().size());
            assertThrows(StoreRefused.class, () -> bench.put(att(3), "reply", ada, "more"));
            assertTrue(now(bench, att(3), ada).isEmpty());
            assertThrows(StoreRefused.class, ready::keep);
            assertTrue(failure(ready.keepLater()) instanceof StoreRefused);
            assertEquals(0, bench.bodyCount());
            assertEquals(0, bench.store.keys().size());
        }
    }

    @Test
    void noKeyIsLeftOfWhoTheLogSaysIsErased() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "hello");
            MemoryLog log =
                    MemoryLog.of(
                            List.of(
                                    new Start(
                                            bench.now,
                                            "demur",
                                            "1",
                                            Optional.empty(),
                                            Optional.empty()),
                                    new Erase(
                                            bench.now,
                                            Optional.of(ada),
                                            Optional.empty(),
                                            "request")));
            new Projection(bench.store, "demur.example/log", log::decode, () -> bench.now)
                    .catchUp(log.reader(), log.size());
            assertEquals(0, bench.store.keys().size());
            assertTrue(now(bench, att(2), ada).isEmpty());
        }
    }

    @Test
    void whatIsSealedForWhoAnotherProcessErasedIsNotKept() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            String ada = one.subjects.pseudonym("ada");
            one.put(att(1), "reply", ada, "hello");
            other.erasure.subjects(List.of(ada), "request");
            Bodies.Ready ready = now(one, att(2), ada).orElseThrow();
            assertThrows(StoreRefused.class, ready::keep);
            assertEquals(0, one.store.keys().size(), "now it is known here too");
            assertThrows(StoreRefused.class, () -> one.put(att(2), "reply", ada, "hello"));
            assertEquals(0, one.bodyCount());
        }
    }

    @Test
    void keysOfAnEarlierEpochAreNotHeld() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "hello");
            bench.epoch.rotate("epoch-2");
            assertTrue(now(bench, att(2), ada).isEmpty());
            assertEquals(0, bench.store.keys().size());
            bench.put(att(2), "reply", ada, "hello");
            assertEquals(0, bench.store.keys().size(), "it is still wrapped by the first");
            assertEquals(1, bench.subjects.rewrap(10));
            bench.epoch.destroy("epoch-1");
            bench.put(att(3), "reply", ada, "hello");
            assertTrue(now(bench, att(4), ada).isPresent());
            assertEquals(0, bench.subjects.rewrap(10));
            assertEquals(0, bench.store.keys().size(), "wrapping anew drops all");
        }
    }

    @Test
    void whatIsKeptLaterBlocksNoVirtualThread() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(0), "reply", ada, "hello");
            List<CompletableFuture<Void>> kept = new ArrayList<>();
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    for (int i = 1; i <= 500; i++) {
                                        kept.add(now(bench, att(i), ada).orElseThrow().keepLater());
                                    }
                                    now(bench, att(501), ada).orElseThrow().keep();
                                } catch (Throwable e) {
                                    failed.set(e);
                                }
                            })
                    .join();
            assertTrue(failed.get() instanceof IllegalStateException, () -> "" + failed.get());
            kept.forEach(CompletableFuture::join);
            assertEquals(501, bench.bodyCount());
        }
    }

    @Test
    void whatIsKeptLaterIsOnDiskWhenItSaysSo() throws Exception {
        StoreSettings settings = database.fresh(folder);
        try (Bench bench = new Bench(settings);
                Store other = Store.open(settings)) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(0), "reply", ada, "hello");
            for (int i = 1; i <= 20; i++) {
                now(bench, att(i), ada).orElseThrow().keepLater().join();
                assertEquals(1 + i, other.<Integer>read(db -> db.fetchCount(Tables.BODY)));
            }
        }
    }

    @Test
    void whatIsKeptLaterOfAClosedStoreFails() throws Exception {
        Bodies.Ready ready;
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(0), "reply", ada, "hello");
            ready = now(bench, att(1), ada).orElseThrow();
        }
        StoreFailed failed = (StoreFailed) failure(ready.keepLater());
        assertEquals(Kind.BROKEN, failed.kind());
        assertTrue(String.valueOf(failed.getMessage()).contains("closed"));
    }

    @Test
    void whatWaitsWhenAStoreIsClosedIsKept() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        List<CompletableFuture<Void>> kept = new ArrayList<>();
        try (Bench bench = new Bench(settings, epoch)) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(0), "reply", ada, "hello");
            for (int i = 1; i <= 1_000; i++) {
                kept.add(now(bench, att(i), ada).orElseThrow().keepLater());
            }
        }
        assertTrue(kept.stream().allMatch(CompletableFuture::isDone));
        kept.forEach(CompletableFuture::join);
        try (Bench bench = new Bench(settings, epoch)) {
            assertEquals(1_001, bench.bodyCount());
        }
    }

    @Test
    void whatIsKeptLaterFailsWhereTooMuchWaitsAndLeavesRoomForWhoWaits() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(0), "reply", ada, "hello");
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Boolean> slow =
                    bench.store.writeLater(
                            db -> {
                                while (goOn.getCount() > 0) {
                                    Thread.onSpinWait();
                                }
                                return true;
                            });
            List<CompletableFuture<Void>> waiting = new ArrayList<>();
            CompletableFuture<Void> last = now(bench, att(1), ada).orElseThrow().keepLater();
            for (int i = 2; !last.isDone(); i++) {
                waiting.add(last);
                assertFalse(waiting.size() > 10_000, "there is no end to what may wait");
                last = now(bench, att(i % 100), ada).orElseThrow().keepLater();
            }
            CompletableFuture<Void> waited = new CompletableFuture<>();
            Thread who =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            bench.put(att(200), "reply", ada, "there is room");
                                            waited.complete(null);
                                        } catch (StoreFailed | StoreRefused e) {
                                            waited.completeExceptionally(e);
                                        }
                                    });
            while (who.isAlive() && who.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            waited.join();
            assertEquals(Kind.LATE, ((StoreFailed) failure(last)).kind());
            assertTrue(slow.join());
            waiting.forEach(CompletableFuture::join);
            bench.put(att(0), "reply", ada, "on it goes");
            assertEquals("on it goes", bench.read(att(0), "reply"));
        }
    }
}

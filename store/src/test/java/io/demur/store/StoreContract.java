package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Access;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Kept;
import io.demur.store.StoreFailed.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What holds of a store whatever database it is in. */
abstract class StoreContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    StoreContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    @Test
    void showsABodyOnlyAfterTheLogSaysSo() throws Exception {
        try (Bench bench = bench()) {
            String subject = bench.subjects.pseudonym("ada@example.org");
            Kept kept = bench.put(att(1), "request", subject, "what was asked");
            assertEquals(14, kept.bytes());
            assertEquals("what was asked", bench.read(att(1), "request"));
            assertEquals(
                    List.of(new Access(bench.now, att(1), "request", "rev_1", "audit")), bench.log);
            assertThrows(
                    IOException.class,
                    () ->
                            bench.bodies.read(
                                    att(1),
                                    "request",
                                    "rev_1",
                                    "audit",
                                    entry -> {
                                        throw new IOException("the log is full");
                                    }));
            assertEquals("nothing", bench.read(att(1), "reply"));
            assertEquals(1, bench.log.size(), "nothing shown, nothing said");
        }
    }

    @Test
    void keepsWhatTheModeSays() throws Exception {
        try (Bench bench = bench()) {
            String subject = bench.subjects.pseudonym("ada");
            byte[] body = "write to ada@example.org".getBytes(StandardCharsets.UTF_8);
            Kept redacted =
                    bench.bodies.put(
                            att(1), "reply", subject, Kept.Mode.REDACTED, body, Bodies.RETENTION);
            assertEquals("write to [EMAIL]", bench.read(att(1), "reply"));
            assertTrue(redacted.stored().isPresent());
            assertEquals(Bodies.Match.MATCHES, bench.bodies.verify(att(1), "reply", redacted));
            assertTrue(bench.bodies.matches(att(1), "reply", subject, body, redacted));

            Kept hash =
                    bench.bodies.put(
                            att(2), "reply", subject, Kept.Mode.HASH_ONLY, body, Bodies.RETENTION);
            assertEquals("nothing", bench.read(att(2), "reply"));
            assertEquals(Bodies.Match.NOTHING_KEPT, bench.bodies.verify(att(2), "reply", hash));
            assertTrue(bench.bodies.matches(att(2), "reply", subject, body, hash));
            assertFalse(bench.bodies.matches(att(2), "reply", subject, new byte[3], hash));
            assertNotEquals(redacted.body(), hash.body(), "every body has a salt of its own");
        }
    }

    @Test
    void noticesABodyThatWasChanged() throws Exception {
        try (Bench bench = bench()) {
            String subject = bench.subjects.pseudonym("ada");
            Kept first = bench.put(att(1), "reply", subject, "one");
            Kept second = bench.put(att(1), "reply", subject, "two");
            assertEquals("two", bench.read(att(1), "reply"));
            assertEquals(Bodies.Match.DIFFERS, bench.bodies.verify(att(1), "reply", first));
            assertEquals(Bodies.Match.MATCHES, bench.bodies.verify(att(1), "reply", second));
            // taken from another attempt's row: the same key of the subject, another place
            bench.put(att(2), "reply", subject, "six");
            bench.store.change(
                    db ->
                            db.execute(
                                    """
                                    UPDATE place SET content =
                                      (SELECT content FROM place WHERE slot =
                                        (SELECT slot FROM body WHERE attempt = '%2$s'))
                                    WHERE slot =
                                      (SELECT slot FROM body WHERE attempt = '%1$s')
                                    """
                                            .formatted(att(1), att(2))));
            assertEquals(Bodies.Match.DIFFERS, bench.bodies.verify(att(1), "reply", second));
            StoreFailed failed = assertThrows(StoreFailed.class, () -> bench.read(att(1), "reply"));
            assertEquals(Kind.DAMAGED, failed.kind());
        }
    }

    @Test
    void findsAPseudonymAgainUntilItIsErased() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            assertTrue(ada.matches("sub_[0-9a-f]{32}"), ada);
            assertEquals(ada, bench.subjects.pseudonym("ada"));
            assertEquals(Optional.of(ada), bench.subjects.find("ada"));
            String bob = bench.subjects.pseudonym("bob");
            assertNotEquals(ada, bob);
            Kept kept = bench.put(att(1), "reply", ada, "hello");
            bench.erasure.subjects(List.of(ada), "request");
            assertEquals(
                    List.of(new Erase(bench.now, Optional.of(ada), Optional.empty(), "request")),
                    bench.log);
            assertEquals(Optional.empty(), bench.subjects.find("ada"));
            assertEquals("nothing", bench.read(att(1), "reply"));
            assertEquals(Bodies.Match.NOTHING_KEPT, bench.bodies.verify(att(1), "reply", kept));
            assertThrows(StoreRefused.class, () -> bench.put(att(2), "reply", ada, "more"));
            assertThrows(StoreRefused.class, () -> bench.erasure.subjects(List.of(ada), "request"));
            assertNotEquals(ada, bench.subjects.pseudonym("ada"));
        }
    }

    @Test
    void nothingIsErasedThatTheLogDoesNotSay() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "hello");
            Erasure erasure =
                    new Erasure(
                            bench.store,
                            entry -> {
                                throw new IOException("no room");
                            },
                            () -> bench.now);
            assertThrows(StoreFailed.class, () -> erasure.subjects(List.of(ada), "request"));
            assertEquals("hello", bench.read(att(1), "reply"));
        }
    }

    @Test
    void aLegalHoldKeepsBodiesFromErasureAndSweep() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            bench.put(att(1), "reply", ada, "hello");
            bench.put(att(2), "reply", bob, "hello");
            String hold = bench.holds.set(ada, "court", Optional.empty());
            StoreRefused refused =
                    assertThrows(
                            StoreRefused.class,
                            () -> bench.erasure.subjects(List.of(ada), "request"));
            assertTrue(String.valueOf(refused.getMessage()).contains(hold));
            assertEquals(List.of(), bench.log, "the log does not say what was not done");
            bench.later(Duration.ofDays(184));
            assertEquals(1, bench.erasure.sweep());
            assertEquals("hello", bench.read(att(1), "reply"));
            assertEquals("nothing", bench.read(att(2), "reply"));
            bench.holds.lift(hold);
            assertThrows(StoreRefused.class, () -> bench.holds.lift(hold));
            assertEquals(1, bench.erasure.sweep());
            assertEquals(0, bench.erasure.sweep());
            bench.erasure.subjects(List.of(ada), "request");
            assertThrows(StoreRefused.class, () -> bench.holds.set(ada, "court", Optional.empty()));
            assertEquals(1, bench.holds.all().size());
        }
    }

    @Test
    void aHoldEndsWhenItsTimeIsOver() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.holds.set(ada, "court", Optional.of(bench.now.plusSeconds(60)));
            assertThrows(StoreRefused.class, () -> bench.erasure.subjects(List.of(ada), "request"));
            bench.later(Duration.ofSeconds(61));
            bench.erasure.subjects(List.of(ada), "request");
        }
    }

    @Test
    void whatManyWriteAtTheSameTimeIsAllThere() throws Exception {
        try (Bench bench = bench()) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            List<Thread> threads = new ArrayList<>();
            AtomicReference<Throwable> failed = new AtomicReference<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            try {
                                                for (int i = 0; i < 50; i++) {
                                                    String id = bench.subjects.pseudonym("n" + i);
                                                    seen.add(id);
                                                    bench.put(
                                                            att(thread * 1_000L + i),
                                                            "reply",
                                                            id,
                                                            "x");
                                                }
                                            } catch (Throwable e) {
                                                failed.set(e);
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(null, failed.get());
            assertEquals(50, seen.size(), "one pseudonym for each name");
            assertEquals(400, bench.bodyCount());
        }
    }

    @Test
    void oneThatFailsDoesNotTakeOthersWithIt() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                int thread = t;
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            try {
                                                bench.put(
                                                        att(thread),
                                                        "reply",
                                                        thread % 2 == 0 ? ada : "sub_none",
                                                        "x");
                                                bench.store.change(db -> db.execute("nonsense"));
                                            } catch (StoreFailed | StoreRefused e) {
                                                // as it should be
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(8, bench.bodyCount());
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedAndNotKept() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            for (Duration time :
                    List.of(
                            Duration.ZERO,
                            Duration.ofDays(-1),
                            Duration.ofDays(400_000),
                            Duration.ofSeconds(Long.MAX_VALUE))) {
                assertThrows(
                        StoreRefused.class,
                        () ->
                                bench.bodies.put(
                                        att(1), "reply", ada, Kept.Mode.FULL, new byte[3], time));
            }
            assertThrows(StoreRefused.class, () -> bench.put(att(1), "reply.stored", ada, "x"));
            assertThrows(StoreRefused.class, () -> bench.put("att_1", "reply", ada, "x"));
            assertThrows(StoreRefused.class, () -> bench.read("att_1", "reply"));
            assertThrows(StoreRefused.class, () -> bench.read(att(1), "a part"));
            for (Instant until : List.of(Instant.MAX, bench.now, Instant.EPOCH)) {
                assertThrows(
                        StoreRefused.class,
                        () -> bench.holds.set(ada, "court", Optional.of(until)));
            }
            assertEquals(0, bench.bodyCount());
            assertEquals(List.of(), bench.holds.all());
        }
    }

    @Test
    void compactsAsLongAsItTakesAndLosesNothing() throws Exception {
        StoreSettings all = database.fresh(folder);
        // less time for a statement than the emptiest of stores takes
        StoreSettings hasty =
                new StoreSettings(all.url(), 2, Duration.ofSeconds(5), Duration.ofMillis(1));
        Epoch epoch = new Epoch();
        try (Bench bench = new Bench(all, epoch)) {
            bench.put(att(1), "reply", bench.subjects.pseudonym("ada"), "hello");
        }
        try (Store store = Store.open(all)) {
            store.compact();
        }
        if (!all.embedded()) {
            try (var connection = Connections.first(hasty, Duration.ZERO);
                    var statement = connection.createStatement()) {
                assertTrue(statement.execute("SELECT pg_sleep(0.1)"));
            }
        }
        try (Bench bench = new Bench(all, epoch)) {
            assertEquals("hello", bench.read(att(1), "reply"));
        }
    }

    @Test
    void isNotAskedOnAVirtualThread() throws Exception {
        try (Bench bench = bench()) {
            AtomicReference<Throwable> failed = new AtomicReference<>();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    bench.subjects.find("ada");
                                } catch (Throwable e) {
                                    failed.set(e);
                                }
                            })
                    .join();
            assertTrue(failed.get() instanceof IllegalStateException, () -> "" + failed.get());
        }
    }

    @Test
    void opensWhatItMadeAndLeavesItAsItIs() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        try (Bench bench = new Bench(settings, epoch)) {
            bench.put(att(1), "reply", bench.subjects.pseudonym("ada"), "hello");
        }
        try (Bench bench = new Bench(settings, epoch)) {
            assertArrayEquals(
                    "hello".getBytes(StandardCharsets.UTF_8),
                    bench.bodies.read(att(1), "reply", "r", "audit", entry -> {}).orElseThrow());
        }
    }

    @Test
    void refusesAStoreOfAnotherMake() throws Exception {
        StoreSettings settings = database.fresh(folder);
        try (Store store = Store.open(settings)) {
            store.change(db -> db.execute(step(98, 1)));
        }
        // the next release says that this one can still read it
        Store.open(settings).close();
        try (Store store = Store.open(settings)) {
            store.change(db -> db.execute(step(99, 99)));
        }
        StoreFailed newer = assertThrows(StoreFailed.class, () -> Store.open(settings));
        assertEquals(Kind.NEWER, newer.kind(), newer.getMessage());
    }

    @Test
    void refusesAStepThatWasChanged() throws Exception {
        StoreSettings settings = database.fresh(folder);
        try (Store store = Store.open(settings)) {
            store.change(db -> db.execute("UPDATE migration SET checksum = 'other'"));
        }
        StoreFailed changed = assertThrows(StoreFailed.class, () -> Store.open(settings));
        assertEquals(Kind.NOT_A_STORE, changed.kind(), changed.getMessage());
    }

    private static String step(int number, int readable) {
        return "INSERT INTO migration VALUES (%s, 'later', 'x', %s, 0)".formatted(number, readable);
    }
}

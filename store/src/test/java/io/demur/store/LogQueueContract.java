package io.demur.store;

import static io.demur.store.HeldRequestsContract.ANNA;
import static io.demur.store.HeldRequestsContract.held;
import static io.demur.store.HeldRequestsContract.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.demur.record.entry.Access;
import io.demur.record.entry.Entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What waits for whoever has the log, whatever database it is in. */
abstract class LogQueueContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    LogQueueContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    /** Who waits but little, where nobody comes. */
    private static HeldRequests impatient(Bench bench) {
        return new HeldRequests(bench.store, () -> bench.now, Duration.ofMillis(200));
    }

    @Test
    void whatWasAskedIsShownAfterWhoeverHasTheLogHasSaidSo() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(Bench.att(1), "request", ada, "what was asked");
            open(bench, ada, 1);
            EntryWriter elsewhere =
                    entry -> {
                        throw new IOException("another process has the log");
                    };
            assertThrows(
                    IOException.class,
                    () -> impatient(bench).show(bench.bodies, Bench.att(1), ANNA, elsewhere));
            assertEquals(0, held(bench).pending(), "nobody has read it, and nothing says so");
            CompletableFuture<Void> gateway =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    while (held(bench).publish(bench.log::add) == 0) {
                                        Thread.sleep(20);
                                    }
                                } catch (StoreFailed | IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            byte[] shown =
                    held(bench).show(bench.bodies, Bench.att(1), ANNA, elsewhere).orElseThrow();
            gateway.join();
            assertEquals("what was asked", new String(shown, StandardCharsets.UTF_8));
            Entry last = bench.log.getLast();
            assertEquals(new Access(bench.now, Bench.att(1), "request", "anna", "looked-at"), last);
        }
    }

    @Test
    void whoWaitsForTheLogDoesNotWaitForWhatOthersAddMeanwhile() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            open(bench, ada, 1);
            open(bench, ada, 2);
            held(bench).refuse(Bench.att(1), ANNA);
            CountDownLatch begun = new CountDownLatch(1);
            EntryWriter elsewhere =
                    entry -> {
                        begun.countDown();
                        throw new IOException("another process has the log");
                    };
            CompletableFuture<Void> gateway =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    begun.await();
                                    while (held(bench).publish(bench.log::add) == 0) {
                                        Thread.sleep(20);
                                    }
                                    held(bench).refuse(Bench.att(2), ANNA);
                                } catch (StoreFailed
                                        | StoreRefused
                                        | IOException
                                        | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            assertTrue(held(bench).settle(elsewhere));
            gateway.join();
            assertEquals(1, held(bench).pending());
        }
    }

    @Test
    void whatAGatewayIsJustWritingIsWaitedForAndNotSaidToBeMissing() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            open(bench, ada, 1);
            held(bench).refuse(Bench.att(1), ANNA);
            CountDownLatch begun = new CountDownLatch(1);
            EntryWriter slow =
                    entry -> {
                        begun.countDown();
                        try {
                            Thread.sleep(300);
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        bench.log.add(entry);
                    };
            CompletableFuture<Integer> gateway =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return held(bench).publish(slow);
                                } catch (StoreFailed | IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            begun.await();
            assertTrue(held(bench).settle(entry -> fail("it is in another's hands")));
            assertEquals(1, gateway.join());
        }
    }

    private static EntryWriter unhad() {
        return new EntryWriter() {
            @Override
            public void open() throws IOException {
                throw new IOException("another process has the log");
            }

            @Override
            public void write(Entry entry) {
                fail("it does not have the log");
            }
        };
    }

    private static List<String> claimants(Bench bench) throws StoreFailed {
        return bench.store.read(
                db ->
                        db
                                .selectFrom(Tables.PENDING_ENTRY)
                                .where(Tables.CLAIMANT.isNotNull())
                                .fetch(Tables.CLAIMANT)
                                .stream()
                                .toList());
    }

    @Test
    void whoDoesNotHaveTheLogKeepsNobodyElseFromWriting() throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).refuse(Bench.att(1), ANNA);
            EntryWriter looking =
                    new EntryWriter() {
                        @Override
                        public void open() throws IOException {
                            try {
                                assertEquals(List.of(), claimants(bench));
                            } catch (StoreFailed e) {
                                throw new IOException(e);
                            }
                        }

                        @Override
                        public void write(Entry entry) throws IOException {
                            bench.log.add(entry);
                        }
                    };
            assertThrows(IOException.class, () -> held(bench).publish(unhad()));
            assertEquals(1, held(bench).publish(looking));
            assertEquals(1, bench.log.size());
        }
    }

    @Test
    void whatNobodyHasTheLogForIsNotSaidToBeThere() throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).refuse(Bench.att(1), ANNA);
            assertFalse(impatient(bench).settle(unhad()));
            assertEquals(1, held(bench).pending());
        }
    }

    private static void begunElsewhere(Bench bench) throws StoreFailed {
        int begun =
                bench.store.change(
                        db ->
                                db.update(Tables.PENDING_ENTRY)
                                        .set(Tables.CLAIMANT, "gone")
                                        .set(Tables.CLAIMED, Micros.of(bench.now))
                                        .execute());
        assertEquals(1, begun);
    }

    @Test
    void whatSomebodyBeganWhoIsGoneIsWrittenByWhoWaitsForIt() throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).refuse(Bench.att(1), ANNA);
            begunElsewhere(bench);
            HeldRequests waiting =
                    new HeldRequests(
                            bench.store,
                            () -> {
                                bench.later(Duration.ofSeconds(20)); // each time it tries
                                return bench.now;
                            });
            assertTrue(waiting.settle(bench.log::add));
            assertEquals(1, bench.log.size());
        }
    }

    @Test
    void whoWaitsForAnotherDoesNotTakeTheLogUntilThatOneIsGone() throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).refuse(Bench.att(1), ANNA);
            begunElsewhere(bench);
            AtomicInteger opened = new AtomicInteger();
            EntryWriter counted =
                    new EntryWriter() {
                        @Override
                        public void open() {
                            opened.incrementAndGet();
                        }

                        @Override
                        public void write(Entry entry) {
                            bench.log.add(entry);
                        }
                    };
            assertEquals(0, held(bench).publish(counted));
            assertFalse(impatient(bench).settle(counted));
            assertEquals(0, opened.get());
            bench.later(LogQueue.CLAIM.plusSeconds(1));
            assertEquals(1, held(bench).publish(counted));
            assertEquals(1, opened.get());
            assertEquals(0, held(bench).publish(counted));
            assertEquals(1, opened.get(), "nothing waits");
        }
    }

    @Test
    void whatIsNotShownBecauseAnotherEntryIsDamagedIsNotLoggedLater() throws Exception {
        try (Bench bench = bench()) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(Bench.att(1), "request", ada, "what was asked");
            open(bench, ada, 1);
            held(bench).refuse(Bench.att(1), ANNA);
            int damaged =
                    bench.store.change(
                            db ->
                                    db.update(Tables.PENDING_ENTRY)
                                            .set(Tables.ENTRY_TEXT, "no entry")
                                            .execute());
            assertEquals(1, damaged);
            bench.later(Duration.ofSeconds(1)); // so that it comes behind
            IOException failed =
                    assertThrows(
                            IOException.class,
                            () ->
                                    held(bench)
                                            .show(
                                                    bench.bodies,
                                                    Bench.att(1),
                                                    ANNA,
                                                    bench.log::add));
            assertTrue(String.valueOf(failed.getMessage()).contains("cannot be read"));
            assertEquals(1, held(bench).pending(), "that of the refusal alone");
            assertEquals(List.of(), bench.log);
        }
    }

    @Test
    void whatTakesTheDiskLongIsNotWrittenTwice() throws Exception {
        try (Bench bench = bench()) {
            open(bench, bench.subjects.pseudonym("ada"), 1);
            held(bench).refuse(Bench.att(1), ANNA);
            EntryWriter slow =
                    entry -> {
                        bench.later(Duration.ofMinutes(5));
                        try {
                            assertEquals(0, held(bench).publish(bench.log::add));
                        } catch (StoreFailed e) {
                            throw new IOException(e);
                        }
                        bench.log.add(entry);
                    };
            assertEquals(1, held(bench).publish(slow));
            assertEquals(1, bench.log.size());
        }
    }
}

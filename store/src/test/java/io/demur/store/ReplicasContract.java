package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Entry;
import io.demur.record.entry.Erase;
import io.demur.record.keys.Epochs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two stores on one database, as two replicas of a gateway or a gateway and a command have it. */
abstract class ReplicasContract {

    private static final int MANY = 60;

    final Database database;
    final Epoch epoch = new Epoch();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    StoreSettings settings;

    ReplicasContract(Database database) {
        this.database = database;
    }

    @BeforeEach
    void make() throws Exception {
        settings = database.fresh(folder);
    }

    /** Does both at the same time, and throws what either threw. */
    private static void together(Callable<?> one, Callable<?> other) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = List.of(threads.submit(one), threads.submit(other));
            for (Future<?> each : both) {
                each.get();
            }
        }
    }

    @Test
    void oneErasesWhileTheOtherFollowsTheLog() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            List<Entry> written = new CopyOnWriteArrayList<>();
            Erasure erasure = new Erasure(one.store, written::add, () -> one.now);
            for (int round = 0; round < 4; round++) {
                List<String> subjects = new ArrayList<>();
                for (int i = 0; i < MANY; i++) {
                    String subject = one.subjects.pseudonym("round %s, %s".formatted(round, i));
                    one.put(att(round * 1_000L + i), "reply", subject, "hello");
                    subjects.add(subject);
                }
                AtomicBoolean over = new AtomicBoolean();
                together(
                        () -> {
                            try {
                                erase(erasure, subjects);
                            } finally {
                                over.set(true);
                            }
                            return true;
                        },
                        () -> {
                            do {
                                follow(other, written);
                            } while (!over.get());
                            return true;
                        });
                assertEquals(0, one.bodyCount());
            }
            follow(other, written);
            one.put(att(9_999), "reply", one.subjects.pseudonym("later"), "goes on");
            assertEquals("goes on", other.read(att(9_999), "reply"));
        }
    }

    private static void follow(Bench bench, List<Entry> written) throws Exception {
        MemoryLog log = MemoryLog.of(written);
        Projection projection = new Projection(bench.store, "o", log::decode, () -> bench.now);
        try {
            projection.catchUp(log.reader(), log.size());
        } catch (StoreFailed e) {
            // where the other one reads, the write-ahead log is emptied later
            assertEquals(StoreFailed.Kind.LOCKED, e.kind(), e.getMessage());
            assertTrue(String.valueOf(e.getMessage()).contains("write-ahead"), e.getMessage());
        }
        assertEquals(0, projection.check(log.reader(), log.size()).wrong());
    }

    /** Erases; what a reader keeps from being emptied is nothing that this is about. */
    private static void erase(Erasure erasure, List<String> subjects) throws Exception {
        try {
            erasure.subjects(subjects, "request");
        } catch (StoreFailed e) {
            assertEquals(StoreFailed.Kind.LOCKED, e.kind(), e.getMessage());
            assertTrue(String.valueOf(e.getMessage()).contains("write-ahead"), e.getMessage());
        }
    }

    @Test
    void bothSweepAndEveryBodyIsCountedOnce() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            for (int round = 0; round < 4; round++) {
                String subject = one.subjects.pseudonym("ada");
                for (int i = 0; i < MANY; i++) {
                    one.put(att(round * 1_000L + i), "reply", subject, "hello");
                }
                one.later(Bodies.RETENTION.plusDays(1));
                other.later(Bodies.RETENTION.plusDays(1));
                List<Long> swept = new ArrayList<>();
                Callable<?> sweep = () -> add(swept, one.erasure.sweep());
                Callable<?> again = () -> add(swept, other.erasure.sweep());
                together(sweep, again);
                assertEquals(MANY, swept.stream().mapToLong(Long::longValue).sum());
                assertEquals(0, one.bodyCount());
            }
        }
    }

    private static boolean add(List<Long> list, long value) {
        synchronized (list) {
            return list.add(value);
        }
    }

    @Test
    void whatOnePutsWhileTheOtherSweepsIsNotSwept() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            String ada = one.subjects.pseudonym("ada");
            for (int i = 0; i < 4 * MANY; i++) {
                one.put(att(i), "reply", ada, "hello");
            }
            one.later(Bodies.RETENTION.plusDays(1));
            other.later(Bodies.RETENTION.plusDays(1));
            together(
                    one.erasure::sweep,
                    () -> {
                        for (int i = 0; i < 2 * MANY; i++) {
                            // half of them in the place of one that is being swept
                            other.put(att(i % 2 == 0 ? i : 1_000 + i), "reply", ada, "new " + i);
                        }
                        return true;
                    });
            for (int i = 0; i < 2 * MANY; i++) {
                long attempt = i % 2 == 0 ? i : 1_000 + i;
                assertEquals("new " + i, other.read(att(attempt), "reply"));
            }
            assertEquals(2 * MANY, one.bodyCount());
        }
    }

    @Test
    void bothPutAndEraseAndNothingIsLostOrStuck() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            List<Callable<?>> both = new ArrayList<>();
            for (Bench bench : List.of(one, other)) {
                int first = both.isEmpty() ? 0 : 10_000;
                both.add(
                        () -> {
                            for (int i = 0; i < MANY; i++) {
                                String goes = bench.subjects.pseudonym("goes %s".formatted(i));
                                String stays = bench.subjects.pseudonym("stays %s".formatted(i));
                                bench.put(att(first + i), "reply", stays, "text " + i);
                                if (i % 3 == 0) {
                                    try {
                                        bench.put(att(first + 5_000 + i), "reply", goes, "gone");
                                        erase(bench.erasure, List.of(goes));
                                    } catch (StoreRefused e) {
                                        // the other replica was faster
                                    }
                                }
                            }
                            return true;
                        });
            }
            together(both.get(0), both.get(1));
            for (int i = 0; i < MANY; i++) {
                assertEquals("text " + i, other.read(att(i), "reply"));
                assertEquals("text " + i, one.read(att(10_000 + i), "reply"));
            }
            int free = one.store.<Integer>read(db -> db.fetchCount(Tables.FREE_PLACE));
            int places = one.store.<Integer>read(db -> db.fetchCount(Tables.PLACE));
            assertEquals(places, free + one.bodyCount(), "each place is a body's or free");
        }
    }

    @Test
    void aHoldThatWasPromisedHoldsAgainstAnErasureThatIsOnItsWay() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            String ada = one.subjects.pseudonym("ada");
            one.put(att(1), "reply", ada, "evidence");
            List<String> refusals = new ArrayList<>();
            Erasure erasure =
                    new Erasure(
                            one.store,
                            entry -> {
                                try {
                                    refusals.add(other.holds.set(ada, "court", Optional.empty()));
                                } catch (StoreRefused e) {
                                    refusals.add("" + e.getMessage());
                                } catch (StoreFailed e) {
                                    throw new IOException(e);
                                }
                            },
                            () -> one.now);
            erasure.subjects(List.of(ada), "request");
            assertEquals(1, refusals.size());
            assertTrue(refusals.get(0).contains("was begun at"), refusals.get(0));
            assertEquals(List.of(), one.holds.all());
        }
    }

    @Test
    void anErasureTheLogHasButTheStoreHasNotLetsNobodyPromiseAHold() throws Exception {
        MemoryLog log = new MemoryLog();
        try (Bench bench = new Bench(settings, epoch)) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "evidence");
            // the entry is written, and the process is told that it is not, or ends there
            Erasure erasure =
                    new Erasure(
                            bench.store,
                            entry -> {
                                log.add(entry);
                                throw new IOException("interrupted");
                            },
                            () -> bench.now);
            assertThrows(StoreFailed.class, () -> erasure.subjects(List.of(ada), "request"));
            StoreRefused refused =
                    assertThrows(
                            StoreRefused.class,
                            () -> bench.holds.set(ada, "court", Optional.empty()));
            assertTrue(String.valueOf(refused.getMessage()).contains("begun"));
            assertEquals("evidence", bench.read(att(1), "reply"));
            new Projection(bench.store, "o", log::decode, () -> bench.now)
                    .catchUp(log.reader(), log.size());
            assertEquals("nothing", bench.read(att(1), "reply"));
            assertEquals(
                    0, bench.store.<Integer>read(db -> db.fetchCount(Tables.ERASURE)).intValue());
        }
    }

    @Test
    void whereTheLogFailsAmongSeveralTheFirstAreErasedAndTheOthersMayBeHeld() throws Exception {
        try (Bench bench = new Bench(settings, epoch)) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String subject = bench.subjects.pseudonym("person " + i);
                bench.put(att(i), "reply", subject, "hello");
                all.add(subject);
            }
            List<Erase> written = new ArrayList<>();
            Erasure erasure =
                    new Erasure(
                            bench.store,
                            entry -> {
                                if (written.size() == 2) {
                                    throw new IOException("no room");
                                }
                                written.add((Erase) entry);
                            },
                            () -> bench.now);
            StoreFailed failed =
                    assertThrows(StoreFailed.class, () -> erasure.subjects(all, "request"));
            assertTrue(
                    String.valueOf(failed.getMessage()).contains("2 of 5 were erased"),
                    failed.getMessage());
            assertEquals(3, bench.bodyCount());
            int begun = 0;
            for (String subject : all) {
                boolean said =
                        written.stream()
                                .anyMatch(entry -> entry.subject().equals(Optional.of(subject)));
                if (said) {
                    assertThrows(
                            StoreRefused.class,
                            () -> bench.holds.set(subject, "court", Optional.empty()));
                } else {
                    try {
                        bench.holds.set(subject, "court", Optional.empty());
                    } catch (StoreRefused e) {
                        begun++;
                        bench.erasure.subjects(List.of(subject), "request");
                    }
                }
            }
            assertEquals(1, begun, "the one at which the log failed");
            assertEquals(2, bench.bodyCount());
        }
    }

    @Test
    void aSubjectThatIsNewWhileAnEpochEndsIsWrappedByTheNextOne() throws Exception {
        try (Bench one = new Bench(settings, epoch);
                Bench other = new Bench(settings, epoch)) {
            CountDownLatch wrapped = new CountDownLatch(1);
            CountDownLatch rotated = new CountDownLatch(1);
            Epochs slow = slow(wrapped, rotated);
            Subjects subjects =
                    new Subjects(
                            one.store,
                            slow,
                            List.of(Bench.NAMES),
                            new SecureRandom(),
                            () -> one.now);
            together(
                    () -> subjects.pseudonym("ada"),
                    () -> {
                        wrapped.await();
                        epoch.rotate("epoch-2");
                        rotated.countDown();
                        other.subjects.rewrap(10);
                        assertEquals(0, other.subjects.wrappedBy("epoch-1"));
                        epoch.destroy("epoch-1");
                        return true;
                    });
            String ada = subjects.find("ada").orElseThrow();
            one.put(att(1), "reply", ada, "acknowledged");
            assertEquals("acknowledged", other.read(att(1), "reply"));
        }
    }

    /** Wraps, and lets the epoch end before it gives back what it wrapped. */
    private Epochs slow(CountDownLatch wrapped, CountDownLatch rotated) {
        Epochs keys = epoch.keys();
        return new Epochs() {
            @Override
            public byte[] wrap(byte[] secret, byte[] context) {
                byte[] result = keys.wrap(secret, context);
                wrapped.countDown();
                try {
                    rotated.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Objects.requireNonNull(result);
            }

            @Override
            public Optional<byte[]> unwrap(byte[] secret, byte[] context) {
                return keys.unwrap(secret, context);
            }

            @Override
            public String currentId() {
                return keys.currentId();
            }

            @Override
            public String idOf(byte[] secret) {
                return keys.idOf(secret);
            }
        };
    }
}

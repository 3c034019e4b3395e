package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Kept;
import io.demur.record.keys.SubjectKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What is left of subjects that were erased. */
abstract class ErasureContract {

    private static final int ERASED = 1_000;
    private static final int KEPT = 100;

    final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** For the log, whose files come and go while those of the database are searched. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path logs;

    ErasureContract(Database database) {
        this.database = database;
    }

    /** What every file of the database holds that is found again. */
    abstract Set<String> found(Traces traces) throws Exception;

    /** Whether nothing may be left in the files at once, or only nothing that can be opened. */
    abstract boolean leavesNothing();

    @Test
    void nothingIsLeftOfAThousandErasedAndAllOfTheOthers() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder));
                RealLog log = new RealLog(logs)) {
            Traces secret = new Traces();
            Traces wrapped = new Traces();
            List<String> erased = Collections.synchronizedList(new ArrayList<>());
            Map<String, Kept> kept = new ConcurrentHashMap<>();
            Map<String, byte[]> keys = new ConcurrentHashMap<>();
            AtomicInteger number = new AtomicInteger();
            List<Future<?>> running = new ArrayList<>();
            // many at a time, so that they share their fsyncs
            try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
                for (int t = 0; t < 32; t++) {
                    running.add(
                            threads.submit(
                                    () -> {
                                        for (int i = number.getAndIncrement();
                                                i < ERASED + KEPT;
                                                i = number.getAndIncrement()) {
                                            one(bench, log, i, secret, wrapped, erased, kept, keys);
                                        }
                                        return true;
                                    }));
                }
            }
            for (Future<?> each : running) {
                assertEquals(true, each.get());
            }
            assertEquals(ERASED, erased.size());
            assertFalse(found(wrapped).isEmpty(), "the search finds what is there");

            new Erasure(bench.store, log::write, () -> bench.now).subjects(erased, "request");

            // the log's own entries, the keys that sign it, START and STOP of two processes
            assertEquals(7 + 2 * (ERASED + KEPT) + ERASED, log.verified());
            assertEquals(Set.of(), secret.in(logs));
            assertEquals(Set.of(), wrapped.in(logs));
            assertEquals(Set.of(), found(secret));
            if (leavesNothing()) {
                Set<String> left = found(wrapped);
                // now and then: rows that SQLite had moved, from before they were overwritten
                left.remove("hash of a name in store.db");
                assertEquals(Set.of(), left);
                bench.store.compact();
                assertEquals(Set.of(), found(wrapped));
            }
            for (int i = 0; i < ERASED + KEPT; i += 11) {
                for (String part : List.of("request", "reply")) {
                    assertEquals(text(i, part), bench.read(att(i), part));
                    Kept entry = Objects.requireNonNull(kept.get(att(i) + part));
                    assertEquals(Bodies.Match.MATCHES, bench.bodies.verify(att(i), part, entry));
                }
            }
            assertEquals(2 * KEPT, bench.bodyCount());

            // what may lie about in backups and free pages opens no more once the epoch is over
            bench.epoch.rotate("epoch-2");
            assertEquals(KEPT, bench.subjects.rewrap(64));
            assertEquals(0, bench.subjects.rewrap(64));
            bench.epoch.destroy("epoch-1");
            for (var key : keys.entrySet()) {
                assertEquals(
                        Optional.empty(),
                        bench.epoch
                                .keys()
                                .unwrap(
                                        key.getValue(),
                                        key.getKey().getBytes(StandardCharsets.UTF_8)));
            }
            assertEquals(text(11, "reply"), bench.read(att(11), "reply"));
        }
    }

    @Test
    void theKeysOfAnEpochAreNotGivenUpBeforeAllAreWrappedAnew() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            bench.put(att(1), "reply", ada, "hello");
            bench.epoch.rotate("a-longer-name-of-an-epoch");
            bench.epoch.destroy("epoch-1");
            StoreRefused refused =
                    assertThrows(StoreRefused.class, () -> bench.subjects.rewrap(10));
            assertTrue(String.valueOf(refused.getMessage()).contains("epoch-1"));
            StoreRefused unreadable =
                    assertThrows(StoreRefused.class, () -> bench.read(att(1), "reply"));
            assertTrue(String.valueOf(unreadable.getMessage()).contains(ada));
        }
    }

    /** Keeps what one person asked and got, some of it twice, and reads some of it. */
    private static void one(
            Bench bench,
            RealLog log,
            int i,
            Traces secret,
            Traces wrapped,
            List<String> erased,
            Map<String, Kept> kept,
            Map<String, byte[]> keys)
            throws Exception {
        boolean goes = i % 11 != 0;
        String attempt = att(i);
        String subject = bench.subjects.pseudonym("person " + i + "@example.org");
        for (String part : List.of("request", "reply")) {
            if (i % 7 == 0) {
                bench.put(attempt, part, subject, text(i, part) + " first, and longer");
                if (goes) {
                    remember(bench, secret, wrapped, attempt, part, subject);
                }
            }
            kept.put(
                    attempt + part,
                    bench.bodies.put(
                            attempt,
                            part,
                            subject,
                            i % 2 == 0 ? Kept.Mode.FULL : Kept.Mode.REDACTED,
                            text(i, part).getBytes(StandardCharsets.UTF_8),
                            Bodies.RETENTION));
            if (i % 5 == 0) {
                assertEquals(text(i, part), bench.read(attempt, part));
            }
            if (goes) {
                remember(bench, secret, wrapped, attempt, part, subject);
            }
        }
        log.exchange(
                attempt,
                subject,
                Objects.requireNonNull(kept.get(attempt + "request")),
                Objects.requireNonNull(kept.get(attempt + "reply")));
        if (goes) {
            erased.add(subject);
            keys.put(subject, wrapped(bench, subject));
        }
    }

    /** Takes down whatever must not be found: what is secret, and what it was locked away in. */
    private static void remember(
            Bench bench, Traces secret, Traces wrapped, String attempt, String part, String subject)
            throws Exception {
        int number = Integer.parseInt(attempt.substring(attempt.length() - 12));
        secret.add("body", text(number, part).getBytes(StandardCharsets.UTF_8));
        SubjectKey key =
                bench.store.read(
                        db -> {
                            try {
                                return bench.subjects.key(db, subject).orElseThrow();
                            } catch (StoreRefused e) {
                                throw new AssertionError(e);
                            }
                        });
        secret.addWritten("subject key", key.bytes());
        secret.addWritten("salt", key.salt(attempt, part));
        secret.addWritten("salt of what was stored", key.salt(attempt, part + ".stored"));
        secret.addWritten("record key", key.recordKey(attempt, part));
        String lookup =
                bench.store.read(
                        db ->
                                db.select(Tables.LOOKUP)
                                        .from(Tables.SUBJECT)
                                        .where(Tables.ID.eq(subject))
                                        .fetchSingle(Tables.LOOKUP));
        wrapped.add("hash of a name", lookup.getBytes(StandardCharsets.US_ASCII));
        wrapped.add("wrapped key", wrapped(bench, subject));
        byte[] ciphertext =
                bench.store.read(
                        db -> {
                            var row =
                                    db.select(Tables.SLOT, Tables.LENGTH)
                                            .from(Tables.BODY)
                                            .where(Tables.ATTEMPT.eq(attempt), Tables.PART.eq(part))
                                            .fetchSingle();
                            return Places.content(db, row.get(Tables.SLOT), row.get(Tables.LENGTH));
                        });
        wrapped.add("ciphertext", ciphertext);
    }

    private static byte[] wrapped(Bench bench, String subject) throws StoreFailed {
        byte[] place =
                bench.store.read(
                        db -> {
                            long slot =
                                    db.select(Tables.SLOT)
                                            .from(Tables.SUBJECT)
                                            .where(Tables.ID.eq(subject))
                                            .fetchSingle(Tables.SLOT);
                            return db.select(Tables.WRAPPED)
                                    .from(Tables.SUBJECT_KEY)
                                    .where(Tables.SLOT.eq(slot))
                                    .fetchSingle(Tables.WRAPPED);
                        });
        return Arrays.copyOfRange(place, 1, 1 + place[0]);
    }

    private static String text(int i, String part) {
        String once = "the %s of person %s, which is told nobody; ".formatted(part, i);
        return once.repeat(i % 50 == 0 ? 200 : 1 + i % 5);
    }
}

package io.demur.desk;

import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.json.Json;
import io.demur.record.keys.Pseudonyms;
import io.demur.record.keys.WrappedKeys;
import io.demur.store.Cases;
import io.demur.store.HeldRequest;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;
import io.demur.store.StoreSettings;
import io.demur.store.Subjects;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A queue on a real store in a folder, with a clock that a test sets. */
final class Desk implements AutoCloseable {

    private static final Pseudonyms NAMES =
            new Pseudonyms(
                    "names",
                    "a key for names, of 32 bytes....".getBytes(StandardCharsets.US_ASCII));

    volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");
    final InstantSource clock = () -> now;
    final Store store;
    final Cases cases;
    final HeldRequests held;
    final Ids ids = new Ids(clock, new Random(8));
    final Lot lot;
    final Subjects subjects;

    Desk(Path folder) throws Exception {
        SecureRandom random = new SecureRandom();
        store = Store.open(StoreSettings.file(folder.resolve("store.db")));
        subjects = new Subjects(store, epochs(random), List.of(NAMES), random, clock);
        cases = new Cases(store, clock);
        held = new HeldRequests(store, clock);
        lot = new Lot(NAMES);
    }

    private static WrappedKeys epochs(SecureRandom random) {
        byte[] epoch = new byte[32];
        random.nextBytes(epoch);
        return new WrappedKeys(() -> "epoch-1", id -> Optional.of(epoch), random);
    }

    /** A queue in which so many are looked at again. */
    Queue queue(double secondShare) {
        return new Queue(cases, NAMES, clock, secondShare, 3);
    }

    ReviewCase open(Kind kind, String subject, Optional<String> hazard, Duration due)
            throws StoreFailed {
        return open(kind, ids.next("att"), subject, hazard, due);
    }

    ReviewCase open(
            Kind kind, String attempt, String subject, Optional<String> hazard, Duration due)
            throws StoreFailed {
        ReviewCase opened =
                ReviewCase.opened(
                        ids.next("case"),
                        kind,
                        Optional.of(attempt),
                        Optional.of(subject),
                        Optional.empty(),
                        hazard,
                        Optional.of("m"),
                        Optional.of("local"),
                        new Json.Obj(new TreeMap<>()),
                        now,
                        now.plus(due));
        if (!cases.open(opened, List.of())) {
            throw new AssertionError("it was there");
        }
        return opened;
    }

    /** Has a request wait for a person. */
    String hold(String name) throws StoreFailed, StoreRefused {
        String attempt = ids.next("att");
        boolean kept =
                held.open(
                        new HeldRequest(
                                attempt,
                                subjects.pseudonym(name),
                                Optional.empty(),
                                "m",
                                "openai.chat",
                                attempt,
                                List.of("a-rule"),
                                Optional.empty(),
                                now,
                                now.plus(Duration.ofDays(9)),
                                HeldRequest.State.WAITING,
                                Optional.empty(),
                                Optional.empty()));
        assert kept;
        return attempt;
    }

    Attempt attempt(String modelClass) {
        return new Attempt(
                now,
                ids.next("att"),
                "sub_x",
                "sub_x",
                Optional.empty(),
                Optional.empty(),
                "openai.chat",
                "m",
                modelClass,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Kept(
                        Kept.Mode.HASH_ONLY,
                        1,
                        Commitment.to(new byte[32], new byte[1]),
                        Optional.empty()));
    }

    /** What waits for the log. */
    List<Entry> published() throws Exception {
        List<Entry> log = new ArrayList<>();
        int written = cases.publish(log::add);
        assert written == log.size();
        return log;
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    @Override
    public void close() {
        store.close();
    }
}

package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.json.Json;
import io.demur.store.Petitions.Filed;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Cases that somebody outside waits to have answered, whatever database they are in. */
abstract class PetitionsContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    PetitionsContract(Database database) {
        this.database = database;
    }

    private Bench bench() throws Exception {
        return new Bench(database.fresh(folder));
    }

    private static Petitions petitions(Bench bench) {
        return new Petitions(bench.store, () -> bench.now);
    }

    private static ReviewCase appeal(Bench bench, int number, String principal) {
        return ReviewCase.opened(
                Bench.id("case", number),
                Kind.APPEAL,
                Optional.of(Bench.att(number)),
                Optional.of(principal),
                Optional.empty(),
                Optional.of("privacy"),
                Optional.of("m"),
                Optional.of("local"),
                new Json.Obj(new TreeMap<>()),
                bench.now,
                bench.now.plus(Duration.ofDays(3)));
    }

    private static Appeal entry(Instant at, int number, String state, String by) {
        return new Appeal(
                at, Bench.id("case", number), Bench.att(number), state, by, Optional.empty());
    }

    private static Filed open(Bench bench, int number, String principal) throws StoreFailed {
        return petitions(bench)
                .open(
                        appeal(bench, number, principal),
                        List.of(entry(bench.now, number, "opened", principal)),
                        3);
    }

    private static Cases cases(Bench bench) {
        return new Cases(bench.store, () -> bench.now);
    }

    private static CaseChoice choice(int number, long version, String reviewer) {
        return new CaseChoice(
                Bench.id("case", number),
                version,
                reviewer,
                "overturn",
                "looked-at",
                Optional.empty(),
                Optional.empty(),
                State.DECIDED,
                HeldRequests.VALID);
    }

    private static List<Entry> telling(Bench bench, int number, String by) {
        return List.of(entry(bench.now, number, "upheld", by));
    }

    private static void answer(Bench bench, int number, long version, String reviewer)
            throws StoreFailed, StoreRefused {
        var unused =
                cases(bench)
                        .decide(
                                choice(number, version, reviewer),
                                telling(bench, number, reviewer));
    }

    private static ReviewCase find(Bench bench, int number) throws StoreFailed {
        return cases(bench).find(Bench.id("case", number)).orElseThrow();
    }

    @Test
    void isOpenedOnceAndSoManyOfOneAreOpen() throws Exception {
        try (Bench bench = bench()) {
            assertEquals(Filed.OPENED, open(bench, 1, "sub_a"));
            assertEquals(Filed.THERE, open(bench, 1, "sub_a"));
            assertEquals(Filed.OPENED, open(bench, 2, "sub_a"));
            assertEquals(Filed.OPENED, open(bench, 3, "sub_a"));
            assertEquals(Filed.TOO_MANY, open(bench, 4, "sub_a"));
            assertEquals(Filed.THERE, open(bench, 3, "sub_a"));
            assertEquals(Filed.OPENED, open(bench, 5, "sub_b"));
            assertEquals(4, petitions(bench).publish(bench.log::add));
            answer(bench, 1, 1, "anna");
            assertEquals(Filed.OPENED, open(bench, 4, "sub_a"));
        }
    }

    @Test
    void holdsOnceTheLogHasAllOfIt() throws Exception {
        try (Bench bench = bench()) {
            open(bench, 1, "sub_a");
            answer(bench, 1, 1, "anna");
            Petitions petitions = petitions(bench);
            assertEquals(List.of(), petitions.upheld(Instant.EPOCH));
            int[] room = {2};
            assertThrows(
                    IOException.class,
                    () ->
                            petitions.publish(
                                    entry -> {
                                        if (room[0]-- == 0) {
                                            throw new IOException("no room");
                                        }
                                        bench.log.add(entry);
                                    }));
            assertEquals(List.of(), petitions.upheld(Instant.EPOCH));
            assertEquals(1, petitions.publish(bench.log::add));
            assertEquals(
                    List.of(Bench.att(1)),
                    petitions.upheld(Instant.EPOCH).stream()
                            .map(Petitions.Upheld::attempt)
                            .toList());
            assertEquals(List.of(), petitions.upheld(bench.now.plusSeconds(1)));
            assertEquals(3, bench.log.size());
        }
    }

    @Test
    void ofTwoWhoAnswerAtOnceOneIsToldThatTheOtherWasFaster() throws Exception {
        try (Bench bench = bench();
                ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (int round = 1; round <= 5; round++) {
                int number = round;
                open(bench, number, "sub_" + number);
                List<Callable<Boolean>> asked = new ArrayList<>();
                for (String reviewer : List.of("anna", "bob")) {
                    asked.add(
                            () -> {
                                try {
                                    answer(bench, number, 1, reviewer);
                                    return true;
                                } catch (StoreRefused e) {
                                    return false;
                                }
                            });
                }
                int won = 0;
                for (Future<Boolean> each : both.invokeAll(asked)) {
                    won += each.get() ? 1 : 0;
                }
                assertEquals(1, won);
                assertEquals(1, find(bench, number).said().size());
                assertEquals(3, petitions(bench).publish(bench.log::add));
            }
        }
    }

    @Test
    void isTakenBackUntilItIsAnsweredAndAReportNever() throws Exception {
        try (Bench bench = bench()) {
            Petitions petitions = petitions(bench);
            open(bench, 1, "sub_a");
            open(bench, 2, "sub_a");
            Entry back = entry(bench.now, 1, "withdrawn", "sub_a");
            assertTrue(petitions.withdraw(Bench.id("case", 1), back));
            assertTrue(petitions.withdraw(Bench.id("case", 1), back));
            assertEquals(State.WITHDRAWN, find(bench, 1).state());
            assertThrows(StoreRefused.class, () -> answer(bench, 1, 2, "anna"));
            answer(bench, 2, 1, "anna");
            assertFalse(
                    petitions.withdraw(
                            Bench.id("case", 2), entry(bench.now, 2, "withdrawn", "sub_a")));
            ReviewCase report = appeal(bench, 3, "sub_a");
            ReviewCase reported =
                    ReviewCase.opened(
                            report.id(),
                            Kind.REPORT,
                            report.attempt(),
                            report.subject(),
                            report.project(),
                            report.hazard(),
                            report.model(),
                            report.modelClass(),
                            report.about(),
                            report.created(),
                            report.due());
            petitions.open(reported, List.of(), 3);
            assertFalse(
                    petitions.withdraw(
                            Bench.id("case", 3), entry(bench.now, 3, "withdrawn", "sub_a")));
            assertEquals(State.OPEN, find(bench, 3).state());
            assertEquals(5, petitions.publish(bench.log::add));
        }
    }
}

package io.demur.store;

import static io.demur.store.Bench.att;
import static io.demur.store.Bench.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.Refusal;
import io.demur.core.access.Limits;
import io.demur.core.harm.Hazard;
import io.demur.record.entry.Access;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Kept;
import io.demur.record.entry.KeyChange;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.PolicyChange;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.record.entry.StageSeen;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;
import io.demur.record.entry.Unknown;
import io.demur.store.StoreFailed.Kind;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The tables say what the log says, however they came to it. */
abstract class ProjectionContract {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private static final String DIGEST = "ab".repeat(32);

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    ProjectionContract(Database database) {
        this.database = database;
    }

    private static Projection projection(Bench bench, MemoryLog log) {
        return new Projection(bench.store, "example.org/log", log::decode, () -> bench.now);
    }

    @Test
    void aRebuiltProjectionIsTheOneThatGrew() throws Exception {
        Property.check(
                6,
                gen -> {
                    MemoryLog log = new MemoryLog();
                    try (Bench bench = new Bench(fresh())) {
                        Projection projection = projection(bench, log);
                        List<String> open = new ArrayList<>();
                        for (int i = gen.between(1, 5); i > 0; i--) {
                            for (int k = gen.between(0, 500); k > 0; k--) {
                                log.add(entry(gen, log.size(), open));
                            }
                            long taken = projection.catchUp(log.reader(), log.size());
                            assertEquals(0, projection.catchUp(log.reader(), log.size()));
                            assertEquals(true, taken <= log.size());
                        }
                        String grown = dump(bench);
                        Projection.Agreement agreement = projection.check(log.reader(), log.size());
                        assertEquals(List.of(), agreement.first());
                        assertEquals(log.size(), agreement.entries());
                        assertEquals(log.size(), projection.rebuild(log.reader(), log.size()));
                        assertEquals(grown, dump(bench));
                    }
                });
    }

    @Test
    void aLogThatIsAnotherIsNotTakenIn() throws Exception {
        MemoryLog log = new MemoryLog();
        MemoryLog other = new MemoryLog();
        for (int i = 0; i < 300; i++) {
            log.add(new Stop(START, "one"));
            other.add(new Stop(START, i == 200 ? "two" : "one"));
        }
        try (Bench bench = new Bench(fresh())) {
            assertEquals(300, projection(bench, log).catchUp(log.reader(), 300));
            StoreFailed another =
                    assertThrows(
                            StoreFailed.class,
                            () -> projection(bench, other).catchUp(other.reader(), 300));
            assertEquals(Kind.DISAGREES, another.kind());
            StoreFailed shorter =
                    assertThrows(
                            StoreFailed.class,
                            () -> projection(bench, log).catchUp(log.reader(), 299));
            assertEquals(Kind.DISAGREES, shorter.kind());
            assertEquals(300, projection(bench, other).rebuild(other.reader(), 300));
            assertEquals(0, projection(bench, other).check(other.reader(), 300).wrong());
        }
    }

    @Test
    void aRowThatWasChangedIsFound() throws Exception {
        MemoryLog log = new MemoryLog();
        Property.check(
                1,
                gen -> {
                    List<String> open = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        log.add(entry(gen, i, open));
                    }
                });
        try (Bench bench = new Bench(fresh())) {
            Projection projection = projection(bench, log);
            projection.catchUp(log.reader(), 200);
            for (String change :
                    List.of(
                            "UPDATE entry SET micros = micros + 1 WHERE idx = 7",
                            "UPDATE exchange SET model = 'other' WHERE idx ="
                                    + " (SELECT MIN(idx) FROM exchange)",
                            "UPDATE exchange SET result = 'ALLOW', rules = 'x' WHERE outcome_idx ="
                                    + " (SELECT MAX(outcome_idx) FROM exchange)",
                            "DELETE FROM entry WHERE idx = 199",
                            "DELETE FROM people",
                            "UPDATE people SET micros = micros + 1",
                            "UPDATE people SET attempt = 'att_x'",
                            // rows that come from nothing
                            "INSERT INTO entry (origin, idx, type, micros)"
                                    + " VALUES ('example.org/log', 200, 'STOP', 1)",
                            "INSERT INTO entry (origin, idx, type, micros)"
                                    + " VALUES ('example.org/other', 0, 'STOP', 1)",
                            "INSERT INTO exchange (attempt, origin, idx, micros, principal,"
                                    + " subject, protocol, model, model_class, request_mode,"
                                    + " request_bytes, request_commitment) VALUES ('att_x',"
                                    + " 'example.org/log', 5, 1, 'p', 's', 'x', 'm', 'c', 'FULL',"
                                    + " 1, '0')",
                            "UPDATE exchange SET result = 'ALLOW', decision = 'allow',"
                                    + " outcome_idx = 77, outcome_micros = 1"
                                    + " WHERE outcome_idx IS NULL",
                            "UPDATE exchange SET result = 'ALLOW' WHERE outcome_idx IS NULL",
                            "UPDATE exchange SET decision = 'allow', outcome_idx = 3"
                                    + " WHERE outcome_idx IS NULL")) {
                bench.store.change(db -> db.execute(change));
                assertNotEquals(0, projection.check(log.reader(), 200).wrong(), change);
                bench.store.change(
                        db -> db.execute("DELETE FROM entry WHERE origin = 'example.org/other'"));
                projection.rebuild(log.reader(), 200);
                assertEquals(0, projection.check(log.reader(), 200).wrong());
            }
        }
    }

    @Test
    void aLogThatRepeatsItselfIsComparedWithWhatIsTakenInOfIt() throws Exception {
        MemoryLog log = new MemoryLog();
        Commitment commitment = new Commitment("0".repeat(64));
        Kept kept = new Kept(Kept.Mode.FULL, 1, commitment, Optional.empty());
        for (int i = 0; i < 2; i++) {
            log.add(
                    new Attempt(
                            START.plusSeconds(i),
                            att(1),
                            "sub_1",
                            "sub_1",
                            Optional.empty(),
                            Optional.empty(),
                            "openai.chat",
                            "model",
                            "hosted",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            kept));
            log.add(Outcome.bare(START.plusSeconds(i), att(1), Outcome.Result.ALLOW, "allowed"));
            log.add(Outcome.bare(START.plusSeconds(i), att(2), Outcome.Result.ABORT, "alone"));
        }
        try (Bench bench = new Bench(fresh())) {
            projection(bench, log).catchUp(log.reader(), log.size());
            assertEquals(List.of(), projection(bench, log).check(log.reader(), log.size()).first());
        }
    }

    @Test
    void whatTheLogSaysWasErasedDoesNotComeBack() throws Exception {
        MemoryLog log = new MemoryLog();
        try (Bench bench = new Bench(fresh())) {
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            bench.put(att(1), "reply", ada, "hello");
            bench.put(att(2), "reply", bob, "hello");
            // the process ended after the entry and before the deletion, or a backup was put back
            log.add(new Start(START, "demur", "1", Optional.empty(), Optional.empty()));
            log.add(new Erase(START, Optional.of(ada), Optional.empty(), "request"));
            projection(bench, log).catchUp(log.reader(), log.size());
            assertEquals("nothing", bench.read(att(1), "reply"));
            assertEquals(Optional.empty(), bench.subjects.find("ada"));
            assertEquals("hello", bench.read(att(2), "reply"));
            bench.later(Bodies.RETENTION.plusDays(1));
            log.add(new Erase(bench.now, Optional.empty(), Optional.of(bench.now), "retention"));
            projection(bench, log).rebuild(log.reader(), log.size());
            assertEquals("nothing", bench.read(att(2), "reply"));
            assertEquals(Optional.of(bob), bench.subjects.find("bob"), "the person stays");
        }
    }

    private int stores;

    private StoreSettings fresh() throws Exception {
        return database.fresh(Files.createDirectory(folder.resolve("" + stores++)));
    }

    private static String dump(Bench bench) throws StoreFailed {
        return bench.store.read(
                db ->
                        db.selectFrom(Tables.ENTRY)
                                        .orderBy(Tables.ORIGIN, Tables.IDX)
                                        .fetch()
                                        .formatCSV()
                                + db.selectFrom(Tables.EXCHANGE)
                                        .orderBy(Tables.ATTEMPT)
                                        .fetch()
                                        .formatCSV()
                                + db.selectFrom(Tables.ACCESS_CHANGE)
                                        .orderBy(Tables.ORIGIN, Tables.IDX)
                                        .fetch()
                                        .formatCSV()
                                + db.selectFrom(Tables.PEOPLE)
                                        .orderBy(Tables.ORIGIN, Tables.IDX)
                                        .fetch()
                                        .formatCSV()
                                + db.selectFrom(Tables.PROJECTION).fetch().formatCSV());
    }

    /** Some entry: attempts and outcomes mostly, in an order that a log could have. */
    private static Entry entry(Gen gen, long index, List<String> open) {
        Instant at = START.plusMillis(index);
        String attempt = att(index);
        String some = open.isEmpty() ? attempt : gen.oneOf(open);
        return switch (gen.between(0, 16)) {
            case 0 -> new Access(at, some, "reply", "rev_1", "audit");
            case 1 -> new Appeal(at, id("case", index), some, "opened", "sub_1", Optional.empty());
            case 2 -> new DrillRun(at, id("run", index), "d", Optional.of(some), "a", "b", false);
            case 3 -> new Erase(at, Optional.of("sub_none"), Optional.empty(), "request");
            case 4 -> new KeyChange(at, "log", "key" + index, "created", Optional.empty());
            case 5 ->
                    new PolicyChange(
                            at,
                            "activated",
                            Optional.empty(),
                            DIGEST,
                            "equal",
                            List.of("k"),
                            Optional.empty(),
                            Optional.empty());
            case 6 -> new Review(at, id("case", index), some, "rev_1", "confirm", "code", false);
            case 7 -> new StageSeen(at, "p", "collect", List.of("a"), Optional.of(some));
            case 8 ->
                    index % 2 == 0
                            ? new Unknown(at, "LATER", 3, "{}")
                            : new AccessChange(
                                    at,
                                    id("acc", index),
                                    AccessChange.Action.CREATED,
                                    new AccessChange.Held.Project(
                                            "p" + index, Optional.empty(), Limits.NONE),
                                    "ada",
                                    Optional.empty());
            case 9 ->
                    new RouteAround(
                            at,
                            id("case", index),
                            some,
                            some,
                            5,
                            "exact",
                            Duration.ZERO,
                            "a",
                            "b",
                            "noted",
                            Optional.empty(),
                            List.of());
            case 10, 11, 12, 13 -> {
                open.add(attempt);
                yield new Attempt(
                        at,
                        attempt,
                        "sub_" + gen.between(1, 9),
                        "sub_" + gen.between(1, 9),
                        maybe(gen, "project"),
                        maybe(gen, "purpose"),
                        "openai.chat",
                        "model",
                        "hosted",
                        maybe(gen, "digest"),
                        maybe(gen, DIGEST),
                        maybe(gen, "conversation"),
                        kept(gen));
            }
            default -> {
                if (open.isEmpty()) {
                    yield new Stop(at, "demur");
                }
                open.remove(some);
                yield new Outcome(
                        at,
                        some,
                        gen.oneOf(List.of(Outcome.Result.values())),
                        maybe(gen, "refuse"),
                        gen.oneIn(2) ? Optional.empty() : Optional.of(Refusal.Origin.MODEL),
                        gen.oneIn(2) ? Optional.empty() : Optional.of(Hazard.PRIVACY),
                        maybe(gen, "reason"),
                        gen.oneIn(2) ? List.of() : List.of("a", "b"),
                        List.of("judge"),
                        gen.oneIn(2) ? OptionalInt.empty() : OptionalInt.of(gen.between(0, 9)),
                        gen.oneIn(2) ? Optional.empty() : Optional.of(kept(gen)),
                        gen.between(0, 99),
                        OptionalLong.of(3),
                        OptionalLong.empty(),
                        Duration.ofMillis(gen.between(9, 9_999)),
                        gen.oneIn(2)
                                ? Optional.empty()
                                : Optional.of(Duration.ofMillis(gen.between(0, 9))),
                        Optional.empty(),
                        false,
                        List.of());
            }
        };
    }

    private static Optional<String> maybe(Gen gen, String value) {
        return gen.oneIn(2) ? Optional.empty() : Optional.of(value);
    }

    private static Kept kept(Gen gen) {
        Commitment commitment = new Commitment("%064x".formatted(gen.between(0, 1 << 30)));
        return gen.oneIn(2)
                ? new Kept(Kept.Mode.FULL, gen.between(0, 99), commitment, Optional.empty())
                : new Kept(
                        Kept.Mode.REDACTED,
                        gen.between(0, 99),
                        commitment,
                        Optional.of(commitment));
    }
}

package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.RouteAround;
import io.demur.record.json.Json;
import io.demur.store.Incidents.Found;
import io.demur.store.Incidents.Telling;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What holds of prints and incidents whatever database they are in. */
abstract class RequestPrintsContract {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<State> ALL = EnumSet.allOf(State.class);

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    RequestPrintsContract(Database database) {
        this.database = database;
    }

    private static RequestPrints of(Bench bench, String writer) {
        return new RequestPrints(
                bench.store, bench.subjects, new SecureRandom(), () -> bench.now, writer);
    }

    private static Incidents incidents(Bench bench) {
        return new Incidents(bench.store, () -> bench.now);
    }

    private static byte[] what(int attempt) {
        byte[] what = new byte[64];
        for (int i = 0; i < what.length; i++) {
            what[i] = (byte) (attempt * 31 + i * 7);
        }
        return what;
    }

    private static RequestPrint print(
            Bench bench, int attempt, String subject, boolean refused, boolean compared) {
        return new RequestPrint(
                att(attempt),
                subject,
                refused,
                compared,
                what(attempt),
                bench.now,
                bench.now.plus(Duration.ofDays(7)));
    }

    private static Found found(Bench bench, int later, int refused, boolean asked) {
        return new Found(att(later), att(refused), bench.now, Bench.id("case", later), HOUR, asked);
    }

    private static Telling telling(Bench bench, String id, String subject, int later) {
        TreeMap<String, Json> about = new TreeMap<>();
        about.put("count", new Json.Whole(1));
        about.put("later", new Json.Arr(List.of(new Json.Str(att(later)))));
        return new Telling(
                ReviewCase.opened(
                        id,
                        Kind.INCIDENT,
                        Optional.of(att(later)),
                        Optional.of(subject),
                        Optional.empty(),
                        Optional.of("privacy"),
                        Optional.of("m"),
                        Optional.of("local"),
                        new Json.Obj(about),
                        bench.now,
                        bench.now.plus(Duration.ofDays(7))),
                new RouteAround(
                        bench.now,
                        id,
                        att(later),
                        att(1),
                        1_000_000,
                        "exact",
                        Duration.ofSeconds(30),
                        "hosted",
                        "local",
                        "annotate"));
    }

    private static Optional<String> open(
            Bench bench, String subject, int later, int refused, boolean asked) throws StoreFailed {
        return incidents(bench)
                .open(
                        found(bench, later, refused, asked),
                        id -> telling(bench, id, subject, later));
    }

    private static List<RequestPrint> refused(RequestPrints prints) throws StoreFailed {
        List<RequestPrint> refused = new ArrayList<>();
        prints.refused(refused::add);
        return refused;
    }

    private static List<String> elsewhere(RequestPrints prints, Instant from) throws StoreFailed {
        List<RequestPrint> elsewhere = new ArrayList<>();
        prints.elsewhere(from, elsewhere::add);
        return attempts(elsewhere);
    }

    private static List<String> attempts(List<RequestPrint> prints) {
        return prints.stream().map(RequestPrint::attempt).toList();
    }

    @Test
    void whatWasWrittenIsThereForWhoeverStartsLater() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        try (Bench bench = new Bench(settings, epoch)) {
            String ada = bench.subjects.pseudonym("ada");
            assertTrue(of(bench, "a").keep(print(bench, 1, ada, true, true)));
            bench.later(Duration.ofSeconds(1));
            assertTrue(of(bench, "a").keep(print(bench, 2, ada, false, false)));
        }
        try (Bench bench = new Bench(settings, epoch)) {
            RequestPrints prints = of(bench, "b");
            assertEquals(List.of(att(1)), attempts(refused(prints)));
            assertArrayEquals(what(1), refused(prints).get(0).what());
            Instant soon = bench.now.plusSeconds(5);
            assertEquals(List.of(att(2)), attempts(prints.uncompared(soon, 9)));
            assertEquals(List.of(), prints.uncompared(bench.now.minusSeconds(60), 9));
            prints.compared(att(2));
            assertEquals(List.of(), prints.uncompared(soon, 9));
            String ada = bench.subjects.pseudonym("ada");
            assertTrue(of(bench, "a").keep(print(bench, 2, ada, false, false)));
            assertEquals(List.of(), prints.uncompared(soon, 9), "compared once is compared");
        }
    }

    @Test
    void oneGatewayTakesInWhatAnotherWrote() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            RequestPrints one = of(bench, "one");
            RequestPrints other = of(bench, "other");
            Instant before = bench.now;
            one.keep(print(bench, 1, ada, true, true));
            other.keep(print(bench, 2, ada, true, true));
            one.keep(print(bench, 3, ada, false, true));
            assertEquals(List.of(att(2)), elsewhere(one, before));
            assertEquals(List.of(att(1)), elsewhere(other, before));
            assertEquals(List.of(), elsewhere(other, before.plusSeconds(1)));
        }
    }

    @Test
    void theyGoWhenTheirTimeIsOverAndWithTheSubjectAndTheCaseStays() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            prints.keep(print(bench, 1, ada, true, true));
            prints.keep(print(bench, 2, ada, false, false));
            prints.keep(print(bench, 3, bob, true, true));
            String id = open(bench, ada, 2, 1, true).orElseThrow();
            assertEquals(Set.of(ada, bob), prints.subjects());
            bench.erasure.subjects(List.of(ada), "request");
            assertEquals(Set.of(bob), prints.subjects());
            assertEquals(List.of(att(3)), attempts(refused(prints)));
            assertFalse(prints.keep(print(bench, 4, ada, true, true)));
            assertEquals(Optional.empty(), open(bench, ada, 4, 1, true));
            assertTrue(incidents(bench).find(id).isPresent());
            bench.later(Duration.ofDays(8));
            bench.erasure.sweep();
            assertEquals(Set.of(), prints.subjects());
        }
    }

    @Test
    void ofOneSubjectOnlySoManyAreKept() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints =
                    new RequestPrints(
                            bench.store,
                            bench.subjects,
                            new SecureRandom(),
                            () -> bench.now,
                            "a",
                            new RequestPrints.Room(5, 5, 2, 2));
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            prints.keep(print(bench, 9_999, bob, true, true));
            for (int i = 0; i < 8; i++) {
                bench.later(Duration.ofMillis(1));
                prints.keep(print(bench, i, ada, true, true));
            }
            List<RequestPrint> kept = refused(prints);
            assertEquals(6, kept.size());
            assertEquals(att(9_999), kept.get(5).attempt());
            assertEquals(att(3), kept.get(0).attempt(), "the oldest of one's own make room");
            assertEquals(
                    List.of(att(3), att(4)), attempts(prints.before(ada, kept.get(2).at(), 2)));
        }
    }

    @Test
    void whatIsReadAtTheStartIsReadPageAfterPage() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints =
                    new RequestPrints(
                            bench.store,
                            bench.subjects,
                            new SecureRandom(),
                            () -> bench.now,
                            "a",
                            new RequestPrints.Room(9, 9, 9, 2));
            String ada = bench.subjects.pseudonym("ada");
            for (int i = 1; i <= 5; i++) {
                prints.keep(print(bench, i, ada, true, true));
            }
            assertEquals(
                    List.of(att(1), att(2), att(3), att(4), att(5)), attempts(refused(prints)));
            List<RequestPrint> taken = new ArrayList<>();
            prints.refused(
                    print -> {
                        taken.add(print);
                        bench.later(Duration.ofDays(8)); // and so the next page has none
                    });
            assertEquals(List.of(att(1), att(2)), attempts(taken));
        }
    }

    @Test
    void whoSendsMuchThatIsHarmlessWashesNothingAwayThatWasRefused() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints =
                    new RequestPrints(
                            bench.store,
                            bench.subjects,
                            new SecureRandom(),
                            () -> bench.now,
                            "a",
                            new RequestPrints.Room(2, 4, 3, 500));
            String ada = bench.subjects.pseudonym("ada");
            prints.keep(print(bench, 1, ada, true, true));
            bench.later(Duration.ofMillis(1));
            prints.keep(print(bench, 2, ada, false, false));
            for (int i = 3; i < 20; i++) {
                bench.later(Duration.ofMillis(1));
                prints.keep(print(bench, i, ada, false, true));
            }
            bench.later(Duration.ofMillis(1));
            assertEquals(List.of(att(1)), attempts(refused(prints)));
            assertEquals(
                    List.of(att(1), att(2), att(17), att(18), att(19)),
                    attempts(prints.before(ada, bench.now, 99)));
        }
    }

    @Test
    void whatComesAgainWithinAnHourIsOneCase() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            prints.keep(print(bench, 1, ada, true, true));
            for (int later : new int[] {2, 3}) {
                bench.later(Duration.ofMinutes(10));
                prints.keep(print(bench, later, ada, later == 3, false));
            }
            String id = open(bench, ada, 2, 1, true).orElseThrow();
            assertEquals(Optional.empty(), open(bench, ada, 2, 1, true), "once, and no more");
            assertEquals(Optional.of(id), open(bench, ada, 3, 1, true));
            assertEquals(Bench.id("case", 2), id);
            bench.later(Duration.ofMinutes(10));
            prints.keep(print(bench, 4, ada, false, false));
            assertEquals(Optional.of(id), open(bench, ada, 4, 3, true), "refused again on the way");
            ReviewCase one = incidents(bench).find(id).orElseThrow();
            assertEquals(new Json.Whole(3), one.about().fields().get("count"));
            assertEquals(1, one.version());

            bench.later(Duration.ofHours(2));
            prints.keep(print(bench, 5, ada, false, false));
            assertEquals(Optional.of(Bench.id("case", 5)), open(bench, ada, 5, 1, true));

            assertEquals(
                    List.of(Bench.id("case", 5), id),
                    incidents(bench).all(Optional.empty(), Optional.empty(), ALL, 9).stream()
                            .map(ReviewCase::id)
                            .toList(),
                    "the newest first");

            List<RouteAround> told = new ArrayList<>();
            int written =
                    new Cases(bench.store, () -> bench.now)
                            .publish(entry -> told.add((RouteAround) entry));
            assertEquals(4, written);
            assertEquals(
                    List.of(att(2), att(3), att(4), att(5)),
                    told.stream().map(RouteAround::attempt).sorted().toList());
            assertEquals(3, told.stream().filter(it -> it.id().equals(id)).count());
        }
    }

    @Test
    void whatOthersOfTheProjectSendComesUnderCasesOfTheirOwn() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            prints.keep(print(bench, 1, ada, true, true));
            prints.keep(print(bench, 2, ada, false, false));
            String adas = open(bench, ada, 2, 1, true).orElseThrow();
            for (int i = 3; i < 5; i++) {
                bench.later(Duration.ofMinutes(1));
                prints.keep(print(bench, i, bob, false, false));
                assertEquals(Bench.id("case", 3), open(bench, bob, i, 1, true).orElseThrow());
            }
            prints.keep(print(bench, 5, ada, false, false));
            assertEquals(adas, open(bench, ada, 5, 1, true).orElseThrow());
            Optional<Instant> always = Optional.empty();
            for (String each : List.of(ada, bob)) {
                List<ReviewCase> theirs = incidents(bench).all(Optional.of(each), always, ALL, 9);
                assertEquals(1, theirs.size());
                Json later = theirs.get(0).about().fields().get("later");
                assertEquals(each.equals(bob), String.valueOf(later).contains(att(3)));
                assertEquals(each.equals(ada), String.valueOf(later).contains(att(2)));
            }
        }
    }

    /** A case of which a person has said something. */
    private static void decided(Bench bench, ReviewCase opened, String decision) throws Exception {
        bench.store.<Boolean>change(
                db -> {
                    CaseRows.insert(db, opened);
                    CaseRows.say(
                            db,
                            opened.id(),
                            0,
                            new ReviewCase.Said(
                                    "anna",
                                    decision,
                                    "looked at",
                                    Optional.empty(),
                                    Optional.empty(),
                                    bench.now));
                    return db.update(Tables.REVIEW_CASE)
                                    .set(Tables.STATE, State.DECIDED.name())
                                    .where(Tables.ID.eq(opened.id()))
                                    .execute()
                            > 0;
                });
    }

    private static ReviewCase about(Bench bench, Kind kind, int attempt, String refused) {
        TreeMap<String, Json> about = new TreeMap<>();
        about.put("refused", new Json.Str(refused));
        return ReviewCase.opened(
                Bench.id("case", attempt),
                kind,
                Optional.of(att(attempt)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Json.Obj(about),
                bench.now,
                bench.now);
    }

    @Test
    void aRefusalIsOverturnedByWhoLookedAtItAndByNobodyElse() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            int next = 100;
            for (Kind kind : Kind.values()) {
                for (String decision : List.of("overturn", "release", "confirm")) {
                    decided(bench, about(bench, kind, next, att(next + 50)), decision);
                    String said = kind + " " + decision;
                    boolean itself = Set.of("APPEAL overturn", "HOLD release").contains(said);
                    assertEquals(itself, overturned(bench, att(next)), said);
                    assertEquals(
                            said.equals("APPEAL overturn"),
                            incidents(bench)
                                    .overturned(att(9_998), List.of(att(next)), bench.now),
                            said + " of the same");
                    assertEquals(
                            said.equals("INCIDENT overturn"),
                            overturned(bench, att(next + 50)),
                            said);
                    next++;
                }
            }
            assertTrue(next < 150);
        }
    }

    private static boolean overturned(Bench bench, String attempt) throws StoreFailed {
        return incidents(bench).overturned(attempt, List.of(), bench.now);
    }

    @Test
    void whatComesAgainWithinTheHourComesUnderTheCaseThatWasDecidedMeanwhile() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            prints.keep(print(bench, 1, ada, true, true));
            prints.keep(print(bench, 2, ada, false, false));
            String id = open(bench, ada, 2, 1, true).orElseThrow();
            decided(bench, incidents(bench).find(id).orElseThrow(), "confirm");
            bench.later(Duration.ofMinutes(10));
            prints.keep(print(bench, 3, ada, false, false));
            assertEquals(Optional.of(id), open(bench, ada, 3, 1, true));
            assertEquals(State.DECIDED, incidents(bench).find(id).orElseThrow().state());
            bench.later(Duration.ofHours(1));
            prints.keep(print(bench, 4, ada, false, false));
            assertEquals(Optional.of(Bench.id("case", 4)), open(bench, ada, 4, 1, true));
        }
    }

    @Test
    void whatIsReservedBeforeTheReplyIsOpenedAfterwards() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            prints.keep(print(bench, 1, ada, true, true));
            String first = Bench.id("case", 2);
            assertEquals(
                    Optional.of(first),
                    prints.reserve(print(bench, 2, ada, false, false), att(1), first, HOUR));
            assertEquals(
                    Optional.of(first),
                    prints.reserve(
                            print(bench, 3, ada, false, false), att(1), Bench.id("case", 3), HOUR),
                    "at the same time");
            assertEquals(Optional.empty(), incidents(bench).find(first));
            assertEquals(Optional.of(first), open(bench, ada, 3, 1, true));
            assertEquals(Optional.of(first), open(bench, ada, 2, 1, true));
            assertEquals(
                    1, incidents(bench).all(Optional.empty(), Optional.empty(), ALL, 9).size());
        }
    }

    @Test
    void whatNobodyIsAskedOfIsNoWorkForAnybody() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            prints.keep(print(bench, 1, ada, true, true));
            prints.keep(print(bench, 2, ada, false, false));
            String id = open(bench, ada, 2, 1, false).orElseThrow();
            Incidents incidents = incidents(bench);
            assertEquals(State.WITHDRAWN, incidents.find(id).orElseThrow().state());
            Optional<Instant> always = Optional.empty();
            EnumSet<State> open = EnumSet.of(State.OPEN);
            assertEquals(List.of(), incidents.all(Optional.empty(), always, open, 9));
            assertEquals(1, incidents.all(Optional.of(ada), always, ALL, 9).size());
            assertEquals(0, incidents.all(Optional.of(bob), always, ALL, 9).size());
            Optional<Instant> later = Optional.of(bench.now.plusSeconds(1));
            assertEquals(0, incidents.all(Optional.of(ada), later, ALL, 9).size());
        }
    }

    @Test
    void nothingOfThemCanBeReadWithoutTheSubjectsKey() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            of(bench, "a").keep(print(bench, 1, ada, true, true));
            Traces secret = new Traces();
            secret.add("a print", what(1));
            byte[] kept =
                    bench.store.<byte[]>read(
                            db ->
                                    db.select(Tables.SEALED)
                                            .from(Tables.REQUEST_PRINT)
                                            .fetchSingle(Tables.SEALED));
            Path row = Files.createDirectory(folder.resolve("row"));
            Files.write(row.resolve("sealed"), kept);
            assertEquals(Set.of(), secret.in(row));
        }
    }
}

package io.demur.store;

import static io.demur.store.Bench.att;
import static io.demur.store.Printed.ALL;
import static io.demur.store.Printed.HOUR;
import static io.demur.store.Printed.incidents;
import static io.demur.store.Printed.open;
import static io.demur.store.Printed.print;
import static io.demur.store.Printed.refused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.RouteAround;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What holds of incidents whatever database they are in. */
abstract class IncidentsContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    IncidentsContract(Database database) {
        this.database = database;
    }

    @Test
    void whatComesAgainWithinAnHourIsOneCase() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, "a");
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
            RequestPrints prints = Printed.of(bench, "a");
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
                    boolean unused = CaseRows.insert(db, opened); // or it is there
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
                            incidents(bench).overturned(att(9_998), List.of(att(next)), bench.now),
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
            RequestPrints prints = Printed.of(bench, "a");
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
            RequestPrints prints = Printed.of(bench, "a");
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
            RequestPrints prints = Printed.of(bench, "a");
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
}

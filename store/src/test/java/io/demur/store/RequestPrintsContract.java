package io.demur.store;

import static io.demur.store.Bench.att;
import static io.demur.store.Printed.attempts;
import static io.demur.store.Printed.carried;
import static io.demur.store.Printed.elsewhere;
import static io.demur.store.Printed.incidents;
import static io.demur.store.Printed.open;
import static io.demur.store.Printed.print;
import static io.demur.store.Printed.refused;
import static io.demur.store.Printed.what;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Kept;
import io.demur.store.RequestPrint.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of prints whatever database they are in. */
abstract class RequestPrintsContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    RequestPrintsContract(Database database) {
        this.database = database;
    }

    @Test
    void whatWasWrittenIsThereForWhoeverStartsLater() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        try (Bench bench = new Bench(settings, epoch)) {
            String ada = bench.subjects.pseudonym("ada");
            assertTrue(Printed.of(bench, "a").keep(print(bench, 1, ada, true, true)));
            bench.later(Duration.ofSeconds(1));
            assertTrue(Printed.of(bench, "a").keep(print(bench, 2, ada, false, false)));
        }
        try (Bench bench = new Bench(settings, epoch)) {
            RequestPrints prints = Printed.of(bench, "b");
            assertEquals(List.of(att(1)), attempts(refused(prints)));
            assertArrayEquals(what(1), refused(prints).get(0).what());
            Instant soon = bench.now.plusSeconds(5);
            assertEquals(List.of(att(2)), attempts(prints.uncompared(soon, 9)));
            assertEquals(List.of(), prints.uncompared(bench.now.minusSeconds(60), 9));
            prints.compared(List.of(att(2)));
            assertEquals(List.of(), prints.uncompared(soon, 9));
            String ada = bench.subjects.pseudonym("ada");
            assertTrue(Printed.of(bench, "a").keep(print(bench, 2, ada, false, false)));
            assertEquals(List.of(), prints.uncompared(soon, 9), "compared once is compared");
        }
    }

    @Test
    void aPrintAndAReplyAreKeptTogetherOrNeitherIs() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            String eve = bench.subjects.pseudonym("eve");
            RequestPrints prints = Printed.of(bench, "a");
            assertTrue(prints.keep(print(bench, 1, ada, true, true), reply(bench, 1, ada)));
            assertEquals("said", bench.read(att(1), "reply"));
            assertTrue(prints.find(att(1)).isPresent());
            Bodies.Ready taken = reply(bench, 1, eve);
            assertThrows(
                    StoreRefused.class, () -> prints.keep(print(bench, 2, eve, true, true), taken));
            assertTrue(prints.find(att(2)).isEmpty());
            Bodies.Ready late = reply(bench, 3, ada);
            bench.erasure.subjects(List.of(ada), "request");
            assertThrows(
                    StoreRefused.class, () -> prints.keep(print(bench, 3, ada, true, true), late));
            assertTrue(prints.find(att(3)).isEmpty());
            assertEquals("nothing", bench.read(att(3), "reply"));
        }
    }

    private static Bodies.Ready reply(Bench bench, int nr, String subject) throws Exception {
        return bench.bodies.ready(
                att(nr),
                "reply",
                subject,
                Kept.Mode.FULL,
                "said".getBytes(StandardCharsets.UTF_8),
                Bodies.RETENTION);
    }

    @Test
    void oneGatewayTakesInWhatAnotherWrote() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            RequestPrints one = Printed.of(bench, "one");
            RequestPrints other = Printed.of(bench, "other");
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
            RequestPrints prints = Printed.of(bench, "a");
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
    void whatOneSubjectSentAroundARefusalIsFoundByIt() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            prints.keep(print(bench, 1, ada, true, true));
            prints.keep(print(bench, 2, ada, false, false));
            prints.keep(print(bench, 3, ada, false, false));
            var unused = open(bench, ada, 2, 1, true).orElseThrow();
            assertEquals(Optional.of(att(1)), prints.find(att(2)).orElseThrow().around());
            prints.keep(print(bench, 2, ada, false, true));
            assertEquals(Optional.of(att(1)), prints.find(att(2)).orElseThrow().around(), "stays");
            assertEquals(Optional.empty(), prints.find(att(3)).orElseThrow().around());
        }
    }

    @Test
    void whoAsksAgainAndAgainMakesNothingForgottenThatWasRefused() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, new PrintRoom(2, 3, 2, 2, 500));
            String ada = bench.subjects.pseudonym("ada");
            prints.keep(print(bench, 1, ada, true, true));
            for (int i = 2; i < 12; i++) {
                bench.later(Duration.ofMillis(1));
                Kind kind = i % 2 == 0 ? Kind.CARRIED : Kind.REPEATED;
                prints.keep(carried(bench, i, ada, 1, kind));
            }
            bench.later(Duration.ofMillis(1));
            assertEquals(List.of(att(1)), attempts(refused(prints)));
            assertEquals(List.of(att(1), att(10)), attempts(prints.before(ada, bench.now, 99)));
            for (int i = 12; i < 20; i++) {
                bench.later(Duration.ofMillis(1));
                prints.keep(print(bench, i, ada, false, true));
            }
            RequestPrint repeated = prints.find(att(11)).orElseThrow();
            assertEquals(Kind.REPEATED, repeated.kind());
            assertEquals(Optional.of(att(1)), repeated.around());
            assertEquals(Optional.empty(), prints.find(att(8)));
        }
    }

    @Test
    void ofOneSubjectOnlySoManyAreKept() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, new PrintRoom(5, 5, 5, 2, 2));
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
            RequestPrints prints = Printed.of(bench, new PrintRoom(9, 9, 9, 9, 2));
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
            RequestPrints prints = Printed.of(bench, new PrintRoom(2, 2, 4, 3, 500));
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
    void nothingOfThemCanBeReadWithoutTheSubjectsKey() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            Printed.of(bench, "a").keep(print(bench, 1, ada, true, true));
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

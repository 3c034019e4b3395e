package io.demur.store;

import static io.demur.store.AccessContract.ADA;
import static io.demur.store.AccessContract.book;
import static io.demur.store.AccessContract.key;
import static io.demur.store.AccessContract.principal;
import static io.demur.store.AccessContract.publish;
import static io.demur.store.AccessContract.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Authentication;
import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Scope;
import io.demur.store.HeldRequest.State;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tables that are put back from an older copy give nobody back what the log says was taken. */
abstract class RestoredContract {

    private static final List<Table<Record>> COPIED =
            List.of(
                    Tables.PRINCIPAL_TABLE,
                    Tables.PROJECT_TABLE,
                    Tables.ACCESS_KEY,
                    Tables.ACCESS_PENDING,
                    Tables.ACCESS_CHANGE,
                    Tables.HELD_REQUEST,
                    Tables.PENDING_ENTRY,
                    Tables.ENTRY,
                    Tables.PROJECTION);

    private static final HeldRequests.By ANNA = new HeldRequests.By("anna", "looked-at");

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    RestoredContract(Database database) {
        this.database = database;
    }

    /** What the tables hold, to be put back. */
    private static List<Result<Record>> copy(Bench bench) throws Exception {
        return bench.store.read(
                db -> COPIED.stream().map(table -> db.selectFrom(table).fetch()).toList());
    }

    private static void putBack(Bench bench, List<Result<Record>> copy) throws Exception {
        int rows =
                bench.store.change(
                        db -> {
                            COPIED.forEach(table -> db.deleteFrom(table).execute());
                            for (int i = 0; i < COPIED.size(); i++) {
                                insert(db, COPIED.get(i), copy.get(i));
                            }
                            return COPIED.size();
                        });
        assertEquals(COPIED.size(), rows);
    }

    private static void insert(DSLContext db, Table<Record> table, Result<Record> rows) {
        for (Record row : rows) {
            db.insertInto(table).set(row.intoMap()).execute();
        }
    }

    private static void follow(Bench bench) throws Exception {
        MemoryLog log = MemoryLog.of(bench.log);
        new Projection(bench.store, "o", log::decode, () -> bench.now)
                .catchUp(log.reader(), log.size());
    }

    private static Authentication asked(Bench bench, AccessBook book, KeyText key)
            throws Exception {
        return book.roster().authenticate(key.text(), bench.now);
    }

    @Test
    void aStoreThatIsPutBackRevivesNoKeyThatWasRevokedReplacedOrRemoved() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            String bob = principal(bench, book, "bob");
            book.addProject("audit", Optional.of("fairness-audit"), Limits.NONE, ADA);
            publish(bench, book);
            KeyText revoked = key(bench, book, ada);
            KeyText replaced = key(bench, book, ada);
            KeyText removed = key(bench, book, bob);
            KeyText good = key(bench, book, ada);
            follow(bench);
            List<Result<Record>> copy = copy(bench);

            bench.later(Duration.ofHours(1));
            book.revokeKey(revoked.id(), ADA);
            book.rotateKey(replaced.id(), Duration.ZERO, ADA);
            book.removePrincipal(bob, ADA);
            book.removeProject("audit", ADA);
            publish(bench, book);
            follow(bench);
            putBack(bench, copy);
            assertInstanceOf(Known.class, asked(bench, book, revoked));

            follow(bench);
            rejected(Why.REVOKED, asked(bench, book, revoked));
            rejected(Why.EXPIRED, asked(bench, book, replaced));
            rejected(Why.REVOKED, asked(bench, book, removed));
            assertInstanceOf(Known.class, asked(bench, book, good));
            assertEquals(List.of(), book.projects());
            assertEquals(
                    1, book.roster().without(ada, Optional.empty(), Scope.ASKING).stream().count());
            assertTrue(book.roster().without(bob, Optional.empty(), Scope.ASKING).isEmpty());
        }
    }

    @Test
    void rowsThatWerePutBackAloneAreHeldAgainstTheLogAtTheStart() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            KeyText key = key(bench, book, principal(bench, book, "ada"));
            book.revokeKey(key.id(), ADA);
            publish(bench, book);
            follow(bench);
            bench.store.change(
                    db -> db.update(Tables.ACCESS_KEY).setNull(Tables.REVOKED).execute());
            assertInstanceOf(Known.class, asked(bench, book, key));
            long before = book.version();
            new AccessHistory(bench.store).takeAway();
            rejected(Why.REVOKED, asked(bench, book, key));
            assertTrue(book.version() > before);
            long after = book.version();
            new AccessHistory(bench.store).takeAway();
            assertEquals(after, book.version());
        }
    }

    @Test
    void whoCannotWaitForTheTablesTakesAwayWhatTheRestOfTheLogTells() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            String bob = principal(bench, book, "bob");
            KeyText key = key(bench, book, ada);
            KeyText erased = key(bench, book, bob);
            KeyText good = key(bench, book, ada);
            follow(bench);
            List<Result<Record>> copy = copy(bench);
            book.revokeKey(key.id(), ADA);
            publish(bench, book);
            bench.erasure.subjects(List.of(bob), "request");
            putBack(bench, copy);
            assertInstanceOf(Known.class, asked(bench, book, erased));
            MemoryLog log = MemoryLog.of(bench.log);
            Projection projection = new Projection(bench.store, "o", log::decode, () -> bench.now);
            projection.takeAway(log.reader(), log.size(), bytes -> true);
            rejected(Why.REVOKED, asked(bench, book, key));
            rejected(Why.UNKNOWN, asked(bench, book, erased));
            assertInstanceOf(Known.class, asked(bench, book, good));
            assertEquals(2, projection.catchUp(log.reader(), log.size()));
        }
    }

    @Test
    void aKeyThatWaitedInTheCopyAndWasRevokedSinceDoesNotComeToBe() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            KeyText key =
                    book.createKey(ada, Optional.empty(), Scope.ASKING, Optional.empty(), ADA);
            List<Result<Record>> copy = copy(bench);
            publish(bench, book);
            bench.later(Duration.ofHours(1));
            book.revokeKey(key.id(), ADA);
            publish(bench, book);
            putBack(bench, copy);

            follow(bench);
            assertEquals(0, book.publish(bench.log::add));
            rejected(Why.REVOKED, asked(bench, book, key));
        }
    }

    @Test
    void aPrincipalThatCameBackStaysWhereTheTablesAreAheadOfTheProjection() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            bench.later(Duration.ofSeconds(1));
            book.removePrincipal(ada, ADA);
            publish(bench, book);
            int published = bench.log.size();
            bench.later(Duration.ofSeconds(1));
            assertEquals(ada, principal(bench, book, "ada"));
            KeyText key = key(bench, book, ada);

            MemoryLog log = MemoryLog.of(bench.log.subList(0, published));
            new Projection(bench.store, "o", log::decode, () -> bench.now)
                    .catchUp(log.reader(), log.size());
            assertInstanceOf(Known.class, asked(bench, book, key));
            AccessHistory history = new AccessHistory(bench.store);
            follow(bench);
            history.takeAway();
            assertInstanceOf(Known.class, asked(bench, book, key));
            assertEquals(List.of(), history.differences(book, bench.now));
        }
    }

    @Test
    void whatAPersonRefusedStaysRefusedWhereTheStoreStillHasItsRelease() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            HeldRequests held = held(bench);
            held.release(Bench.att(1), ANNA, Duration.ofHours(1));
            assertEquals(1, held.publish(bench.log::add));
            List<Result<Record>> copy = copy(bench);
            held.refuse(Bench.att(1), ANNA);
            assertEquals(1, held.publish(bench.log::add));
            putBack(bench, copy);
            assertEquals(State.RELEASED, held.find(Bench.att(1)).orElseThrow().state());
            MemoryLog log = MemoryLog.of(bench.log);
            new Projection(bench.store, "o", log::decode, () -> bench.now)
                    .takeAway(log.reader(), log.size(), bytes -> true);
            assertEquals(State.REFUSED, held.find(Bench.att(1)).orElseThrow().state());
            assertFalse(held.use(Bench.att(1), Bench.att(2)));
        }
    }

    @Test
    void aDecisionThatWasWrittenBeforeACrashIsNotWrittenAgain() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            HeldRequests held = held(bench);
            held.release(Bench.att(1), ANNA, Duration.ofHours(1));
            List<Result<Record>> waiting = copy(bench);
            assertEquals(1, held.publish(bench.log::add));
            putBack(bench, waiting);
            assertEquals(1, held.pending());
            follow(bench);
            assertEquals(0, held.publish(bench.log::add));
            assertEquals(1, bench.log.size());
            assertEquals(State.RELEASED, held.find(Bench.att(1)).orElseThrow().state());
        }
    }

    /** One request waits. */
    private static HeldRequests held(Bench bench) throws StoreFailed {
        HeldRequests held = new HeldRequests(bench.store, () -> bench.now);
        assertTrue(
                held.open(
                        new HeldRequest(
                                Bench.att(1),
                                bench.subjects.pseudonym("ada"),
                                Optional.empty(),
                                "m",
                                "openai.chat",
                                "d",
                                List.of("a-rule"),
                                Optional.empty(),
                                bench.now,
                                bench.now.plus(Duration.ofDays(1)),
                                State.WAITING,
                                Optional.empty(),
                                Optional.empty())));
        return held;
    }
}

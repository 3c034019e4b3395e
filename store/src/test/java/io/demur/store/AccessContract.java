package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Authentication;
import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.Caller;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.AccessChange.Held;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.store.AccessBook.By;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What holds of the book of who may ask, whatever database it is in. */
abstract class AccessContract {

    static final By ADA = By.of("ada");

    private static final EntryWriter BROKEN =
            entry -> {
                throw new IOException("the log is full");
            };

    final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    AccessContract(Database database) {
        this.database = database;
    }

    static AccessBook book(Bench bench) {
        return new AccessBook(bench.store, bench.subjects, new SecureRandom(), () -> bench.now);
    }

    static void publish(Bench bench, AccessBook book) throws Exception {
        assertTrue(book.publish(bench.log::add) > 0);
    }

    static String principal(Bench bench, AccessBook book, String name) throws Exception {
        String id = book.addPrincipal(name, "other", Limits.NONE, ADA);
        publish(bench, book);
        return id;
    }

    static KeyText key(Bench bench, AccessBook book, String principal) throws Exception {
        KeyText key = waiting(book, principal);
        publish(bench, book);
        return key;
    }

    /** A key that the log does not have yet. */
    static KeyText waiting(AccessBook book, String principal) throws Exception {
        return book.createKey(principal, Optional.empty(), Scope.ASKING, Optional.empty(), ADA);
    }

    private static Caller known(Bench bench, AccessBook book, KeyText key) throws Exception {
        return assertInstanceOf(Known.class, asked(bench, book, key)).caller();
    }

    private static Authentication asked(Bench bench, AccessBook book, KeyText key)
            throws Exception {
        return book.roster().authenticate(key.text(), bench.now);
    }

    static void rejected(Why why, Authentication found) {
        assertEquals(why, assertInstanceOf(Rejected.class, found).why());
    }

    @Test
    void aKeyHoldsOnceTheLogHasIt() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada@example.org");
            KeyText key = waiting(book, ada);
            rejected(Why.UNKNOWN, asked(bench, book, key));
            assertThrows(IOException.class, () -> book.publish(BROKEN));
            rejected(Why.UNKNOWN, asked(bench, book, key));
            assertEquals(1, book.pending());
            publish(bench, book);
            assertEquals(ada, known(bench, book, key).principal());
            assertEquals(Optional.of(key.id()), known(bench, book, key).key());
            assertEquals(0, book.pending());
        }
    }

    @Test
    void aRevocationHoldsAtOnceLogOrNoLog() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            KeyText key = key(bench, book, principal(bench, book, "ada"));
            long before = book.version();
            book.revokeKey(key.id(), new By("bob", Optional.of("stolen")));
            rejected(Why.REVOKED, asked(bench, book, key));
            assertTrue(book.version() > before);
            assertThrows(IOException.class, () -> book.publish(BROKEN));
            rejected(Why.REVOKED, asked(bench, book, key));
            publish(bench, book);
            AccessChange last = assertInstanceOf(AccessChange.class, bench.log.getLast());
            assertEquals(AccessChange.Action.REVOKED, last.action());
            assertEquals(Optional.of("stolen"), last.reason());
            rejected(Why.REVOKED, asked(bench, book, key));
        }
    }

    @Test
    void aKeyThatIsRevokedBeforeTheLogHasItNeverComesToBe() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            KeyText key = waiting(book, ada);
            book.revokeKey(key.id(), ADA);
            assertEquals(0, book.publish(bench.log::add));
            rejected(Why.UNKNOWN, asked(bench, book, key));
            assertThrows(StoreRefused.class, () -> book.revokeKey(key.id(), ADA));
        }
    }

    @Test
    void neitherTheKeyNorItsHashNorTheNameIsInTheLogAndTheKeyIsNowhere() throws Exception {
        Path files = folder;
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            KeyText key = key(bench, book, principal(bench, book, "ada@example.org"));
            key(bench, book, book.find("ada@example.org").orElseThrow());
            for (Entry entry : bench.log) {
                String text = new String(EntryCodec.bytes(entry), StandardCharsets.UTF_8);
                assertFalse(text.contains(key.text().substring(15)), text);
                assertFalse(text.contains(key.hash().hex()), text);
                assertFalse(text.contains("example.org"), text);
            }
            Traces traces = new Traces();
            traces.add("secret", key.text().substring(15).getBytes(StandardCharsets.US_ASCII));
            traces.add("name", "ada@example.org".getBytes(StandardCharsets.US_ASCII));
            assertEquals(Set.of(), traces.in(files));
        }
    }

    @Test
    void aReplacedKeyIsGoodForAsLongAsWasGranted() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            KeyText old = key(bench, book, principal(bench, book, "ada"));
            KeyText next = book.rotateKey(old.id(), Duration.ofHours(1), ADA);
            publish(bench, book);
            assertEquals(known(bench, book, old).scope(), known(bench, book, next).scope());
            assertThrows(StoreRefused.class, () -> book.rotateKey(old.id(), Duration.ZERO, ADA));
            bench.later(Duration.ofHours(1));
            rejected(Why.EXPIRED, asked(bench, book, old));
            known(bench, book, next);
            KeyText last = book.rotateKey(next.id(), Duration.ZERO, ADA);
            rejected(Why.EXPIRED, asked(bench, book, next));
            publish(bench, book);
            known(bench, book, last);
            assertEquals(3, book.keys().size());
        }
    }

    @Test
    void aReplacedKeyNeverLivesLongerThanItWould() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            KeyText old =
                    book.createKey(
                            ada,
                            Optional.empty(),
                            Scope.ASKING,
                            Optional.of(bench.now.plusSeconds(60)),
                            ADA);
            publish(bench, book);
            book.rotateKey(old.id(), Duration.ofDays(1), ADA);
            publish(bench, book);
            bench.later(Duration.ofSeconds(60));
            rejected(Why.EXPIRED, asked(bench, book, old));
        }
    }

    @Test
    void aPrincipalGoesWithAllItsKeysAndComesBackWithNone() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            KeyText key = key(bench, book, ada);
            KeyText waits = waiting(book, ada);
            book.removePrincipal(ada, ADA);
            rejected(Why.REVOKED, asked(bench, book, key));
            publish(bench, book);
            rejected(Why.UNKNOWN, asked(bench, book, waits));
            assertThrows(StoreRefused.class, () -> book.setRole(ada, "x", ADA));
            assertEquals(ada, principal(bench, book, "ada"));
            rejected(Why.REVOKED, asked(bench, book, key));
            rejected(Why.UNKNOWN, asked(bench, book, waits));
            known(bench, book, key(bench, book, ada));
        }
    }

    @Test
    void rolesLimitsAndPurposesChange() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            book.addProject("audit", Optional.empty(), Limits.NONE, ADA);
            publish(bench, book);
            Scope scope = new Scope(EnumSet.of(Operation.CHAT), List.of("llama*", "gpt"));
            KeyText key = book.createKey(ada, Optional.of("audit"), scope, Optional.empty(), ADA);
            publish(bench, book);
            Limits limits =
                    new Limits(
                            OptionalLong.of(60),
                            OptionalLong.empty(),
                            OptionalLong.of(4),
                            OptionalLong.of(1_000_000));
            book.setRole(ada, "red-team", ADA);
            StoreRefused refused =
                    assertThrows(StoreRefused.class, () -> book.setLimits(ada, limits, ADA));
            assertTrue(Objects.requireNonNull(refused.getMessage()).contains("waits for the log"));
            publish(bench, book);
            book.setLimits(ada, limits, ADA);
            book.setPurpose("audit", Optional.of("fairness-audit"), ADA);
            assertEquals(Optional.empty(), known(bench, book, key).purpose());
            publish(bench, book);
            Caller caller = known(bench, book, key);
            assertEquals("red-team", caller.role());
            assertEquals(limits, caller.limits());
            assertEquals(scope, caller.scope());
            assertEquals(Optional.of("fairness-audit"), caller.purpose());
            assertEquals(Limits.NONE, caller.projectLimits());
            book.setProjectLimits("audit", limits, ADA);
            publish(bench, book);
            assertEquals(limits, known(bench, book, key).projectLimits());
            book.setPurpose("audit", Optional.empty(), ADA);
            publish(bench, book);
            assertEquals(limits, known(bench, book, key).projectLimits());
            assertEquals(limits, book.projects().getFirst().limits());
            book.removeProject("audit", ADA);
            assertEquals(Optional.empty(), known(bench, book, key).purpose());
            publish(bench, book);
            assertEquals(List.of(), book.projects());
        }
    }

    @Test
    void whatIsSaidBeforeARemovalDoesNotUndoIt() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            book.addProject("audit", Optional.empty(), Limits.NONE, ADA);
            publish(bench, book);
            KeyText key = key(bench, book, ada);
            book.setRole(ada, "red-team", ADA);
            book.setPurpose("audit", Optional.of("x"), ADA);
            bench.later(Duration.ofMillis(1));
            book.removePrincipal(ada, ADA);
            book.removeProject("audit", ADA);
            // as far as the two that were said first
            int[] left = {2};
            assertThrows(
                    IOException.class,
                    () ->
                            book.publish(
                                    entry -> {
                                        if (left[0]-- == 0) {
                                            throw new IOException("full");
                                        }
                                    }));
            rejected(Why.REVOKED, asked(bench, book, key));
            assertTrue(book.projects().isEmpty());
            assertThrows(StoreRefused.class, () -> book.setRole(ada, "y", ADA));
        }
    }

    @Test
    void whatIsNotThereIsRefusedInWords() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            refused(
                    "there is a principal `ada` already",
                    () -> book.addPrincipal("ada", "other", Limits.NONE, ADA));
            refused("there is no key `nope`", () -> book.revokeKey("nope", ADA));
            refused("there is no key `nope`", () -> book.rotateKey("nope", Duration.ZERO, ADA));
            refused(
                    "there is no project `nope`",
                    () ->
                            book.createKey(
                                    ada, Optional.of("nope"), Scope.ASKING, Optional.empty(), ADA));
            refused(
                    "there is no principal `sub_1`, or it was removed",
                    () -> book.setRole("sub_1", "x", ADA));
            assertEquals(0, book.pending());
            assertEquals(Optional.empty(), book.find("bob"));
            assertEquals("ada", book.principals().getFirst().name().orElseThrow());
        }
    }

    private static void refused(String why, Executable work) {
        assertEquals(why, assertThrows(StoreRefused.class, work).getMessage());
    }

    @Test
    void erasingAPrincipalTakesKeysAndNameAtOnce() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            KeyText key = key(bench, book, ada);
            bench.erasure.subjects(List.of(ada), "request");
            rejected(Why.UNKNOWN, asked(bench, book, key));
            assertEquals(List.of(), book.principals());
            assertEquals(Optional.empty(), book.find("ada"));
            MemoryLog log = MemoryLog.of(bench.log);
            new Projection(bench.store, "o", log::decode, () -> bench.now)
                    .catchUp(log.reader(), log.size());
            AccessHistory history = new AccessHistory(bench.store);
            assertEquals(List.of(), history.at(bench.now));
            assertEquals(List.of(), history.differences(book, bench.now));
        }
    }

    @Test
    void theLogAloneSaysWhoHadAccessWhen() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            Instant noKey = bench.now;
            bench.later(Duration.ofHours(1));
            KeyText key = key(bench, book, ada);
            Instant oneKey = bench.now;
            bench.later(Duration.ofHours(1));
            KeyText next = book.rotateKey(key.id(), Duration.ofMinutes(30), ADA);
            publish(bench, book);
            Instant both = bench.now;
            bench.later(Duration.ofHours(1));
            Instant expired = bench.now;
            bench.later(Duration.ofHours(1));
            book.removePrincipal(ada, ADA);
            publish(bench, book);
            // a crash between log and tables has written one of them twice
            bench.log.add(bench.log.get(1).at(bench.now));

            try (Bench other =
                    new Bench(database.fresh(Files.createDirectory(folder.resolve("other"))))) {
                MemoryLog log = MemoryLog.of(bench.log);
                Projection projection =
                        new Projection(other.store, "o", log::decode, () -> bench.now);
                projection.catchUp(log.reader(), log.size());
                AccessHistory history = new AccessHistory(other.store);
                assertEquals(List.of(ada), names(history, noKey));
                assertEquals(List.of(ada, key.id()), names(history, oneKey));
                assertEquals(List.of(ada, key.id(), next.id()), names(history, both));
                assertEquals(List.of(ada, next.id()), names(history, expired));
                assertEquals(List.of(), names(history, bench.now));
                assertEquals(0, projection.check(log.reader(), log.size()).wrong());
                other.store.change(
                        db ->
                                db.update(Tables.ACCESS_CHANGE)
                                        .set(Tables.NAME, "forged")
                                        .where(Tables.IDX.eq(1L))
                                        .execute());
                assertEquals(1, projection.check(log.reader(), log.size()).wrong());
                projection.rebuild(log.reader(), log.size());
                assertEquals(0, projection.check(log.reader(), log.size()).wrong());
            }
        }
    }

    private static List<String> names(AccessHistory history, Instant at) throws Exception {
        return history.at(at).stream().map(Held::name).toList();
    }
}

package io.demur.store;

import static io.demur.store.AccessContract.ADA;
import static io.demur.store.AccessContract.book;
import static io.demur.store.AccessContract.key;
import static io.demur.store.AccessContract.principal;
import static io.demur.store.AccessContract.publish;
import static io.demur.store.AccessContract.rejected;
import static io.demur.store.AccessContract.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.access.Authentication.Why;
import io.demur.core.access.KeyText;
import io.demur.record.entry.AccessChange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** Two who change the same key at the same time. */
abstract class AccessRaceContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    AccessRaceContract(Database database) {
        this.database = database;
    }

    @Test
    void aKeyThatIsRevokedWhileItIsBeingWrittenNeverBecomesGood() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            KeyText key = waiting(book, principal(bench, book, "ada"));
            AccessBook other = book(bench);
            Instant before = bench.now;
            int written =
                    book.publish(
                            entry -> {
                                if (!(entry instanceof AccessChange it)) {
                                    throw new IOException("another entry");
                                }
                                if (it.action() == AccessChange.Action.CREATED) {
                                    // by a clock that is behind
                                    bench.now = before.minusSeconds(9);
                                    revoke(other, key);
                                }
                                bench.log.add(entry);
                            });
            assertEquals(2, written);
            bench.now = before;
            rejected(Why.REVOKED, book.roster().authenticate(key.text(), bench.now));
            assertEquals(0, book.pending());
        }
    }

    private static void revoke(AccessBook book, KeyText key) throws IOException {
        try {
            book.revokeKey(key.id(), ADA);
        } catch (StoreFailed | StoreRefused e) {
            throw new IOException(e);
        }
    }

    @Test
    void aKeyThatIsRevokedWhileItIsBeingReplacedGetsNoSuccessor() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            AccessBook book = book(bench);
            KeyText key = key(bench, book, principal(bench, book, "ada"));
            Random between =
                    new Random() {
                        @Override
                        void meanwhile() throws IOException {
                            revoke(book, key);
                        }
                    };
            AccessBook rotating =
                    new AccessBook(bench.store, bench.subjects, between, () -> bench.now);
            between.armed = true;
            assertThrows(
                    StoreRefused.class, () -> rotating.rotateKey(key.id(), Duration.ZERO, ADA));
            publish(bench, book);
            assertEquals(1, book.keys().size());
        }
    }

    /** Something happens while the digits of a key are thrown. */
    private abstract static class Random extends SecureRandom {
        private static final long serialVersionUID = 1;
        private boolean armed;

        abstract void meanwhile() throws IOException;

        @Override
        public void nextBytes(byte[] bytes) {
            if (armed) {
                armed = false;
                try {
                    meanwhile();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            super.nextBytes(bytes);
        }
    }
}

package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Erasure on both databases, down to the bytes of their files. */
class ErasureTest {

    @Nested
    class OnSqlite extends ErasureContract {
        OnSqlite() {
            super(Database.SQLITE);
        }

        @Override
        Set<String> found(Traces traces) throws Exception {
            return traces.in(folder);
        }

        @Override
        boolean leavesNothing() {
            return true;
        }

        @Test
        void aBackupFromBeforeOpensNoMoreOnceTheEpochIsOver() throws Exception {
            StoreSettings settings = database.fresh(folder);
            Epoch epoch = new Epoch();
            Path backup = folder.resolve("backup.db");
            try (Bench bench = new Bench(settings, epoch)) {
                String ada = bench.subjects.pseudonym("ada");
                String bob = bench.subjects.pseudonym("bob");
                bench.put(att(1), "reply", ada, "hello");
                bench.put(att(2), "reply", bob, "hello");
                bench.store.scrub();
                Files.copy(settings.path(), backup);
                bench.erasure.subjects(List.of(ada), "request");
            }
            try (Bench restored = new Bench(StoreSettings.file(backup), epoch)) {
                assertEquals("hello", restored.read(att(1), "reply"), "within the epoch");
            }
            try (Bench bench = new Bench(settings, epoch)) {
                epoch.rotate("epoch-2");
                bench.subjects.rewrap(1);
                epoch.destroy("epoch-1");
                assertEquals("hello", bench.read(att(2), "reply"));
            }
            try (Bench restored = new Bench(StoreSettings.file(backup), epoch)) {
                assertThrows(StoreRefused.class, () -> restored.read(att(1), "reply"));
            }
        }
    }

    @Nested
    class OnPostgres extends ErasureContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }

        @Override
        Set<String> found(Traces traces) throws Exception {
            PostgresServer.running().run("CHECKPOINT");
            return traces.in(PostgresServer.running().data());
        }

        @Override
        boolean leavesNothing() {
            return false;
        }
    }
}

package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.store.StoreFailed.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The files of an embedded store: who may read them, and what is left in them. */
class SqliteFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private StoreSettings file() {
        return new StoreSettings(
                "sqlite:" + folder.resolve("store.db"),
                2,
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
    }

    private String jdbc() {
        return "jdbc:sqlite:" + folder.resolve("store.db");
    }

    @Test
    void nobodyElseMayReadTheFile() throws Exception {
        try (Bench bench = new Bench(file())) {
            bench.subjects.pseudonym("ada");
            try (var files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    assertEquals(
                            "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                            each.toString());
                }
            }
        }
    }

    @Test
    void aFileThatOthersCouldReadIsClosedToThem() throws Exception {
        Path file = Files.createFile(folder.resolve("store.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        nobodyElseMayReadTheFile();
    }

    @Test
    void whatAReaderKeptInTheWriteAheadLogGoesWithTheNextSweepOrOpening() throws Exception {
        Epoch epoch = new Epoch();
        Traces traces = new Traces();
        try (Bench bench = new Bench(file(), epoch)) {
            for (String name : List.of("ada", "bob")) {
                String subject = bench.subjects.pseudonym(name);
                bench.put(att(name.length()), "reply", subject, "the secret of " + name);
                byte[] sealed =
                        bench.store.read(
                                db ->
                                        Places.content(
                                                db,
                                                db.select(Tables.SLOT)
                                                        .from(Tables.BODY)
                                                        .fetchSingle(Tables.SLOT),
                                                40));
                traces.add("ciphertext of " + name, sealed);
                try (Connection reader = DriverManager.getConnection(jdbc());
                        Statement statement = reader.createStatement()) {
                    reader.setAutoCommit(false);
                    statement.executeQuery("SELECT * FROM body").next();
                    StoreFailed locked =
                            assertThrows(
                                    StoreFailed.class,
                                    () -> bench.erasure.subjects(List.of(subject), "request"));
                    assertEquals(Kind.LOCKED, locked.kind(), locked.getMessage());
                    reader.rollback();
                }
                assertTrue(!traces.in(folder).isEmpty(), "the search finds what is there");
                if (name.equals("ada")) {
                    assertEquals(0, bench.erasure.sweep());
                } else {
                    Store.open(file()).close();
                }
                assertEquals(Set.of(), traces.in(folder), name);
            }
        }
    }
}

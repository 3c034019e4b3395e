package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.store.StoreFailed.Kind;

import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes wrong around a store: clear words, nothing lost, and on it goes once it is over. */
class FaultsTest {

    private static final int ROUNDS = Boolean.getBoolean("thorough") ? 100 : 12;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private StoreSettings file() {
        return impatient(StoreSettings.file(folder.resolve("store.db")));
    }

    private static StoreSettings impatient(StoreSettings settings) {
        return new StoreSettings(settings.url(), 2, Duration.ofMillis(500), Duration.ofSeconds(10));
    }

    private static void failsAs(Kind kind, String words, StoreSettings settings) {
        StoreFailed failed = assertThrows(StoreFailed.class, () -> Store.open(settings).close());
        String message = "" + failed.getMessage();
        assertEquals(kind, failed.kind(), message);
        assertTrue(message.contains(words), message);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path file = folder.resolve("store.db");
        Files.writeString(
                file, "this is a text, and longer than a header of a database is; ".repeat(9));
        failsAs(Kind.NOT_A_STORE, "not a database", file());
        Files.delete(file);
        Files.createDirectory(file);
        failsAs(Kind.NOT_A_STORE, "a folder", file());
        failsAs(Kind.MISSING, "is missing", StoreSettings.file(folder.resolve("nowhere/store.db")));
    }

    @Test
    void leavesADatabaseOfOthersAlone() throws Exception {
        sqlite("CREATE TABLE theirs (x)");
        failsAs(Kind.NOT_A_STORE, "`theirs`", file());
    }

    @Test
    void saysThatAFileIsDamaged() throws Exception {
        try (Bench bench = new Bench(file())) {
            String ada = bench.subjects.pseudonym("ada");
            for (int i = 0; i < 100; i++) {
                bench.put(att(i), "reply", ada, "hello ".repeat(500));
            }
            bench.store.scrub();
        }
        Path file = folder.resolve("store.db");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 4_096; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        failsAs(Kind.DAMAGED, "restore a backup", file());
    }

    @Test
    void aFolderThatCannotBeWrittenToIsDenied() throws Exception {
        Path mount = mounted("2m");
        try {
            StoreSettings settings = impatient(StoreSettings.file(mount.resolve("store.db")));
            Store.open(settings).close();
            run("mount", "-o", "remount,ro", mount.toString());
            failsAs(Kind.DENIED, "writable", settings);
            failsAs(Kind.DENIED, "cannot be made", StoreSettings.file(mount.resolve("other.db")));
            run("mount", "-o", "remount,rw", mount.toString());
            Store.open(settings).close();
        } finally {
            run("umount", "-l", mount.toString());
        }
    }

    @Test
    void aFullDiskLosesNothingAndIsOverOnceThereIsRoom() throws Exception {
        Path mount = mounted("3m");
        try {
            Epoch epoch = new Epoch();
            StoreSettings settings = impatient(StoreSettings.file(mount.resolve("store.db")));
            List<String> kept = new ArrayList<>();
            Files.write(mount.resolve("ballast"), new byte[1 << 20]);
            try (Bench bench = new Bench(settings, epoch)) {
                String ada = bench.subjects.pseudonym("ada");
                StoreFailed full =
                        assertThrows(
                                StoreFailed.class,
                                () -> {
                                    for (int i = 0; i < 1_000; i++) {
                                        bench.put(att(i), "reply", ada, "x".repeat(9_000));
                                        kept.add(att(i));
                                    }
                                });
                assertEquals(Kind.FULL, full.kind(), full.getMessage());
                for (String attempt : kept) {
                    assertEquals("x".repeat(9_000), bench.read(attempt, "reply"));
                }
                assertEquals(kept.size(), bench.bodyCount());
                Files.delete(mount.resolve("ballast"));
                bench.put(att(9_999), "reply", ada, "room again");
                assertEquals("room again", bench.read(att(9_999), "reply"));
            }
            assertTrue(kept.size() > 10, () -> "only " + kept.size());
            try (Bench bench = new Bench(settings, epoch)) {
                assertEquals(kept.size() + 1, bench.bodyCount());
            }
        } finally {
            run("umount", "-l", mount.toString());
        }
    }

    @Test
    void aCommitThatFailsIsUndoneAndHoldsUpNoOtherWrite() throws Exception {
        try (Bench bench = new Bench(file())) {
            String ada = bench.subjects.pseudonym("ada");
            for (int i = 0; i < 20; i++) {
                String attempt = att(i);
                StoreFailed failed =
                        assertThrows(
                                StoreFailed.class,
                                () -> bench.store.change(db -> dangling(db, attempt)));
                String message = "" + failed.getMessage();
                assertTrue(message.contains("FOREIGN KEY"), message);
                assertEquals(0, failed.getSuppressed().length, "its transaction was left open");
                bench.put(attempt, "reply", ada, "hello");
            }
            assertEquals(20, bench.bodyCount());
        }
    }

    /** A row whose subject there is not, which is found out only by the commit. */
    private static int dangling(DSLContext db, String attempt) {
        int set = db.execute("PRAGMA defer_foreign_keys = ON");
        return set
                + db.execute(
                        "INSERT INTO body (attempt, part, subject, mode, created, expires)"
                                + " VALUES (?, 'request', 'sub_none', 'FULL', 0, 0)",
                        attempt);
    }

    @Test
    void saysWhichProcessHasItLocked() throws Exception {
        try (Bench bench = new Bench(file())) {
            String ada = bench.subjects.pseudonym("ada");
            Process holder = child("hold");
            try {
                line(holder);
                StoreFailed locked =
                        assertThrows(
                                StoreFailed.class, () -> bench.put(att(1), "reply", ada, "hello"));
                assertEquals(Kind.LOCKED, locked.kind(), locked.getMessage());
                if (Files.exists(Path.of("/proc/locks"))) {
                    assertTrue(
                            String.valueOf(locked.getMessage()).contains("process " + holder.pid()),
                            locked.getMessage());
                }
                assertEquals("nothing", bench.read(att(1), "reply"), "readers go on");
            } finally {
                holder.destroyForcibly().waitFor();
            }
            bench.put(att(1), "reply", ada, "hello");
            assertEquals("hello", bench.read(att(1), "reply"));
        }
    }

    @Test
    void aKillLosesNothingThatWasAcknowledged() throws Exception {
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process writer = child("write", "" + round);
            List<String> said = new ArrayList<>();
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8));
            Thread reading =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            out.lines()
                                                    .filter(line -> line.endsWith("."))
                                                    .forEach(line -> add(said, line));
                                        } catch (UncheckedIOException e) {
                                            // it was killed
                                        }
                                    });
            synchronized (said) {
                while (said.size() < 5 + 7 * round && writer.isAlive()) {
                    said.wait(100);
                }
            }
            writer.destroyForcibly().waitFor();
            reading.join();
            assertTrue(said.size() >= 5, () -> "a writer said only " + said);
            try (Bench bench = new Bench(file(), Epoch.in(folder.resolve("store.db.epoch")))) {
                for (String line : said) {
                    String attempt = line.substring(0, line.length() - 1);
                    assertEquals(StoreChild.text(attempt), bench.read(attempt, "reply"));
                }
            }
            acknowledged += said.size();
        }
        assertTrue(acknowledged > ROUNDS * 5);
    }

    @Test
    void aServerThatCrashesLosesNothingAndIsFoundAgain() throws Exception {
        PostgresServer server = PostgresServer.running();
        StoreSettings settings = server.database();
        List<String> kept = new ArrayList<>();
        List<StoreFailed> failures = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (Bench bench = new Bench(impatient(settings))) {
            String ada = bench.subjects.pseudonym("ada");
            Thread writer =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0;
                                                !over.get() && failures.size() < 9_999;
                                                i++) {
                                            try {
                                                bench.put(att(i), "reply", ada, "hello");
                                                synchronized (kept) {
                                                    kept.add(att(i));
                                                }
                                            } catch (StoreFailed e) {
                                                failures.add(e);
                                            } catch (StoreRefused e) {
                                                throw new AssertionError(e);
                                            }
                                        }
                                    });
            reaches(kept, 50);
            server.crash();
            failsAs(Kind.UNREACHABLE, "does not answer", impatient(settings));
            server.restart();
            int before;
            synchronized (kept) {
                before = kept.size();
            }
            reaches(kept, before + 50);
            over.set(true);
            writer.join();
            assertTrue(!failures.isEmpty());
            for (StoreFailed failure : failures) {
                assertTrue(
                        failure.kind() == Kind.UNREACHABLE || failure.kind() == Kind.UNKNOWN,
                        failure.getMessage());
            }
            for (String attempt : kept) {
                assertEquals("hello", bench.read(attempt, "reply"), attempt);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAServer() throws Exception {
        PostgresServer server = PostgresServer.running();
        StoreSettings settings = server.database();
        failsAs(
                Kind.MISSING,
                "does not exist",
                new StoreSettings(settings.url().replaceFirst("/[^/]*$", "/nowhere")));
        StoreFailed away =
                assertThrows(
                        StoreFailed.class,
                        () ->
                                Store.open(
                                                new StoreSettings(
                                                        "postgresql://u:secret@127.0.0.1:1/store"))
                                        .close());
        assertEquals(Kind.UNREACHABLE, away.kind());
        assertTrue(!String.valueOf(away.getMessage()).contains("secret"), away.getMessage());
    }

    private static void add(List<String> said, String line) {
        synchronized (said) {
            said.add(line);
            said.notifyAll();
        }
    }

    private static void reaches(List<String> kept, int count) throws InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            synchronized (kept) {
                if (kept.size() >= count) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("no more than " + kept.size() + " were kept");
    }

    private String jdbc() {
        return "jdbc:sqlite:" + folder.resolve("store.db");
    }

    private void sqlite(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(jdbc());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Process child(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreChild.class.getName(),
                                folder.resolve("store.db").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void line(Process process) throws IOException {
        assertTrue(process.getInputStream().read() >= 0, "the process said nothing");
    }

    /** A small file system in memory; the test is skipped where it cannot be had. */
    private Path mounted(String size) throws Exception {
        Path mount = Files.createDirectories(folder.resolve("mount"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "none", mount.toString()) == 0,
                "no right to mount a file system: the test of a full disk is skipped");
        return mount;
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}

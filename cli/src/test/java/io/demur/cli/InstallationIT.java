package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.store.Bodies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The packaged program from outside, on an installation of its own. */
class InstallationIT {

    private static final String SAID = "where does my neighbour keep her spare key";

    @TempDir Path folder = Path.of("");

    @Test
    void aNewInstallationIsSoundAndItsEntriesCanBeProven() throws Exception {
        String made = ok("init", "--data", "d", "--origin", "log.example.org/test");
        assertTrue(made.contains("log.example.org/test+"), made);
        assertTrue(ok("log", "verify", "--data", "d").contains("result       sound"));
        assertTrue(ok("log", "show", "--data", "d").contains("START"));
        ok("log", "proof", "1", "--out", "one.tlog-proof", "--data", "d");
        String vkey = Files.readAllLines(folder.resolve("d/keys/log.vkey")).getFirst();
        String proven = ok("log", "receipt", "verify", "one.tlog-proof", "--key", vkey);
        assertTrue(proven.contains("result       proven"), proven);
        Program.Result again = Program.run(folder, "init", "--data", "d");
        assertEquals(ExitCode.INPUT_UNREADABLE, again.exit());
        assertTrue(again.err().contains("holds an installation already"), again::err);
    }

    @Test
    void aRestoredCopyIsNoticedAndAReplacedKeyStillProvesOldReceipts() throws Exception {
        ok("init", "--data", "d");
        ok("log", "proof", "1", "--out", "old.tlog-proof", "--data", "d");
        copy(folder.resolve("d"), folder.resolve("backup"));
        ok("keys", "rotate", "--purpose", "log", "--data", "d");
        assertTrue(ok("log", "verify", "--data", "d").contains("result       sound"));
        assertTrue(
                ok("log", "receipt", "verify", "old.tlog-proof", "--data", "d").contains("proven"));
        Program.Result restored =
                Program.run(folder, "keys", "rotate", "--purpose", "log", "--data", "backup");
        assertEquals(ExitCode.INPUT_UNREADABLE, restored.exit());
        assertTrue(restored.err().contains("restored or rolled back"), restored::err);
    }

    @Test
    void anErasedSubjectsBodiesAreGoneAndTheLogIsSound() throws Exception {
        ok("init", "--data", "d");
        String attempt = attempt(new DataFolder(folder.resolve("d")));
        assertTrue(ok("log", "verify", "--data", "d").contains("1, with 1 outcomes; 0 open"));
        String shown = ok(body(attempt));
        assertEquals(SAID, shown.strip());
        assertTrue(ok("log", "show", "--type", "ACCESS", "--data", "d").contains(attempt));
        assertTrue(ok("store", "check", "--data", "d").contains(" 0 wrong"));

        String hold = ok("store", "hold", "bob", "--reason", "court", "--data", "d").strip();
        Program.Result held =
                Program.run(folder, "store", "erase", "bob", "--reason", "request", "--data", "d");
        assertEquals(ExitCode.USAGE, held.exit());
        assertTrue(held.err().contains(hold), held::err);
        ok("store", "release", hold, "--data", "d");

        ok("store", "erase", "bob", "--reason", "request", "--data", "d");
        Program.Result gone = Program.run(folder, body(attempt));
        assertEquals(ExitCode.INPUT_UNREADABLE, gone.exit());
        assertEquals("", gone.out());
        assertTrue(ok("log", "verify", "--data", "d").contains("result       sound"));
        ok("store", "rebuild", "--data", "d");
        assertTrue(ok("store", "check", "--data", "d").contains(" 0 wrong"));
        try (Stream<Path> files = Files.walk(folder.resolve("d"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(SAID), file::toString);
            }
        }
    }

    @Test
    void aKeyOfAnEpochIsDestroyedOnlyOnceNothingNeedsIt() throws Exception {
        ok("init", "--data", "d");
        String attempt = attempt(new DataFolder(folder.resolve("d")));
        String before = bodiesKey();
        Program.Result inUse =
                Program.run(
                        folder, "keys", "destroy", before, "--reason", "erasure", "--data", "d");
        assertEquals(ExitCode.USAGE, inUse.exit(), inUse::out);
        String rotated = ok("keys", "rotate", "--purpose", "bodies", "--data", "d");
        assertTrue(rotated.contains("1 subjects' keys are wrapped"), rotated);
        ok("keys", "destroy", before, "--reason", "erasure", "--data", "d");
        assertFalse(Files.exists(folder.resolve("d/keys/bodies-" + before + ".key")));
        assertEquals(SAID, ok(body(attempt)).strip());
        assertTrue(ok("log", "verify", "--data", "d").contains("result       sound"));
    }

    @Test
    void aLogThatIsLostOrHasNoAnchorHereIsNotGoneOnWith() throws Exception {
        ok("init", "--data", "d");
        delete(folder.resolve("state"));
        Program.Result moved =
                Program.run(folder, "keys", "rotate", "--purpose", "hmac", "--data", "d");
        assertEquals(ExitCode.INPUT_UNREADABLE, moved.exit());
        assertTrue(moved.err().contains("has no anchor on this machine"), moved::err);
        ok("keys", "rotate", "--purpose", "hmac", "--data", "d", "--new-anchor");
        ok("keys", "rotate", "--purpose", "hmac", "--data", "d");
        delete(folder.resolve("d/log"));
        Program.Result lost =
                Program.run(
                        folder,
                        "keys",
                        "rotate",
                        "--purpose",
                        "hmac",
                        "--data",
                        "d",
                        "--new-anchor");
        assertEquals(ExitCode.INPUT_UNREADABLE, lost.exit());
        assertTrue(lost.err().contains("its key must not begin another"), lost::err);
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws Exception {
        ok("init", "--data", "d");
        attempt(new DataFolder(folder.resolve("d")));
        Files.writeString(folder.resolve("file"), "");
        Path long1 = folder.resolve("long");
        Files.write(long1, new byte[5 << 20]);
        check(2, "--data names no folder", "log", "show", "--data", "");
        check(3, "`file", "init", "--data", "file");
        check(3, "has more than", "log", "receipt", "verify", "long", "--data", "d");
        check(2, "is not a code", "store", "hold", "bob", "--reason", "a b", "--data", "d");
        check(
                2,
                "is past",
                "store",
                "hold",
                "bob",
                "--reason",
                "x",
                "--until",
                "2001-01-01",
                "--data",
                "d");
        check(2, "is no time", "store", "hold", "bob", "--reason", "x", "--until", "soon");
        check(2, "code", "store", "erase", "bob", "--reason", "x y", "--data", "d");
        check(2, "`demur store hold --help`", "store", "hold", "--nonsense");
        check(2, "no name such as", "init", "--data", "e", "--origin", "..");
        check(2, "--store", "store", "check", "--store", "mysql://x", "--data", "d");
    }

    private void check(int exit, String words, String... args) throws Exception {
        Program.Result result = Program.run(folder, args);
        assertTrue(result.err().contains(words), () -> result.err() + result.out());
        assertFalse(result.err().contains("internal error"), result::err);
        assertEquals(exit, result.exit(), result::err);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String[] body(String attempt) {
        return new String[] {
            "store", "body", attempt, "--reader", "auditor", "--reason", "audit", "--data", "d"
        };
    }

    private String bodiesKey() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("d/keys"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("bodies-"))
                    .map(name -> name.substring("bodies-".length(), name.length() - 4))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What a gateway will do: one request of bob's, answered. */
    private String attempt(DataFolder data) throws Exception {
        Installation installation =
                new Installation(
                        data, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()));
        String id = new Ids(InstantSource.system(), new SecureRandom()).next("att");
        try (StoreSession session = StoreSession.open(installation, "demur test")) {
            String subject = session.subjects().pseudonym("bob");
            Kept kept =
                    session.bodies()
                            .put(
                                    id,
                                    "request",
                                    subject,
                                    Kept.Mode.FULL,
                                    SAID.getBytes(StandardCharsets.UTF_8),
                                    Bodies.RETENTION);
            Optional<String> none = Optional.empty();
            Instant now = Instant.now();
            session.log()
                    .write(
                            new Attempt(
                                    now,
                                    id,
                                    subject,
                                    subject,
                                    none,
                                    none,
                                    "openai.chat",
                                    "test",
                                    "local",
                                    none,
                                    none,
                                    none,
                                    kept));
            session.log().write(Outcome.bare(now, id, Outcome.Result.ALLOW, "answered"));
        }
        return id;
    }

    private String ok(String... args) throws Exception {
        Program.Result result = Program.run(folder, args);
        assertEquals(0, result.exit(), () -> result.err() + result.out());
        assertEquals("", result.err());
        return result.out();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}

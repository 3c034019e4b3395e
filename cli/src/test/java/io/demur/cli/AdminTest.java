package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.Meter;
import io.demur.record.DataFolder;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.keys.KeyRing;
import io.demur.store.AccessBook;
import io.demur.store.AccessWatch;
import io.demur.store.Spending;
import io.demur.store.Store;
import io.demur.store.Subjects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** {@code demur admin} in processes of its own, beside one that has the log and asks for keys. */
class AdminTest {

    @TempDir Path folder = Path.of("");

    private record Result(int exit, String out, String err) {}

    /** Runs the program to its end. */
    private Result demur(String... words) throws Exception {
        ProcessBuilder builder = Spawned.demur(folder, words);
        Path err = folder.resolve("err.txt");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it does not end");
        return new Result(
                process.exitValue(),
                new String(out, StandardCharsets.UTF_8),
                Files.readString(err));
    }

    private String ok(String... words) throws Exception {
        Result result = demur(words);
        assertEquals(ExitCode.OK, result.exit(), result::err);
        return result.out();
    }

    private static void soon(Callable<Boolean> holds) throws Exception {
        for (int i = 0; !holds.call(); i++) {
            assertTrue(i < 3_000, "it does not come");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void keysAreMadeAndTakenBackWhileAnotherProcessHasTheLog() throws Exception {
        ok("init");
        ok("admin", "principal", "add", "ada@example.org", "--role", "red-team");
        ok("admin", "project", "add", "audit", "--purpose", "fairness-audit");
        String first = ok("admin", "key", "create", "ada@example.org", "--model", "*").strip();
        String json = ok("admin", "key", "list", "--json");
        assertTrue(json.contains("\"name\":\"ada@example.org\""), json);
        assertFalse(json.contains(first), json);

        DataFolder data = new DataFolder(folder.resolve("d"));
        Installation installation =
                new Installation(
                        data, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()));
        KeyRing keys = installation.keys();
        InstantSource clock = InstantSource.system();
        try (Store store = installation.store();
                Trail trail = installation.open(keys, "demur serve")) {
            Subjects subjects =
                    new Subjects(
                            store, keys.bodies(), keys.pseudonyms(), new SecureRandom(), clock);
            Spending spending = new Spending(store, "run_test");
            try (AccessWatch watch =
                    new AccessWatch(
                            new AccessBook(store, subjects, new SecureRandom(), clock),
                            spending,
                            new Meter(10),
                            entry -> write(trail, entry),
                            clock,
                            AccessWatch.Settings.USUAL)) {
                Known known =
                        assertInstanceOf(Known.class, watch.authenticate(first, Instant.now()));
                assertEquals("red-team", known.caller().role());
                spending.add(known.caller().principal(), Optional.empty(), clock.instant(), 7, 5);

                Result second =
                        demur(
                                "admin",
                                "key",
                                "create",
                                "ada@example.org",
                                "--model",
                                "llama*",
                                "--project",
                                "audit",
                                "--expires",
                                "1d");
                assertEquals(ExitCode.OK, second.exit(), second::err);
                assertTrue(second.err().contains("shown once"), second::err);
                Known next =
                        assertInstanceOf(
                                Known.class,
                                watch.authenticate(second.out().strip(), Instant.now()));
                assertEquals(Optional.of("fairness-audit"), next.caller().purpose());

                ok("admin", "key", "revoke", first.substring(4, 14), "--reason", "stolen");
                soon(() -> watch.authenticate(first, Instant.now()) instanceof Rejected);
                Rejected revoked =
                        assertInstanceOf(Rejected.class, watch.authenticate(first, Instant.now()));
                assertEquals(Why.REVOKED, revoked.why());
            }
        }
        String usage = ok("admin", "usage");
        assertTrue(usage.contains("ada@example.org"), usage);
        String history = ok("admin", "history");
        assertTrue(history.contains("models llama*"), history);
        assertFalse(history.contains("models *"), history);
        assertTrue(ok("admin", "check").contains("0 differences, 0 changes wait"));
        String log = ok("log", "show", "--type", "ACCESS_CHANGE", "--json");
        assertEquals(5, log.lines().count(), log);
        assertFalse(log.contains("example.org"), log);
    }

    private static void write(Trail trail, Entry entry) throws IOException {
        try {
            trail.append(List.of(entry)).get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void saysWhatIsMissingOrWaits() throws Exception {
        ok("init");
        Result nobody = demur("admin", "key", "create", "ada", "--model", "*");
        assertEquals(ExitCode.INPUT_UNREADABLE, nobody.exit());
        assertTrue(nobody.err().contains("there is no principal `ada`"), nobody::err);
        assertEquals(ExitCode.USAGE, demur("admin", "key").exit());
        Installation installation =
                new Installation(
                        new DataFolder(folder.resolve("d")),
                        Map.of("XDG_STATE_HOME", folder.resolve("state").toString()));
        // somebody has the log, and takes no changes of access into it
        try (Trail trail = installation.open(installation.keys(), "demur keys")) {
            assertEquals(0, trail.open());
            Result waits = demur("admin", "principal", "add", "ada");
            assertEquals(ExitCode.THRESHOLD_MISSED, waits.exit(), waits::err);
            assertTrue(waits.err().contains("it holds once"), waits::err);
        }
        assertFalse(ok("admin", "principal", "list").contains("ada"));
        ok("admin", "project", "add", "audit");
        assertTrue(ok("admin", "principal", "list").contains("ada"));
    }
}

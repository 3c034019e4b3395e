package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.Meter;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.keys.KeyRing;
import io.demur.store.AccessBook;
import io.demur.store.AccessWatch;
import io.demur.store.Spending;
import io.demur.store.Store;
import io.demur.store.Subjects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** {@code demur admin} in processes of its own, beside one that has the log and asks for keys. */
class AdminIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Beside beside;

    @BeforeEach
    void begin() {
        beside = new Beside(folder);
    }

    private static void soon(Callable<Boolean> holds) throws Exception {
        for (int i = 0; !holds.call(); i++) {
            assertTrue(i < 3_000, "it does not come");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void keysAreMadeAndTakenBackWhileAnotherProcessHasTheLog() throws Exception {
        beside.done("init");
        beside.done("admin", "principal", "add", "ada@example.org", "--role", "red-team");
        beside.done("admin", "project", "add", "audit", "--purpose", "fairness-audit");
        String first =
                beside.done("admin", "key", "create", "ada@example.org", "--model", "*").strip();
        String json = beside.done("admin", "key", "list", "--json");
        assertTrue(json.contains("\"name\":\"ada@example.org\""), json);
        assertFalse(json.contains(first), json);

        Installation installation = beside.installation();
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

                Beside.Result second =
                        beside.run(
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

                beside.done("admin", "key", "revoke", first.substring(4, 14), "--reason", "stolen");
                soon(() -> watch.authenticate(first, Instant.now()) instanceof Rejected);
                Rejected revoked =
                        assertInstanceOf(Rejected.class, watch.authenticate(first, Instant.now()));
                assertEquals(Why.REVOKED, revoked.why());
            }
        }
        String usage = beside.done("admin", "usage");
        assertTrue(usage.contains("ada@example.org"), usage);
        String history = beside.done("admin", "history");
        assertTrue(history.contains("models llama*"), history);
        assertFalse(history.contains("models *"), history);
        assertTrue(beside.done("admin", "check").contains("0 differences, 0 changes wait"));
        String log = beside.done("log", "show", "--type", "ACCESS_CHANGE", "--json");
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
        beside.done("init");
        Beside.Result nobody = beside.run("admin", "key", "create", "ada", "--model", "*");
        assertEquals(ExitCode.INPUT_UNREADABLE, nobody.exit());
        assertTrue(nobody.err().contains("there is no principal `ada`"), nobody::err);
        assertEquals(ExitCode.USAGE, beside.run("admin", "key").exit());
        Installation installation = beside.installation();
        // somebody has the log, and takes no changes of access into it
        try (Trail trail = installation.open(installation.keys(), "demur keys")) {
            assertEquals(0, trail.open());
            Beside.Result waits = beside.run("admin", "principal", "add", "ada");
            assertEquals(ExitCode.THRESHOLD_MISSED, waits.exit(), waits::err);
            assertTrue(waits.err().contains("it holds once"), waits::err);
        }
        assertFalse(beside.done("admin", "principal", "list").contains("ada"));
        beside.done("admin", "project", "add", "audit");
        assertTrue(beside.done("admin", "principal", "list").contains("ada"));
    }
}

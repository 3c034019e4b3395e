package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Limits;
import io.demur.record.DataFolder;
import io.demur.record.Trail;
import io.demur.record.keys.KeyRing;
import io.demur.store.AccessBook;
import io.demur.store.Store;
import io.demur.store.Subjects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What {@code demur admin} says of keys and names, in processes of its own. */
class AdminKeysIT {

    @TempDir private Path folder = Path.of("");

    private Beside beside = new Beside(Path.of(""));

    @BeforeEach
    void begin() throws Exception {
        beside = new Beside(folder);
        ok("init");
    }

    private Beside.Result ok(String... words) throws Exception {
        Beside.Result result = beside.run(words);
        assertEquals(ExitCode.OK, result.exit(), () -> result.out() + result.err());
        return result;
    }

    private Installation installation() {
        return new Installation(new DataFolder(beside.data()), environment());
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME", folder.toString(),
                "XDG_STATE_HOME", folder.resolve("XDG_STATE_HOME").toString(),
                "XDG_CONFIG_HOME", folder.resolve("XDG_CONFIG_HOME").toString());
    }

    @Test
    void aKeyIsShownBeforeTheLogIsWaitedFor() throws Exception {
        ok("admin", "principal", "add", "ada");
        // somebody has the log, and takes no changes of access into it
        try (Trail trail = installation().open(installation().keys(), "demur keys")) {
            assertEquals(0, trail.open());
            Beside.Result made = beside.run("admin", "key", "create", "ada", "--model", "*");
            assertEquals(ExitCode.THRESHOLD_MISSED, made.exit(), made::err);
            assertTrue(made.out().startsWith("dmr_"), made::out);
            // what stands first was said first
            assertTrue(made.err().startsWith("this key is shown once"), made::err);
            assertTrue(made.err().contains("the log does not have this yet"), made::err);
        }
    }

    @Test
    @Timeout(30) // less than anybody is patient for
    void whatHoldsAlreadyIsSaidToHoldAndNotWaitedFor() throws Exception {
        ok("admin", "principal", "add", "ada");
        String key = ok("admin", "key", "create", "ada", "--model", "*").out().strip();
        try (Trail trail = installation().open(installation().keys(), "demur keys")) {
            assertEquals(0, trail.open());
            Beside.Result revoked = ok("admin", "key", "revoke", key);
            assertTrue(revoked.err().contains("it holds already"), revoked::err);
        }
        ok("admin", "project", "add", "audit");
        assertTrue(ok("admin", "check").out().contains("0 differences, 0 changes wait"));
    }

    @Test
    void aChangeThatWaitsBehindAnotherProcessIsNotSaidToHold() throws Exception {
        KeyRing keys = installation().keys();
        // ahead, so that what it has begun stays its own for longer than anybody is patient for
        InstantSource clock = () -> Instant.now().plusSeconds(60);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (Store store = installation().store()) {
            Subjects subjects =
                    new Subjects(
                            store, keys.bodies(), keys.pseudonyms(), new SecureRandom(), clock);
            AccessBook book = new AccessBook(store, subjects, new SecureRandom(), clock);
            book.addPrincipal("eve", "other", Limits.NONE, AccessBook.By.of("test"));
            Thread other =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            book.publish(
                                                    entry -> {
                                                        writing.countDown();
                                                        await(written);
                                                    });
                                        } catch (Exception e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            writing.await();
            Beside.Result added = beside.run("admin", "principal", "add", "ada");
            assertEquals(ExitCode.THRESHOLD_MISSED, added.exit(), added::err);
            assertTrue(added.err().contains("another process is writing it"), added::err);
            written.countDown();
            other.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aProjectHasLimitsAndThoseThatAreNotNamedStay() throws Exception {
        ok("admin", "project", "add", "audit", "--tokens-per-day", "5000");
        assertEquals(
                "audit: requests per minute 60, tokens per minute -, at the same time -,"
                        + " tokens per day 5,000\n",
                ok("admin", "project", "limit", "audit", "--requests-per-minute", "60").out());
        String listed = ok("admin", "project", "list", "--json").out();
        assertTrue(listed.contains("\"requests_per_minute\":60,\"tokens_per_day\":5000"), listed);
        assertEquals(ExitCode.OK, beside.run("admin", "check").exit());
        Beside.Result nobody = beside.run("admin", "project", "limit", "x", "--concurrent", "1");
        assertTrue(nobody.err().contains("there is no project `x`"), nobody::err);
    }

    @Test
    void aWholeKeyIsRevokedAndNeverRepeated() throws Exception {
        ok("admin", "principal", "add", "ada");
        String key = ok("admin", "key", "create", "ada", "--model", "*").out().strip();
        for (String wrong : new String[] {key + "x", key.substring(0, 40)}) {
            Beside.Result refused = beside.run("admin", "key", "revoke", wrong);
            assertEquals(ExitCode.USAGE, refused.exit(), refused::err);
            assertFalse(refused.err().contains(wrong.substring(15)), refused::err);
        }
        Beside.Result nobody = beside.run("admin", "key", "create", key);
        assertFalse(nobody.err().contains(key.substring(15)), nobody::err);
        assertEquals(
                "revoked " + key.substring(4, 14), ok("admin", "key", "revoke", key).out().strip());
    }

    @Test
    void namesThatNobodyCanSeeAreRefusedAndRolesThatNobodyNamesAreToldOf() throws Exception {
        FirstPolicy.put(installation(), new Surroundings(environment(), InstantSource.system()));
        for (String name : new String[] {"", "   ", "a\tb"}) {
            Beside.Result refused = beside.run("admin", "principal", "add", name);
            assertEquals(ExitCode.USAGE, refused.exit(), refused::err);
            assertTrue(refused.err().contains("names no principal"), refused::err);
        }
        Beside.Result added = ok("admin", "principal", "add", " ada ", "--role", "nosuchrole");
        assertTrue(added.out().startsWith("ada is "), added::out);
        assertTrue(added.err().contains("names no role `nosuchrole`"), added::err);
        Beside.Result project = ok("admin", "project", "add", "audit", "--purpose", "nosuch");
        assertTrue(project.err().contains("names no purpose `nosuch`"), project::err);
        assertEquals("", ok("admin", "principal", "add", "bob").err());
    }
}

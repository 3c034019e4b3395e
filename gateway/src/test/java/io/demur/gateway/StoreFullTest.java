package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.demur.store.StoreFailed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A real store that takes nothing more, because its disk or its queue is full: no answer without an
 * attempt and a decision on disk, an error in the protocol's shape, and answers again once there is
 * room.
 */
class StoreFullTest {

    private static final Map<String, String> ERRORS =
            Map.of(
                    "/v1/chat/completions", "{\"error\":{",
                    "/v1/messages", "{\"type\":\"error\",",
                    "/api/chat", "{\"error\":\"");

    /** Much, so that a full disk is noticed soon. */
    private static final String PADDING = "Thank you very much. ".repeat(10_000);

    private final Wrong.Speaker speaker = new Wrong.Speaker(1);

    @TempDir Path folder = Path.of("");
    private Optional<Path> mount = Optional.empty();

    @AfterEach
    void unmount() throws Exception {
        if (mount.isPresent()) {
            assertEquals(0, run("umount", mount.get().toString()));
        }
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

    /** A file system of a few megabytes, in which the store lies. */
    private Path small() throws Exception {
        Path at = Files.createDirectories(folder.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "none", at.toString()) == 0,
                "no right to mount a file system: the test of a full store is skipped");
        mount = Optional.of(at);
        Files.createSymbolicLink(folder.resolve("store.db"), at.resolve("store.db"));
        return at;
    }

    /** Writes until nothing more fits. */
    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(Files.size(file) > 0);
        }
    }

    private static Piecewise ask(House house, String path, boolean stream, String more)
            throws Exception {
        return Piecewise.ask(
                new Raw(house),
                path,
                """
                {"model": "speaker", "stream": %s, "max_tokens": 900, "messages": [
                {"role": "user", "content": "How do I end a process that hangs? %s"}]}\
                """
                        .formatted(stream, more));
    }

    private void isRefused(House house, String path, boolean stream) throws Exception {
        int before = speaker.asked.get();
        Piecewise reply = ask(house, path, stream, PADDING);
        assertEquals(503, reply.status(), reply::head);
        assertTrue(reply.whole());
        assertTrue(reply.body().startsWith(String.valueOf(ERRORS.get(path))), reply::body);
        assertFalse(reply.body().contains("signal"), reply::body);
        assertFalse(reply.header("x-demur-decision").isPresent(), reply::head);
        assertEquals(before, speaker.asked.get(), "a model was asked");
    }

    /** Each attempt has one outcome, and what was answered was decided and kept. */
    private static void isWhole(House house, List<Piecewise> replies) throws Exception {
        Map<String, Outcome> outcomes = new HashMap<>();
        List<String> attempts = new ArrayList<>();
        for (Entry entry : house.entries()) {
            if (entry instanceof Attempt attempt) {
                attempts.add(attempt.id());
            } else if (entry instanceof Outcome outcome) {
                assertFalse(outcomes.containsKey(outcome.attempt()), "two outcomes");
                outcomes.put(outcome.attempt(), outcome);
            }
        }
        assertEquals(Set.copyOf(attempts), outcomes.keySet());
        for (Outcome outcome : outcomes.values()) {
            boolean answered = outcome.result() == Outcome.Result.ALLOW;
            assertEquals(answered, outcome.reply().isPresent(), outcome::toString);
            assertTrue(
                    answered || outcome.reason().equals(Optional.of("unrecorded")),
                    outcome::toString);
        }
        for (Piecewise reply : replies) {
            Optional<Outcome> outcome = reply.header("x-demur-attempt").map(outcomes::get);
            assertEquals(
                    reply.status() == 200,
                    outcome.filter(it -> it.result() == Outcome.Result.ALLOW).isPresent(),
                    reply::head);
        }
    }

    @Test
    void aStoreOnAFullDiskLetsNothingThroughUntilThereIsRoom() throws Exception {
        Path disk = small();
        try (House house = new House(folder, Map.of("speaker", speaker))) {
            List<Piecewise> replies = new ArrayList<>();
            replies.add(ask(house, "/v1/chat/completions", false, ""));
            assertEquals(200, replies.getFirst().status(), replies.getFirst()::body);
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            // some room is left in the store's own files
            Piecewise last;
            do {
                last = ask(house, "/v1/chat/completions", false, PADDING);
                replies.add(last);
            } while (last.status() == 200 && replies.size() < 200);
            assertEquals(503, last.status(), last::body);
            for (String path : ERRORS.keySet()) {
                isRefused(house, path, false);
                isRefused(house, path, true);
            }
            Files.delete(ballast);
            for (String path : ERRORS.keySet()) {
                Piecewise again = ask(house, path, true, "");
                assertEquals(200, again.status(), again::body);
                assertTrue(again.whole());
                replies.add(again);
            }
            isWhole(house, replies);
        }
    }

    /** Holds what the store's writer needs, as another process may, and fills its queue. */
    private static final class Queue implements AutoCloseable {
        private final Connection lock;
        private final List<Thread> waiting = new ArrayList<>();
        private final AtomicInteger turnedAway = new AtomicInteger();

        Queue(House house, Path store) throws Exception {
            lock = DriverManager.getConnection("jdbc:sqlite:" + store);
            try (Statement statement = lock.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
            }
            while (turnedAway.get() == 0) {
                waiting.add(
                        new Thread(
                                null, () -> write(house), "waiting-" + waiting.size(), 64 << 10));
                waiting.getLast().start();
                assertTrue(waiting.size() < 6_000, "nothing is ever turned away");
            }
        }

        private void write(House house) {
            try {
                assertFalse(house.held.use("att_none", "att_other"));
            } catch (StoreFailed e) {
                turnedAway.incrementAndGet();
            }
        }

        @Override
        public void close() throws SQLException {
            lock.close();
            for (Thread thread : waiting) {
                while (thread.isAlive()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    @Test
    void aStoreWhoseQueueIsFullLetsNothingThroughUntilThereIsRoom() throws Exception {
        try (House house = new House(folder, Map.of("speaker", speaker))) {
            List<Piecewise> replies = new ArrayList<>();
            replies.add(ask(house, "/v1/chat/completions", false, ""));
            assertEquals(200, replies.getFirst().status(), replies.getFirst()::body);
            try (Queue queue = new Queue(house, folder.resolve("store.db"))) {
                assertTrue(queue.waiting.size() > 4_096);
                for (String path : ERRORS.keySet()) {
                    isRefused(house, path, false);
                    isRefused(house, path, true);
                }
            }
            for (String path : ERRORS.keySet()) {
                Piecewise again = ask(house, path, true, "");
                assertEquals(200, again.status(), again::body);
                replies.add(again);
            }
            isWhole(house, replies);
        }
    }
}

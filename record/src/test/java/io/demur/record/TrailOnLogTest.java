package io.demur.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.Checkpoint;
import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.log.tile.FolderSource;
import io.demur.record.entry.Entries;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Start;
import io.demur.record.keys.Key;
import io.demur.record.keys.KeyRing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trail, the keys and the checker on a real log in a real folder. */
class TrailOnLogTest {

    @TempDir Path folder = Path.of("");

    @Test
    void whatManyCallersWriteIsCompleteAndSigned() throws Exception {
        KeyRing ring = ring();
        new KeyCeremony(ring, () -> open(ring)).begin("demur.invalid/test");
        Ids ids = new Ids(InstantSource.system(), new SecureRandom());
        try (Trail trail = open(ring)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> write(trail, ids)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertEquals(5 + 2 + 8 * 100 * 2, complete(ring).entries());
    }

    @Test
    void theKeyOfALogIsReplacedUnderItsOwnSignature() throws Exception {
        KeyRing ring = ring();
        KeyCeremony ceremony = new KeyCeremony(ring, () -> open(ring));
        ceremony.begin("demur.invalid/test");
        Key before = ring.current(Key.Purpose.LOG).orElseThrow();
        ceremony.rotate(Key.Purpose.LOG);
        Checkpoint checkpoint = reader().checkpoint(List.of(ring.logKeys().getFirst()));
        assertEquals("demur.invalid/test", checkpoint.head().origin());
        assertEquals(Key.State.RETIRED, ring.find(before.id()).orElseThrow().state());
        // START, three keys, STOP; the new key between two of these; the old one likewise
        assertEquals(5 + 3 + 3, complete(ring).entries());
    }

    private static void write(Trail trail, Ids ids) {
        for (int i = 0; i < 100; i++) {
            String id = ids.next("att");
            trail.append(List.of(Entries.attempt(id).at(Instant.now()))).join();
            trail.append(List.of(Entries.outcome(id).at(Instant.now()))).join();
        }
    }

    private Completeness.Report complete(KeyRing ring) throws Exception {
        long size = reader().checkpoint(ring.logKeys()).head().size();
        Completeness.Report report = Completeness.check(reader(), size, false);
        assertTrue(report.complete(), report::toString);
        return report;
    }

    private KeyRing ring() throws IOException {
        return KeyRing.make(folder.resolve("keys"), InstantSource.system(), new SecureRandom());
    }

    private LogReader reader() {
        return new LogReader(new FolderSource(folder.resolve("log")));
    }

    private Trail open(KeyRing ring) throws IOException, LogRefused {
        LogSettings settings =
                new LogSettings(
                        folder.resolve("log"),
                        ring.signingKey("demur.invalid/test"),
                        ring.logKeys().subList(1, ring.logKeys().size()),
                        List.of(),
                        Duration.ofSeconds(1),
                        broken -> {});
        Start start =
                new Start(Instant.now(), "demur test", "1", Optional.empty(), Optional.empty());
        return Trail.open(Log.open(settings), start, InstantSource.system());
    }
}

package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Logs that were restored from a copy, copied while they run, robbed of files, or mixed up. */
class RestoredTest {

    /** An anchor that another copy of the log can use at the same time, as one elsewhere can. */
    private static final class SharedAnchor implements Anchor {
        private Optional<TreeHead> last = Optional.empty();
        private boolean unreachable;

        @Override
        public Optional<TreeHead> last() throws IOException {
            reach();
            return last;
        }

        @Override
        public void remember(TreeHead head) throws IOException {
            reach();
            last = Optional.of(head);
        }

        private void reach() throws IOException {
            if (unreachable) {
                throw new IOException("out of reach");
            }
        }
    }

    private final SigningKey key = Naive.key();
    private final Path root;
    private final Path dir;

    RestoredTest(@TempDir Path root) {
        this.root = root;
        this.dir = root.resolve("log");
    }

    private Anchor anchor() {
        return new FileAnchor(root.resolve("anchor"));
    }

    private Log open(Path folder, Anchor... anchors) throws IOException, LogRefused {
        return Log.open(Naive.settings(folder, key, anchors), new FaultyDisk(), 4000);
    }

    private void refused(String why, Path folder, Anchor... anchors) {
        LogRefused refused = assertThrows(LogRefused.class, () -> open(folder, anchors));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::toString);
    }

    /** 700 entries, of which the journal holds only the last. */
    @BeforeEach
    void write() throws Exception {
        try (Log log = open(dir, anchor())) {
            for (int i = 0; i < 700; i += 100) {
                log.append(Naive.entries(i, i + 100)).join();
            }
            assertEquals(700, log.publish().head().size());
        }
        assertTrue(Files.notExists(dir.resolve("journal/0000000000000000.journal")));
    }

    private void isWhole(int size, Anchor... anchors) throws Exception {
        try (Log log = open(dir, anchors)) {
            assertEquals(size, log.checkpoint().head().size());
            log.append(Naive.entries(size, 800)).join();
        }
        TreeHead head = Naive.checkpoint(dir, key.verifier()).head();
        Naive.assertSame(Naive.entries(0, 800), Naive.check(dir, head));
    }

    @Test
    void aRestoredCopyIsRefusedAsLongAsTheAnchorKnowsMore() throws Exception {
        TornTest.copy(dir, root.resolve("backup"));
        try (Log log = open(dir, anchor())) {
            log.append(Naive.entries(700, 701)).join();
        }
        refused("was signed for 701 entries, and 700 are here", root.resolve("backup"), anchor());
        isWhole(701, anchor());
    }

    @Test
    void aCopyOnTheSameMachineIsRefusedAtOnce() throws Exception {
        TornTest.copy(dir, root.resolve("clone"));
        try (Log log = open(dir, anchor())) {
            refused("is in use by this process itself", root.resolve("clone"), anchor());
            refused("is being written by this process itself", dir);
            log.append(Naive.entries(700, 701)).join();
        }
        try (Log log = open(dir, anchor())) {
            assertEquals(701, log.size());
        }
    }

    @Test
    void anotherProcessIsNamed() throws Exception {
        Files.createDirectory(root.resolve("other"));
        Process process = Witnessed.start(root.resolve("other"), 1, Integer.MAX_VALUE);
        try {
            assertTrue(process.inputReader().lines().anyMatch(line -> line.startsWith("open ")));
            LogSettings settings =
                    Naive.settings(root.resolve("other/log"), Victim.key(root.resolve("other")));
            LogRefused refused = assertThrows(LogRefused.class, () -> Log.open(settings));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("process " + process.pid()), message);
        } finally {
            process.toHandle().destroyForcibly();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCopyElsewhereStopsTheOtherBeforeItSignsAgain() throws Exception {
        SharedAnchor shared = new SharedAnchor();
        try (Log log = open(dir, shared)) {
            assertEquals(700, log.publish().head().size());
        }
        TornTest.copy(dir, root.resolve("clone"));
        Log one = open(dir, shared);
        Log other = open(root.resolve("clone"), shared);
        other.append(Naive.entries(0, 1)).join();
        assertEquals(701, other.publish().head().size());
        one.append(Naive.entries(700, 701)).join();
        IOException broken = assertThrows(IOException.class, one::publish);
        assertInstanceOf(LogBroken.class, broken.getCause());
        assertTrue(String.valueOf(broken.getMessage()).contains("another copy"));
        assertEquals(700, Naive.checkpoint(dir, key.verifier()).head().size());
        one.close();
        other.close();
        refused("was signed for other entries", dir, shared);
    }

    @Test
    void anAnchorOutOfReachHoldsUpCheckpointsAndNothingElse() throws Exception {
        SharedAnchor shared = new SharedAnchor();
        try (Log log = open(dir, shared)) {
            shared.unreachable = true;
            assertEquals(700, log.append(Naive.entries(700, 750)).join());
            assertThrows(IOException.class, log::publish);
            assertEquals(700, log.checkpoint().head().size());
            assertTrue(log.unpublished().isPresent());
            shared.unreachable = false;
            assertEquals(750, log.publish().head().size());
            assertTrue(log.unpublished().isEmpty());
        }
        isWhole(750, shared);
    }

    @Test
    void aNewAnchorIsToldAtOnce() throws Exception {
        SharedAnchor shared = new SharedAnchor();
        try (Log log = open(dir, anchor(), shared)) {
            assertEquals(Optional.of(log.checkpoint().head()), shared.last());
        }
    }

    @Test
    void aDeletedCheckpointIsSignedAgainWhereAnAnchorVouchesForTheTiles() throws Exception {
        Files.delete(dir.resolve("checkpoint"));
        refused("`checkpoint` is missing", dir);
        isWhole(700, anchor());
    }

    @Test
    void tilesThatTheJournalHoldsAreMadeAgain() throws Exception {
        Files.delete(dir.resolve("tile/0/002.p/188"));
        Files.write(dir.resolve("tile/entries/002.p/188"), new byte[3]);
        isWhole(700, anchor());
    }

    @Test
    void olderTilesThatAreMissingOrCutOffAreNot() throws Exception {
        byte[] tile = Files.readAllBytes(dir.resolve("tile/0/000"));
        Files.write(dir.resolve("tile/0/000"), new byte[100]);
        refused("`tile/0/000` has 100 bytes", dir, anchor());
        Files.delete(dir.resolve("tile/0/000"));
        refused("`tile/0/000` is missing", dir, anchor());
        tile[77] ^= 4;
        Files.write(dir.resolve("tile/0/000"), tile);
        refused("was signed for other entries", dir, anchor());
    }

    @Test
    void aLogWithoutItsJournalIsRefused() throws Exception {
        for (Path file : new io.demur.log.journal.Disk().list(dir.resolve("journal"), "")) {
            Files.delete(file);
        }
        refused("was signed for 700 entries, and 0 are here", dir);
        Files.delete(dir.resolve("checkpoint"));
        refused("a log without its journal", dir);
    }

    @Test
    void anotherKeyIsRefusedUnlessTheOneThatSignedIsNamed() throws Exception {
        SigningKey next = Naive.key();
        LogSettings wrong = Naive.settings(dir, next, anchor());
        LogRefused refused = assertThrows(LogRefused.class, () -> Log.open(wrong));
        assertTrue(String.valueOf(refused.getMessage()).contains("no known key has signed"));
        LogSettings rotated =
                new LogSettings(
                        dir,
                        next,
                        List.of(key.verifier()),
                        List.of(anchor()),
                        Duration.ofHours(1),
                        broken -> {});
        try (Log log = Log.open(rotated)) {
            assertEquals(700, log.checkpoint().head().size());
        }
        assertEquals(700, Naive.checkpoint(dir, next.verifier()).head().size());
    }

    @Test
    void anotherOriginIsRefused() throws Exception {
        VerifierKey verifier = key.verifier();
        SigningKey other = Naive.key("example.com/other");
        assertTrue(!other.verifier().equals(verifier));
        LogSettings settings = Naive.settings(dir, other);
        LogRefused refused = assertThrows(LogRefused.class, () -> Log.open(settings));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("belongs to another log"),
                refused::toString);
        Path fresh = root.resolve("fresh");
        LogSettings anchored = Naive.settings(fresh, other, anchor());
        refused = assertThrows(LogRefused.class, () -> Log.open(anchored));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("is that of `example.com/log`"),
                refused::toString);
    }

    @Test
    void anAnchorThatIsNoTreeHeadSaysSo() throws Exception {
        Files.writeString(root.resolve("anchor"), "example.com/log\n700\n");
        IOException e = assertThrows(IOException.class, () -> open(dir, anchor()));
        assertTrue(String.valueOf(e.getMessage()).contains("three lines"), e::toString);
    }
}

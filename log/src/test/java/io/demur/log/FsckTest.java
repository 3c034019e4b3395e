package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.merkle.Merkle;
import io.demur.log.note.SigningKey;
import io.demur.log.tile.FolderSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the check of a whole log says, in words. */
class FsckTest {

    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);

    @TempDir Path folder = Path.of("");

    @Test
    void logsOfEverySizeNearTheEdgesAreSound() {
        for (int size : new int[] {0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 2048}) {
            Fsck.Report report = report(NaiveLog.of(NaiveLog.entries(size), KEY), size);
            assertEquals(List.of(), report.problems());
            assertEquals(report.head().root(), report.root().orElseThrow());
        }
    }

    @Test
    void aLogOfThreeLevelsIsSound() {
        int size = 256 * 256 + 256 + 3;
        NaiveLog log = NaiveLog.of(NaiveLog.entries(size), KEY);
        assertTrue(log.files().containsKey("tile/2/000.p/1"));
        assertEquals(List.of(), report(log, size).problems());
        byte[] top = log.read("tile/2/000.p/1").orElseThrow();
        top[5] ^= 1;
        assertEquals(
                List.of("`tile/2/000.p/1`: hash 0 is not that of `tile/1/000`"),
                report(log, size).problems());
    }

    @Test
    void eachProblemNamesItsFileAndItsPlace() {
        NaiveLog log = NaiveLog.of(NaiveLog.entries(1_000), KEY);
        log.read("tile/0/001").orElseThrow()[32 * 7] ^= 1;
        log.read("tile/1/000.p/3").orElseThrow()[64] ^= 1;
        log.files().remove("tile/0/002");
        log.files().put("tile/0/003.p/232", new byte[7]);
        assertEquals(
                List.of(
                        "`tile/0/001`: hash 7 is not that of entry 263",
                        "`tile/0/002` is missing",
                        "`tile/0/003.p/232` has 7 bytes instead of 7424",
                        "`tile/1/000.p/3`: hash 2 is not that of `tile/0/002`"),
                report(log, 1_000).problems());
    }

    @Test
    void aLostBundleDoesNotHideWhatElseIsWrong() {
        NaiveLog log = NaiveLog.of(NaiveLog.entries(1_000), KEY);
        log.files().remove("tile/entries/000");
        log.read("tile/0/001").orElseThrow()[0] ^= 1;
        Fsck.Report report = report(log, 1_000);
        assertEquals(
                List.of(
                        "`tile/entries/000` is missing",
                        "`tile/0/001`: hash 0 is not that of entry 256"),
                report.problems());
        assertTrue(report.root().isEmpty());
        log.files().remove("tile/0/000");
        assertEquals(3, report(log, 1_000).problemCount());
    }

    @Test
    void anotherRootIsNamed() {
        List<byte[]> entries = NaiveLog.entries(3);
        NaiveLog log = NaiveLog.of(entries, KEY);
        TreeHead head = NaiveLog.head(NaiveLog.entries(2), KEY);
        TreeHead false3 = new TreeHead(head.origin(), 3, head.root());
        List<String> problems = Fsck.check(log, false3).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().startsWith("`checkpoint`: the root of its 3 entries is "));
    }

    @Test
    void thousandsOfProblemsAreCountedAndSomeNamed() {
        int size = 256 * 900;
        Fsck.Report report =
                Fsck.check(
                        name -> Optional.empty(),
                        new TreeHead(
                                "example.com/log",
                                size,
                                NaiveLog.head(NaiveLog.entries(1), KEY).root()));
        assertEquals(Fsck.NAMED_MAX, report.problems().size());
        assertTrue(report.problemCount() > 1_800);
    }

    @Test
    void aSizeThatNoLogHasIsNotLookedThroughToItsEnd() {
        NaiveLog log = NaiveLog.of(NaiveLog.entries(1_000), KEY);
        TreeHead head = new TreeHead("example.com/log", 1_000_000_000_000_000_000L, Merkle.EMPTY);
        Fsck.Report report = Fsck.check(log, head);
        assertEquals(
                "the check ended at entry 256512 of 1000000000000000000: 1,000 bundles in a row"
                        + " cannot be read",
                report.problems().getLast());
        assertTrue(report.root().isEmpty());
        assertTrue(report.problemCount() < 2_100);
    }

    /** Partial tiles come and go while the checker walks through the folder. */
    @Test
    void aLogIsSoundWhileItIsBeingWritten() throws Exception {
        LogSettings settings = Naive.settings(folder.resolve("log"), KEY);
        FolderSource source = new FolderSource(folder.resolve("log"));
        List<String> problems = new ArrayList<>();
        try (Log log = Log.open(settings)) {
            Thread writer = Thread.ofPlatform().start(() -> publishOften(log));
            do {
                TreeHead head = new LogReader(source).checkpoint(List.of(KEY.verifier())).head();
                problems.addAll(Fsck.check(source, head).problems());
            } while (writer.isAlive() && problems.isEmpty());
            writer.join();
            assertTrue(log.size() > 1_500);
        }
        assertEquals(List.of(), problems);
    }

    private static void publishOften(Log log) {
        try {
            for (int i = 0; i < 1_600; i += 5) {
                log.append(Naive.entries(i, i + 5)).join();
                log.publish();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void earlierPartialTilesThatALossOfPowerHasSpoiltAreMendedWhenTheLogIsOpened()
            throws Exception {
        Path log = folder.resolve("log");
        try (Log written = Log.open(Naive.settings(log, KEY))) {
            for (int from : new int[] {0, 100, 200, 300, 400}) {
                written.append(Naive.entries(from, from + 100)).join();
                written.publish();
            }
        }
        Files.write(log.resolve("tile/0/001.p/44"), new byte[7]);
        Files.write(log.resolve("tile/0/001.p/144"), new byte[144 * 32]);
        Files.write(log.resolve("tile/entries/001.p/44"), new byte[0]);
        try (Log again = Log.open(Naive.settings(log, KEY))) {
            TreeHead head = again.checkpoint().head();
            assertEquals(List.of(), Fsck.check(new FolderSource(log), head).problems());
        }
    }

    @Test
    void aFolderMayHoldWhatTheLogHadAndWillHaveButNothingElse() throws IOException {
        List<byte[]> entries = NaiveLog.entries(600);
        // as it was, as it is, and what is written for the next checkpoint
        NaiveLog.of(entries.subList(0, 100), KEY).writeTo(folder);
        NaiveLog.of(entries.subList(0, 300), KEY).writeTo(folder);
        NaiveLog.of(entries, KEY).writeTo(folder);
        TreeHead head = NaiveLog.head(entries.subList(0, 300), KEY);
        Fsck.Report report = Fsck.check(new FolderSource(folder), head);
        assertEquals(List.of(), report.problems());
        assertEquals(
                List.of("5 files in `tile/` are of entries that this checkpoint does not cover"),
                report.notes());
        // where a partial tile is gone, the full one stands for it
        Files.delete(folder.resolve("tile/0/001.p/44"));
        Files.delete(folder.resolve("tile/entries/001.p/44"));
        assertTrue(Fsck.check(new FolderSource(folder), head).isSound());
        Files.createDirectories(folder.resolve("tile/9/x000"));
        Files.write(folder.resolve("tile/9/x000/000"), new byte[32]);
        Files.write(folder.resolve("tile/0/000.tmp"), new byte[32]);
        Files.write(folder.resolve("tile/0/000.p/100"), new byte[100 * 32]);
        Files.createSymbolicLink(folder.resolve("tile/0/009"), Path.of("000"));
        assertEquals(
                List.of(
                        "`tile/0/000.p/100` is not the beginning of `tile/0/000`",
                        "`tile/0/000.tmp` should not be there: `tile/0/000.tmp` names no tile",
                        "`tile/0/009` is no file",
                        "`tile/9/x000/000` should not be there: `tile/9/x000/000` is written"
                                + " `tile/9/000`"),
                Fsck.check(new FolderSource(folder), head).problems().stream().sorted().toList());
    }

    @Test
    void whatCannotBeReadIsAProblem() throws IOException {
        NaiveLog.of(NaiveLog.entries(3), KEY).writeTo(folder);
        TreeHead head = NaiveLog.head(NaiveLog.entries(3), KEY);
        Path bundle = folder.resolve("tile/entries/000.p/3");
        Files.delete(bundle);
        Files.createDirectory(bundle);
        List<String> problems = Fsck.check(new FolderSource(folder), head).problems();
        assertEquals(1, problems.size());
        assertTrue(
                problems.getFirst().startsWith("`tile/entries/000.p/3` cannot be read: "),
                problems::toString);
    }

    private static Fsck.Report report(NaiveLog log, int size) {
        return Fsck.check(log, NaiveLog.head(NaiveLog.entries(size), KEY));
    }
}

package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.SigningKey;
import io.demur.log.tile.FolderSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        int size = 256 * 1_100;
        Fsck.Report report =
                Fsck.check(
                        name -> Optional.empty(),
                        new TreeHead(
                                "example.com/log",
                                size,
                                NaiveLog.head(NaiveLog.entries(1), KEY).root()));
        assertEquals(Fsck.NAMED_MAX, report.problems().size());
        assertTrue(report.problemCount() > 2_200);
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

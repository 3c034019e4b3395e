package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.journal.Disk;
import io.demur.log.journal.ForceFailed;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.SigningKey;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/** A log that is written, published, closed and opened again, with nothing going wrong. */
class LogTest {

    private final SigningKey key = Naive.key();
    private final Path dir;

    LogTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void anEmptyLogHasACheckpoint() throws Exception {
        try (Log log = Log.open(Naive.settings(dir, key))) {
            assertEquals(0, log.size());
            assertEquals(0, log.checkpoint().head().size());
            assertEquals(Naive.ORIGIN, log.origin());
        }
        assertEquals(0, Naive.checkpoint(dir, key.verifier()).head().size());
    }

    @Test
    void entriesAreAcknowledgedPublishedAndThereAfterOpeningAgain() throws Exception {
        try (Log log = Log.open(Naive.settings(dir, key))) {
            assertEquals(0, log.append(Naive.entries(0, 3)).join());
            assertEquals(3, log.append(Naive.entries(3, 300)).join());
            assertEquals(300, log.size());
            assertEquals(0, log.checkpoint().head().size());
            assertEquals(300, log.publish().head().size());
            Naive.assertSame(Naive.entries(0, 300), Naive.check(dir, log.checkpoint().head()));
            assertEquals(300, log.append(Naive.entries(300, 700)).join());
        }
        assertEquals(700, Naive.checkpoint(dir, key.verifier()).head().size());
        try (Log log = Log.open(Naive.settings(dir, key))) {
            assertEquals(700, log.size());
            log.append(Naive.entries(700, 1000)).join();
        }
        TreeHead head = Naive.checkpoint(dir, key.verifier()).head();
        Naive.assertSame(Naive.entries(0, 1000), Naive.check(dir, head));
    }

    @Test
    void everySizeUpTo600IsRight() throws Exception {
        List<Hash> leaves = new ArrayList<>();
        try (Log log = Log.open(Naive.settings(dir, key), new FaultyDisk(), 5000)) {
            for (int i = 0; i < 600; i++) {
                List<byte[]> entry = Naive.entries(i, i + 1);
                leaves.add(Merkle.leaf(entry.getFirst()));
                assertEquals(i, log.append(entry).join());
                TreeHead head = log.publish().head();
                assertEquals(new TreeHead(Naive.ORIGIN, i + 1, Naive.root(leaves)), head);
                if (i % 37 == 0 || Math.abs(i % 256 - 255) < 3) {
                    Naive.check(dir, head);
                }
            }
        }
        assertTrue(Files.notExists(dir.resolve("tile/0/000.p")), "a partial tile is left over");
        assertTrue(Files.exists(dir.resolve("tile/0/002.p/88")));
    }

    @Test
    void aLogOfManySegmentsDropsThoseThatAreInTiles() throws Exception {
        try (Log log = Log.open(Naive.settings(dir, key), new FaultyDisk(), 4096)) {
            for (int i = 0; i < 70_000; i += 1000) {
                log.append(Naive.entries(i, i + 1000)).join();
            }
            // at each turn some of the tiles are made durable
            log.publish();
        }
        try (var files = Files.list(dir.resolve("journal"))) {
            long segments = files.filter(f -> f.toString().endsWith(".journal")).count();
            assertTrue(segments <= 2, () -> segments + " segments");
        }
        for (int round = 0; round < 3; round++) {
            int from = 70_000 + round * 100;
            try (Log log = Log.open(Naive.settings(dir, key), new FaultyDisk(), 4096)) {
                assertEquals(from, log.append(Naive.entries(from, from + 100)).join());
            }
        }
        TreeHead head = Naive.checkpoint(dir, key.verifier()).head();
        Naive.assertSame(Naive.entries(0, 70_300), Naive.check(dir, head));
    }

    @Test
    void entriesOfAnyLengthAreKept() throws Exception {
        List<byte[]> entries =
                List.of(new byte[0], new byte[65_535], new byte[1], new byte[0], new byte[32_768]);
        try (Log log = Log.open(Naive.settings(dir, key))) {
            log.append(entries).join();
        }
        Naive.assertSame(entries, Naive.check(dir, Naive.checkpoint(dir, key.verifier()).head()));
    }

    @Test
    void whatNoLogCanHoldIsRefused() throws Exception {
        try (Log log = Log.open(Naive.settings(dir, key))) {
            refuses(log, List.of());
            refuses(log, List.of(new byte[65_536]));
            refuses(log, Naive.entries(0, 4097));
            List<byte[]> large = new ArrayList<>();
            for (int i = 0; i < 65; i++) {
                large.add(new byte[65_535]);
            }
            refuses(log, large);
            assertEquals(0, log.append(large.subList(0, 64)).join());
            assertEquals(64, log.append(Naive.entries(0, 4096)).join());
        }
    }

    private static void refuses(Log log, List<byte[]> entries) {
        assertThrows(IllegalArgumentException.class, () -> log.append(entries));
    }

    @Test
    void tooMuchThatWaitsIsRefusedUntilThereIsRoom() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        Disk slow =
                new Disk() {
                    @Override
                    public void force(FileChannel file, boolean metadata) throws ForceFailed {
                        if (!metadata) {
                            awaitQuietly(disk);
                        }
                        super.force(file, metadata);
                    }
                };
        try (Log log = Log.open(Naive.settings(dir, key), slow, 1 << 20)) {
            List<CompletableFuture<Long>> waiting = new ArrayList<>();
            CompletableFuture<Long> last = log.append(Naive.entries(0, 4096));
            while (!last.isCompletedExceptionally()) {
                waiting.add(last);
                last = log.append(Naive.entries(0, 4096));
            }
            CompletionException busy = assertThrows(CompletionException.class, last::join);
            assertInstanceOf(LogBusy.class, busy.getCause());
            disk.countDown();
            for (int i = 0; i < waiting.size(); i++) {
                assertEquals(i * 4096L, waiting.get(i).join());
            }
            assertEquals(waiting.size() * 4096L, log.append(Naive.entries(0, 1)).join());
        }
    }

    @Test
    void callersAreToldToWaitBeforeTheirBytesFillTheMemory() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        Disk slow =
                new Disk() {
                    @Override
                    public void force(FileChannel file, boolean metadata) throws ForceFailed {
                        if (Thread.currentThread().getName().equals("log-writer")) {
                            awaitQuietly(disk);
                        }
                        super.force(file, metadata);
                    }
                };
        // one array 63 times over: 4 MiB to the log, and nothing to this test
        List<byte[]> large = Collections.nCopies(63, new byte[65_535]);
        try (Log log = Log.open(Naive.settings(dir, key), slow, 1 << 20)) {
            int taken = 0;
            CompletableFuture<Long> last = log.append(large);
            while (!last.isCompletedExceptionally() && taken < 40) {
                taken++;
                last = log.append(large);
            }
            // 16 wait, and one may be on its way to the disk
            assertTrue(taken == 16 || taken == 17, taken + " were taken");
            CompletionException busy = assertThrows(CompletionException.class, last::join);
            assertInstanceOf(LogBusy.class, busy.getCause());
            disk.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closingTwiceIsClosingOnceAndNothingIsTakenAfterwards() throws Exception {
        Log log = Log.open(Naive.settings(dir, key));
        CompletableFuture<Long> last = log.append(Naive.entries(0, 1));
        log.close();
        log.close();
        assertEquals(0, last.join());
        assertThrows(IllegalStateException.class, () -> log.append(Naive.entries(1, 2)));
    }

    @Test
    void whatHangsOnAFutureCannotHarmTheLog() throws Exception {
        try (Log log = Log.open(Naive.settings(dir, key))) {
            for (int i = 0; i < 50; i++) {
                CompletableFuture<Long> written = log.append(Naive.entries(i, i + 1));
                CompletableFuture<?> unused =
                        written.thenRun(
                                () -> {
                                    Thread.currentThread().interrupt();
                                    throw new StackOverflowError("of a caller");
                                });
                written.join();
            }
        }
        boolean unused = Thread.interrupted(); // what hangs on a future that is done runs here
        Naive.assertSame(
                Naive.entries(0, 50),
                Naive.check(dir, Naive.checkpoint(dir, key.verifier()).head()));
    }

    @Test
    void anyInterleavingKeepsEachCallersOrderAndEveryCheckpointIsAPrefix() {
        Property.check(
                12,
                gen -> {
                    Path folder = Files.createTempDirectory(dir, "log");
                    long segment = gen.between(100, 20_000);
                    List<TreeHead> published = new ArrayList<>();
                    List<List<Long>> indices = new ArrayList<>();
                    List<List<List<byte[]>>> batches = new ArrayList<>();
                    try (Log log = Log.open(Naive.settings(folder, key), new Disk(), segment)) {
                        List<Thread> callers = new ArrayList<>();
                        for (int caller = gen.between(1, 5); caller > 0; caller--) {
                            List<List<byte[]>> mine = new ArrayList<>();
                            for (int i = gen.between(1, 30); i > 0; i--) {
                                List<byte[]> batch = new ArrayList<>();
                                for (int k = gen.between(1, gen.oneIn(9) ? 600 : 5); k > 0; k--) {
                                    batch.add(gen.bytes(gen.oneIn(9) ? 3000 : 40));
                                }
                                mine.add(batch);
                            }
                            List<Long> at = new ArrayList<>();
                            batches.add(mine);
                            indices.add(at);
                            callers.add(Thread.ofPlatform().start(() -> call(log, mine, at)));
                        }
                        for (int i = gen.between(0, 5); i > 0; i--) {
                            published.add(log.publish().head());
                        }
                        for (Thread caller : callers) {
                            caller.join();
                        }
                    }
                    TreeHead head = Naive.checkpoint(folder, key.verifier()).head();
                    published.add(head);
                    List<byte[]> all = Naive.check(folder, head);
                    for (int caller = 0; caller < batches.size(); caller++) {
                        long before = -1;
                        for (int i = 0; i < batches.get(caller).size(); i++) {
                            long first = indices.get(caller).get(i);
                            assertTrue(first > before, "a caller's entries changed their order");
                            before = first;
                            for (byte[] entry : batches.get(caller).get(i)) {
                                assertArrayEquals(entry, all.get((int) before++));
                            }
                            before--;
                        }
                    }
                    for (TreeHead each : published) {
                        assertEquals(
                                Naive.root(
                                        all.subList(0, (int) each.size()).stream()
                                                .map(Merkle::leaf)
                                                .toList()),
                                each.root());
                    }
                });
    }

    /** Appends all without waiting, and takes down where they stand. */
    private static void call(Log log, List<List<byte[]>> batches, List<Long> at) {
        batches.stream().map(log::append).toList().forEach(written -> at.add(written.join()));
    }
}

package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.merkle.Merkle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Each call that a log makes to the operating system fails in turn: while it appends, begins files,
 * publishes and drops files, and while it is opened again. Of the ways to fail that differ little
 * from the plain one, every build tries each fifth call; {@code -Dfaults=all} tries all.
 */
class FaultTest {

    private static final int SEGMENT_BYTES = 1500;

    private final Path dir;
    private final SplittableRandom random = new SplittableRandom(1);

    FaultTest(@TempDir Path dir) {
        this.dir = dir;
    }

    /** One log, with all that it said. */
    private static final class Subject {
        private final Path root;
        private final Witnessed said;
        private final FaultyDisk disk = new FaultyDisk();
        private final AtomicInteger told = new AtomicInteger();
        private final CountDownLatch broken = new CountDownLatch(1);
        private byte[] lastCheckpoint = new byte[0];

        Subject(Path root) throws IOException {
            this.root = Files.createDirectory(root);
            this.said = new Witnessed(root);
        }

        LogSettings settings() throws IOException {
            return new LogSettings(
                    root.resolve("log"),
                    Victim.key(root),
                    List.of(new FileAnchor(root.resolve("anchor"), disk)),
                    Duration.ofHours(1),
                    why -> {
                        told.incrementAndGet();
                        broken.countDown();
                    });
        }

        Log open() throws IOException, LogRefused {
            return Log.open(settings(), disk, SEGMENT_BYTES);
        }

        /** Appends, and takes down what came of it. */
        boolean append(Log log, int count) throws InterruptedException {
            List<byte[]> entries = Naive.entries((int) log.size(), (int) log.size() + count);
            try {
                long first = log.append(entries).join();
                for (int i = 0; i < count; i++) {
                    said.acknowledge(first + i, Merkle.leaf(entries.get(i)).toString());
                }
                return true;
            } catch (CompletionException e) {
                if (e.getCause() instanceof LogBroken) {
                    checkBroken();
                } else {
                    assertInstanceOf(LogFull.class, e.getCause());
                }
                return false;
            }
        }

        void publish(Log log) throws IOException, InterruptedException {
            try {
                TreeHead head = log.publish().head();
                assertEquals(log.size(), head.size());
                said.head(head.size(), head.root());
            } catch (IOException e) {
                if (e.getCause() instanceof LogBroken) {
                    checkBroken();
                }
            }
            Path checkpoint = root.resolve("log/checkpoint");
            if (told.get() > 0) {
                assertArrayEquals(lastCheckpoint, Files.readAllBytes(checkpoint));
            }
            said.look();
        }

        private void checkBroken() throws InterruptedException {
            assertTrue(broken.await(10, TimeUnit.SECONDS), "nobody was told");
            if (lastCheckpoint.length == 0) {
                try {
                    lastCheckpoint = Files.readAllBytes(root.resolve("log/checkpoint"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }

        /** Writes a log that has a bit of everything, and publishes it. */
        void work(Log log) throws IOException, InterruptedException {
            for (int i = 0; i < 2; i++) {
                append(log, 100);
                append(log, 70);
                publish(log);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void eachCallOfAWritingLogFails(FaultyDisk.Fault fault) throws Exception {
        Map<String, Integer> failed = new TreeMap<>();
        boolean hit = true;
        for (int at = 0; hit; at += step(fault)) {
            Subject subject = new Subject(dir.resolve("log-" + at));
            try (Log log = subject.open()) {
                subject.append(log, 3);
                subject.publish(log);
                subject.disk.arm(fault, at);
                subject.work(log);
                hit = subject.disk.hit();
                goesOnOrIsBroken(subject, log, fault);
            } catch (IOException e) {
                assertTrue(hit, e::toString);
            }
            failed.merge(subject.disk.failed(), 1, Integer::sum);
            if (fault == FaultyDisk.Fault.POWER) {
                subject.disk.losePower(random);
            }
            subject.said.check(new FaultyDisk());
        }
        System.out.println(fault + ": " + failed);
        assertTrue(failed.size() >= 4, failed::toString);
    }

    private static int step(FaultyDisk.Fault fault) {
        boolean all = System.getProperty("faults", "").equals("all");
        return switch (fault) {
            case ONCE, POWER -> 1;
            case TWICE, SHORT, FULL -> all ? 1 : 5;
        };
    }

    /** What no fsync error has stopped must work again once the disk does. */
    private void goesOnOrIsBroken(Subject subject, Log log, FaultyDisk.Fault fault)
            throws IOException, InterruptedException {
        if (fault == FaultyDisk.Fault.POWER) {
            return;
        }
        subject.disk.heal();
        if (subject.disk.forceFailed()) {
            assertTrue(subject.broken.await(10, TimeUnit.SECONDS), "a failed force was swallowed");
        }
        boolean appended = subject.append(log, 5);
        if (subject.told.get() > 0) {
            assertEquals(1, subject.told.get());
            assertTrue(!appended, "a broken log goes on");
            assertThrows(IOException.class, log::publish);
        } else {
            assertTrue(appended, "the log does not go on");
            assertEquals(log.size(), log.publish().head().size());
            assertTrue(log.unpublished().isEmpty());
        }
        subject.publish(log);
    }

    /** After a failed force the pages read well, and are nevertheless not on the disk. */
    @Test
    void whatReadsWellAfterAFailedForceIsWrittenAnewBeforeItIsBuiltUpon() throws Exception {
        Subject subject = new Subject(dir.resolve("log"));
        try (Log log = subject.open()) {
            subject.append(log, 3);
            subject.publish(log);
            subject.disk.arm(FaultyDisk.Fault.ONCE, 1); // after the write of the frame
            assertFalse(subject.append(log, 4));
            assertTrue(subject.disk.forceFailed());
        }
        subject.disk.heal();
        try (Log log = subject.open()) {
            assertEquals(7, log.size());
            assertTrue(subject.append(log, 5));
            TreeHead head = log.publish().head();
            subject.said.head(head.size(), head.root());
        }
        subject.disk.losePower(random);
        subject.said.check(new FaultyDisk());
    }

    @Test
    void whatIsFullIsOnDiskWithItsNameBeforeTheJournalIsDropped() throws Exception {
        Subject subject = new Subject(dir.resolve("log"));
        try (Log log = subject.open()) {
            subject.append(log, 512);
            subject.publish(log);
            for (String name : List.of("0/000", "0/001", "entries/000", "entries/001")) {
                Path file = subject.root.resolve("log/tile").resolve(name);
                assertTrue(subject.disk.isDurable(file), name);
            }
        }
    }

    @Test
    void whatWasDurableIsNotPutInPlaceAgain() throws Exception {
        Subject subject = new Subject(dir.resolve("log"));
        try (Log log = subject.open()) {
            for (int i = 0; i < 7; i++) {
                subject.append(log, 90);
            }
            subject.publish(log);
        }
        Path bundle = subject.root.resolve("log/tile/entries/001");
        Object before = Files.getAttribute(bundle, "unix:ino");
        try (Log log = subject.open()) {
            assertEquals(630, log.size());
            assertFalse(Files.exists(subject.root.resolve("log/journal/0000000000000000.journal")));
        }
        assertEquals(before, Files.getAttribute(bundle, "unix:ino"));
    }

    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void eachCallOfALogThatIsOpenedAgainFails(FaultyDisk.Fault fault) throws Exception {
        boolean hit = true;
        for (int at = 0; hit; at += step(fault)) {
            Subject subject = new Subject(dir.resolve("log-" + at));
            try (Log log = subject.open()) {
                subject.work(log);
                // so that it ends as if it had been killed, with entries that are not published
                subject.append(log, 30);
                subject.disk.arm(FaultyDisk.Fault.POWER, 0);
            } catch (IOException e) {
                assertTrue(subject.disk.hit(), e::toString);
            }
            subject.disk.heal();
            subject.disk.losePower(random);
            subject.disk.arm(fault, at);
            try (Log log = subject.open()) {
                subject.said.head(log.checkpoint().head().size(), log.checkpoint().head().root());
            } catch (IOException | LogRefused e) {
                assertTrue(subject.disk.hit(), e::toString);
            }
            hit = subject.disk.hit();
            subject.said.look();
            if (fault == FaultyDisk.Fault.POWER) {
                subject.disk.losePower(random);
            }
            subject.said.check(new FaultyDisk());
        }
    }
}

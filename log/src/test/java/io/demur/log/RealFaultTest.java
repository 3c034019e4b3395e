package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.log.journal.Disk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Errors of the operating system itself: system calls that fail, and a disk that is full. */
class RealFaultTest {

    private final Path dir;

    RealFaultTest(@TempDir Path dir) {
        this.dir = dir;
    }

    /**
     * @param call the system call
     * @param error what it fails with
     * @param when the first of its calls, in each thread, that fails, and how many after it
     */
    @ParameterizedTest
    @CsvSource({
        "fdatasync, EIO, 1",
        "fdatasync, EIO, 7",
        "fdatasync, ENOSPC, 3",
        "fsync, EIO, 1",
        "fsync, EIO, 9",
        "pwrite64, ENOSPC, 5",
        "pwrite64, ENOSPC, 5+2",
        "pwrite64, EIO, 3+3",
        "ftruncate, EIO, 1"
    })
    void aSystemCallFails(String call, String error, String when) throws Exception {
        assumeTrue(runs("strace", "-e", "inject=none:error=EIO", "true"), "strace cannot be used");
        Victim.key(dir);
        Witnessed said = new Witnessed(dir);
        String inject = "inject=%s:error=%s:when=%s".formatted(call, error, when);
        Process process =
                Witnessed.start(
                        dir,
                        3,
                        60,
                        "strace",
                        "-f",
                        "-o",
                        "/dev/null",
                        "-e",
                        inject,
                        "-e",
                        "trace=" + call);
        List<String> lines = said.listen(process, "-", () -> {});
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
        boolean ended = lines.stream().anyMatch(line -> line.matches("(closed|unclosed) .*"));
        boolean broken = lines.stream().anyMatch(line -> line.startsWith("broken "));
        boolean unopened = lines.stream().anyMatch(line -> line.startsWith("unopened "));
        assertTrue(ended || broken || unopened, lines::toString);
        if (call.equals("fdatasync")) {
            assertTrue(broken && !ended, () -> "an fsync error did not stop it: " + lines);
        }
        said.check();
    }

    @Test
    void aDiskThatWasFullIsUsedAgainOnceThereIsRoom() throws Exception {
        Path mount = Files.createDirectory(dir.resolve("small"));
        assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.toString()),
                "only root can mount a small disk");
        try {
            Path ballast = mount.resolve("ballast");
            Files.write(ballast, new byte[1 << 20]);
            Victim.key(dir);
            Files.createSymbolicLink(dir.resolve("log"), mount.resolve("log"));
            Files.createDirectory(mount.resolve("log"));
            LogSettings settings =
                    new LogSettings(
                            dir.resolve("log"),
                            Victim.key(dir),
                            List.of(new FileAnchor(dir.resolve("anchor"))),
                            Duration.ofMillis(50),
                            broken -> {});
            int acknowledged = 0;
            try (Log log = Log.open(settings, new Disk(), 64 << 10)) {
                acknowledged = fill(log, 0);
                assertTrue(acknowledged > 0 && log.size() == acknowledged);
                // what has been published may have made some room
                acknowledged = fill(log, acknowledged);
                Files.delete(ballast);
                int more = fill(log, acknowledged);
                assertTrue(more > acknowledged + 1000, "what was full once stays full");
                assertEquals(log.size(), more);
            }
        } catch (IOException e) {
            // the last checkpoint did not fit; the entries do
        } finally {
            assertTrue(runs("mount", "-o", "remount,size=16m", mount.toString()));
            try {
                new Witnessed(dir).check();
            } finally {
                assertTrue(runs("umount", mount.toString()));
            }
        }
    }

    /** Appends until the disk is full, and says how many entries there are then. */
    private static int fill(Log log, int from) {
        int next = from;
        while (true) {
            List<byte[]> entries = Naive.entries(next, next + 50);
            try {
                assertEquals(next, log.append(entries).join());
                next += 50;
            } catch (CompletionException e) {
                assertTrue(e.getCause() instanceof LogFull, e::toString);
                return next;
            }
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}

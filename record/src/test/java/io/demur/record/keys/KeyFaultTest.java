package io.demur.record.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.journal.Claim;
import io.demur.log.journal.Disk;
import io.demur.log.journal.ForceFailed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys while the disk fails, a process is killed, or another changes them too. */
class KeyFaultTest {

    private static final byte[] CONTEXT = {1};

    /** A disk that takes down what it is told, and fails at one call and all after it. */
    private static final class Noting extends Disk {
        private final List<String> calls = new ArrayList<>();
        private int left = Integer.MAX_VALUE;

        private void call(String name) throws IOException {
            if (left-- <= 0) {
                throw new IOException("killed at " + name);
            }
            calls.add(name);
        }

        @Override
        public int write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
            boolean zeros = true;
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                zeros &= bytes.get(i) == 0;
            }
            call(zeros ? "zeros" : "write");
            return super.write(file, bytes, at);
        }

        @Override
        public void force(FileChannel file, boolean metadata) throws ForceFailed {
            try {
                call("force");
            } catch (IOException e) {
                throw new ForceFailed("killed", e);
            }
        }

        @Override
        public void forceFolder(Path folder) throws ForceFailed {
            try {
                call("force folder");
            } catch (IOException e) {
                throw new ForceFailed("killed", e);
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            call("rename");
            super.rename(from, to);
        }

        @Override
        public void delete(Path file) throws IOException {
            call("delete");
            super.delete(file);
        }
    }

    @TempDir Path folder = Path.of("");
    private final Noting disk = new Noting();

    private Path keys() {
        return folder.resolve("keys");
    }

    private KeyRing open() throws IOException {
        return KeyRing.open(
                new KeyFolder(keys(), disk), InstantSource.system(), new SecureRandom());
    }

    private KeyRing begun() throws IOException {
        KeyRing ring = KeyRing.make(keys(), InstantSource.system(), new SecureRandom());
        ring.createLog("demur.invalid/test");
        ring.create(Key.Purpose.BODIES);
        return ring;
    }

    @Test
    void aKeyIsOnDiskBeforeItHasItsName() throws Exception {
        begun();
        KeyRing ring = open();
        disk.calls.clear();
        ring.prepare(Key.Purpose.BODIES);
        assertEquals(List.of("write", "force", "rename", "force folder"), disk.calls);
    }

    @Test
    void aDestroyedKeyLosesItsNameAndThenItsBytesAndThenItsFile() throws Exception {
        Key before = begun().current(Key.Purpose.BODIES).orElseThrow();
        KeyRing ring = open();
        ring.rotate(Key.Purpose.BODIES);
        disk.calls.clear();
        ring.destroy(before.id());
        assertEquals(
                List.of("rename", "force folder", "zeros", "force", "delete", "force folder"),
                disk.calls);
    }

    @Test
    void aDestructionThatIsCutShortAnywhereLocksNobodyOutAndIsFinished() throws Exception {
        begun();
        for (int calls = 0; calls < 6; calls++) {
            KeyRing first = open();
            Key before = first.current(Key.Purpose.BODIES).orElseThrow();
            byte[] wrapped = first.bodies().wrap(CONTEXT, CONTEXT);
            first.rotate(Key.Purpose.BODIES);
            disk.left = calls;
            assertThrows(IOException.class, () -> first.destroy(before.id()));
            disk.left = Integer.MAX_VALUE;
            KeyRing again = open();
            if (again.find(before.id()).isPresent()) {
                assertEquals(0, calls, "it was renamed, and yet is there");
                assertArrayEquals(CONTEXT, again.bodies().unwrap(wrapped, CONTEXT).orElseThrow());
                again.destroy(before.id());
            }
            assertTrue(again.bodies().unwrap(wrapped, CONTEXT).isEmpty());
            try (Stream<Path> files = Files.list(keys())) {
                assertEquals(
                        List.of(),
                        files.filter(it -> it.toString().contains(before.id())).toList());
            }
        }
    }

    @Test
    void twoThatChangeKeysAtOnceDestroyNothing() throws Exception {
        begun();
        List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            KeyRing ring = KeyRing.open(keys());
            threads.add(Thread.ofPlatform().start(() -> prepareTen(ring, failed)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failed);
        assertEquals(1 + 4 * 10, KeyRing.open(keys()).all(Key.Purpose.BODIES).size());
    }

    private static void prepareTen(KeyRing ring, List<Throwable> failed) {
        try {
            for (int i = 0; i < 10; i++) {
                ring.prepare(Key.Purpose.BODIES);
            }
        } catch (IOException | RuntimeException e) {
            failed.add(e);
        }
    }

    @Test
    void whoeverOnlyReadsWritesNothingWhileAnotherChangesKeys() throws Exception {
        KeyRing ring = begun();
        Key before = ring.current(Key.Purpose.BODIES).orElseThrow();
        Key after = ring.prepare(Key.Purpose.BODIES);
        // another is in the middle of `promote`, and of writing a key
        new KeyFolder(keys())
                .patch(KeyFile.name(after), KeyFile.STATE_AT, new byte[] {'c', 'u', 'r', 'r'});
        new KeyFolder(keys())
                .patch(KeyFile.name(after), KeyFile.STATE_AT + 4, new byte[] {'e', 'n', 't'});
        Path left = Files.writeString(keys().resolve("bodies-12345678.key.new"), "secret");
        Claim other = Claim.on(keys().resolve(".lock"));
        try {
            KeyRing seen = open();
            assertEquals(after.id(), seen.current(Key.Purpose.BODIES).orElseThrow().id());
            assertEquals(Key.State.LEAVING, seen.find(before.id()).orElseThrow().state());
            assertEquals(List.of(), disk.calls);
            assertTrue(Files.exists(left));
        } finally {
            other.release(true);
        }
        open();
        assertFalse(Files.exists(left));
    }

    @Test
    void theIdOfAWrappedSecretIsAuthenticated() throws Exception {
        // two names of one key: nothing but the header tells them apart
        byte[] key = new byte[32];
        WrappedKeys wraps =
                new WrappedKeys(
                        () -> "aaaaaaaa", id -> Optional.of(key.clone()), new SecureRandom());
        byte[] wrapped = wraps.wrap(CONTEXT, CONTEXT);
        assertArrayEquals(CONTEXT, wraps.unwrap(wrapped, CONTEXT).orElseThrow());
        wrapped[2] = 'b';
        assertThrows(IllegalArgumentException.class, () -> wraps.unwrap(wrapped, CONTEXT));
    }
}

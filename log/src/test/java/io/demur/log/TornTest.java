package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.SigningKey;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Journals whose last frame was being written when the process ended, and journals in which
 * something else is wrong. The log has 40 entries that are published, and 20 in the last frame that
 * are not.
 */
class TornTest {

    private static final int HEADER = 64;
    private static final int SEGMENT_BYTES = 400;

    private final SigningKey key = Naive.key();
    private final Path dir;
    private final Path saved;
    private List<Path> segments = new ArrayList<>();
    private byte[] tail = new byte[0];
    private int lastFrame;

    TornTest(@TempDir Path dir) {
        this.dir = dir.resolve("log");
        this.saved = dir.resolve("saved");
    }

    private Log open() throws IOException, LogRefused {
        return Log.open(Naive.settings(dir, key), new FaultyDisk(), SEGMENT_BYTES);
    }

    @BeforeEach
    void write() throws Exception {
        try (Log log = open()) {
            log.append(Naive.entries(0, 34)).join();
            log.append(Naive.entries(34, 37)).join();
            log.append(Naive.entries(37, 40)).join();
        }
        try (Stream<Path> files = Files.list(dir.resolve("journal"))) {
            segments = files.filter(f -> f.toString().endsWith(".journal")).sorted().toList();
        }
        assertEquals(2, segments.size());
        lastFrame = (int) Files.size(segments.getLast());
        copy(dir, saved);
        try (Log log = open()) {
            log.append(Naive.entries(40, 60)).join();
        }
        tail = Files.readAllBytes(segments.getLast());
        assertTrue(lastFrame > HEADER && tail.length > lastFrame + 100);
    }

    /** The log as it was before the last frame, with this instead of the last segment. */
    private void put(byte[] last) throws IOException {
        clear(dir);
        copy(saved, dir);
        Files.writeString(dir.resolve("journal/lock"), "1"); // it did not end in good order
        Files.write(segments.getLast(), last);
    }

    private void recovers(byte[] last, int entries) throws Exception {
        put(last);
        try (Log log = open()) {
            assertEquals(entries, log.checkpoint().head().size());
            assertEquals(entries, log.append(Naive.entries(entries, 63)).join());
        }
        TreeHead head = Naive.checkpoint(dir, key.verifier()).head();
        Naive.assertSame(Naive.entries(0, 63), Naive.check(dir, head));
    }

    private void refuses(byte[] last) throws IOException {
        put(last);
        String before = contents(dir);
        LogRefused refused = assertThrows(LogRefused.class, this::open);
        assertTrue(String.valueOf(refused.getMessage()).contains("damaged"), refused::toString);
        assertEquals(before, contents(dir), "what was refused was changed");
    }

    @Test
    void aLastFrameThatEndsAtAnyByteIsCutOff() throws Exception {
        for (int length = lastFrame; length < tail.length; length++) {
            recovers(Arrays.copyOf(tail, length), 40);
        }
        recovers(tail, 60);
    }

    @Test
    void aLastFrameWhoseRestIsZerosOrRubbishIsCutOff() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        for (int from = lastFrame; from < tail.length; from += 23) {
            byte[] zeros = tail.clone();
            Arrays.fill(zeros, from, tail.length, (byte) 0);
            recovers(zeros, 40);
            byte[] rubbish = new byte[tail.length - from];
            random.nextBytes(rubbish);
            byte[] longer = Arrays.copyOf(tail, tail.length + random.nextInt(100));
            System.arraycopy(rubbish, 0, longer, from, rubbish.length);
            recovers(longer, 40);
        }
    }

    @Test
    void aLastFrameWithAnyFlippedBitIsCutOff() throws Exception {
        for (int bit = lastFrame * 8; bit < tail.length * 8; bit += 61) {
            recovers(flipped(tail, bit), 40);
        }
    }

    @Test
    void aFlippedBitAnywhereElseIsRefused() throws Exception {
        for (int bit = 0; bit < lastFrame * 8; bit += 17) {
            refuses(flipped(tail, bit));
        }
        byte[] first = Files.readAllBytes(segments.getFirst());
        for (int bit = 0; bit < first.length * 8; bit += 53) {
            put(tail);
            Files.write(segments.getFirst(), flipped(first, bit));
            assertThrows(LogRefused.class, this::open);
        }
    }

    @Test
    void aFlippedBitInWhatWasSignedIsRefusedAlsoInTheLastFrame() throws Exception {
        byte[] whole = Files.readAllBytes(saved.resolve("journal").resolve(name(1)));
        for (int bit = HEADER * 8; bit < whole.length * 8; bit += 53) {
            put(flipped(whole, bit));
            LogRefused refused = assertThrows(LogRefused.class, this::open);
            String message = String.valueOf(refused.getMessage());
            // nothing but what was signed tells the last frame from one that was not finished
            assertTrue(
                    message.contains("signed for 40 entries") || message.contains("damaged at"),
                    message);
        }
    }

    @Test
    void partsThatAreMissingExchangedOrDoubledAreRefused() throws Exception {
        put(tail);
        Files.delete(segments.getFirst());
        assertThrows(LogRefused.class, this::open);
        put(tail);
        Files.delete(segments.getLast());
        assertThrows(LogRefused.class, this::open);
        put(tail);
        Files.copy(segments.getLast(), dir.resolve("journal/0000000000000060.journal"));
        assertThrows(LogRefused.class, this::open);
        put(tail);
        Files.copy(segments.getLast(), dir.resolve("journal/other.journal"));
        assertThrows(LogRefused.class, this::open);
        // a frame twice
        byte[] twice = Arrays.copyOf(tail, 2 * tail.length - lastFrame);
        System.arraycopy(tail, lastFrame, twice, tail.length, tail.length - lastFrame);
        refuses(twice);
    }

    private String name(int segment) {
        return String.valueOf(segments.get(segment).getFileName());
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** All files of a folder but the lock, with their contents. */
    private static String contents(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("lock")) {
                    all.append(file).append(Arrays.hashCode(Files.readAllBytes(file)));
                }
            }
        }
        return all.toString();
    }
}

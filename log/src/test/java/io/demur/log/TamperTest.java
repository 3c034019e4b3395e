package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.Malformed;
import io.demur.log.note.SigningKey;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whatever is changed in a log of 1,000 entries after it was signed is found.
 *
 * <p>{@code -Dthorough=true} flips every bit of every file; otherwise it is every bit of the
 * checkpoint and of the topmost tile, and one bit of every fifth byte elsewhere.
 */
class TamperTest {

    private static final int SIZE = 1_000;
    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");

    private final List<byte[]> entries = NaiveLog.entries(SIZE);
    private final NaiveLog log = NaiveLog.of(entries, KEY);
    private final TreeHead head = NaiveLog.head(entries, KEY);

    @Test
    void theLogIsSoundBeforeItIsTouched() {
        assertTrue(sound(log));
        assertEquals(
                List.of(
                        "checkpoint",
                        "tile/0/000",
                        "tile/0/001",
                        "tile/0/002",
                        "tile/0/003.p/232",
                        "tile/1/000.p/3",
                        "tile/entries/000",
                        "tile/entries/001",
                        "tile/entries/002",
                        "tile/entries/003.p/232"),
                List.copyOf(log.files().keySet()));
    }

    @Test
    void everyFlippedBitIsFound() {
        long flips = 0;
        for (Map.Entry<String, byte[]> file : log.files().entrySet()) {
            byte[] bytes = file.getValue();
            boolean each =
                    THOROUGH
                            || file.getKey().startsWith("tile/1/")
                            || file.getKey().equals("checkpoint");
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                if (!each && bit % 40 != (bit / 40) % 40) {
                    continue;
                }
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                String at = "bit %d of %s".formatted(bit, file.getKey());
                if (file.getKey().equals("checkpoint")) {
                    assertFalse(sound(log), at);
                } else {
                    // the checkpoint is as it was: only the files need to be looked at
                    assertTrue(fails(log), at);
                }
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
                flips++;
            }
        }
        assertTrue(sound(log));
        System.out.println("TamperTest: " + flips + " flipped bits, each found");
    }

    @Test
    void everyMissingFileIsFound() {
        for (String name : List.copyOf(log.files().keySet())) {
            byte[] bytes = log.files().remove(name);
            assertFalse(sound(log), name);
            log.files().put(name, bytes);
        }
    }

    @Test
    void everyCutOrLengthenedFileIsFound() {
        for (Map.Entry<String, byte[]> file : new TreeMap<>(log.files()).entrySet()) {
            byte[] bytes = file.getValue();
            for (int length : new int[] {0, 1, 32, bytes.length - 32, bytes.length - 1}) {
                log.files().put(file.getKey(), Arrays.copyOf(bytes, length));
                assertFalse(sound(log), file.getKey());
            }
            for (int more : new int[] {1, 2, 32}) {
                log.files().put(file.getKey(), Arrays.copyOf(bytes, bytes.length + more));
                assertFalse(sound(log), file.getKey());
            }
            log.files().put(file.getKey(), bytes);
        }
    }

    @Test
    void entriesTakenOutMovedDoubledOrAddedAreFoundHoweverWellTheTilesAreMade() {
        byte[] signed = log.files().get("checkpoint");
        for (int at = 0; at < SIZE; at += 37) {
            List<List<byte[]>> histories = new ArrayList<>();
            List<byte[]> without = new ArrayList<>(entries);
            byte[] taken = without.remove(at);
            histories.add(without);
            List<byte[]> replaced = new ArrayList<>(entries);
            replaced.set(at, "{\"n\":\"another\"}".getBytes(StandardCharsets.UTF_8));
            histories.add(replaced);
            List<byte[]> moved = new ArrayList<>(without);
            moved.add((at + 500) % SIZE, taken);
            histories.add(moved);
            List<byte[]> doubled = new ArrayList<>(entries);
            doubled.add(at, taken);
            histories.add(doubled);
            List<byte[]> shifted = new ArrayList<>(doubled);
            shifted.remove((at + 500) % SIZE);
            histories.add(shifted);
            for (List<byte[]> history : histories) {
                NaiveLog forged = NaiveLog.tiles(history);
                forged.files().put("checkpoint", signed);
                assertFalse(sound(forged), "entry " + at);
            }
        }
    }

    @Test
    void aRollbackSignedAnewIsFoundByWhoRemembersTheLongerLog() {
        for (int size : new int[] {0, 1, 255, 256, 257, 512, 999}) {
            List<byte[]> fewer = entries.subList(0, size);
            NaiveLog shorter = NaiveLog.of(fewer, KEY);
            assertTrue(sound(shorter));
            Optional<String> fault = Fsck.since(head, shorter, NaiveLog.head(fewer, KEY));
            assertTrue(fault.orElse("").startsWith("rolled back"), fault::toString);
        }
    }

    @Test
    void aForkSignedAnewIsFoundByWhoRemembersTheOtherBranch() {
        for (int at = 0; at < SIZE; at += 111) {
            List<byte[]> other = new ArrayList<>(entries);
            other.set(at, new byte[] {1});
            other.addAll(NaiveLog.entries(50));
            NaiveLog forked = NaiveLog.of(other, KEY);
            assertTrue(sound(forked));
            Optional<String> fault = Fsck.since(head, forked, NaiveLog.head(other, KEY));
            assertTrue(fault.orElse("").startsWith("forked"), fault::toString);
        }
    }

    @Test
    void growthIsNoFault() {
        List<byte[]> more = NaiveLog.entries(SIZE + 300);
        for (int size = 0; size <= SIZE + 300; size += 50) {
            TreeHead earlier = NaiveLog.head(more.subList(0, size), KEY);
            assertEquals(
                    Optional.empty(),
                    Fsck.since(earlier, NaiveLog.of(more, KEY), NaiveLog.head(more, KEY)));
        }
    }

    @Test
    void anotherKeyIsFoundByWhoPinnedTheFirst() {
        NaiveLog rekeyed = NaiveLog.of(entries, TestKeys.of("example.com/log", 2));
        assertFalse(sound(rekeyed));
        NaiveLog renamed = NaiveLog.of(entries, TestKeys.of("example.com/other", 1));
        assertFalse(sound(renamed));
    }

    private static boolean sound(NaiveLog log) {
        Optional<byte[]> bytes = log.read("checkpoint");
        if (bytes.isEmpty()) {
            return false;
        }
        try {
            Checkpoint checkpoint = Checkpoint.open(bytes.get(), List.of(KEY.verifier()));
            return Fsck.check(log, checkpoint.head()).isSound();
        } catch (Malformed e) {
            return false;
        }
    }

    private boolean fails(NaiveLog log) {
        try {
            Fsck.check(
                    log,
                    head,
                    problem -> {
                        throw new Found();
                    });
            return false;
        } catch (Found e) {
            return true;
        }
    }

    /** Ends a check at its first problem. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;

        Found() {
            super("found", null, false, false);
        }
    }
}

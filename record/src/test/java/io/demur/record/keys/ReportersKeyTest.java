package io.demur.record.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What is sealed for reporters opens with the other half of the key, and with nothing else. */
class ReportersKeyTest {

    private static final byte[] NAME = "Ada of the third floor".getBytes(StandardCharsets.UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path keys = Path.of("");

    @BeforeEach
    void ring() throws IOException {
        keys = folder.resolve("keys");
        var unused = KeyRing.make(keys, InstantSource.system(), new SecureRandom());
    }

    private static String wrong(Path file, String of, byte[] sealed) {
        return requireNonNull(
                assertThrows(IOException.class, () -> ReportersKey.open(file, of, sealed))
                        .getMessage());
    }

    @Test
    void opensWithTheOtherHalfAloneAndOnlyAsWhatItWasSealedFor() throws IOException {
        byte[] sealed = ReportersKey.of(keys).seal("case_1", NAME);
        Path own = keys.resolve(ReportersKey.PRIVATE);
        assertArrayEquals(NAME, ReportersKey.open(own, "case_1", sealed));
        assertTrue(wrong(own, "case_2", sealed).contains("another's"));
        for (int at : new int[] {5, 49, sealed.length - 1}) {
            byte[] bent = sealed.clone();
            bent[at] ^= 1;
            assertThrows(IOException.class, () -> ReportersKey.open(own, "case_1", bent));
        }
        Path others = folder.resolve("others");
        var unused = KeyRing.make(others, InstantSource.system(), new SecureRandom());
        String other = ReportersKey.of(others).id();
        String said = wrong(others.resolve(ReportersKey.PRIVATE), "case_1", sealed);
        assertTrue(said.contains("`" + other + "`"), said);
        assertTrue(said.contains("`" + ReportersKey.of(keys).id() + "`"), said);
    }

    @Test
    void neverSealsTwiceTheSameAndLengthsDoNotTellNamesApart() throws IOException {
        ReportersKey key = ReportersKey.of(keys);
        byte[] first = key.seal("case_1", NAME);
        byte[] second = key.seal("case_1", NAME);
        assertNotEquals(
                new String(first, StandardCharsets.ISO_8859_1),
                new String(second, StandardCharsets.ISO_8859_1));
        assertEquals(first.length, key.seal("case_1", new byte[1]).length);
        byte[] longer = new byte[300];
        byte[] sealed = key.seal("case_1", longer);
        assertArrayEquals(
                longer, ReportersKey.open(keys.resolve(ReportersKey.PRIVATE), "case_1", sealed));
    }

    @Test
    void thePrivateHalfIsForItsOwnerMayGoAwayAndIsNoKeyOfTheRing() throws IOException {
        ReportersKey made = ReportersKey.of(keys);
        Path secret = keys.resolve(ReportersKey.PRIVATE);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        var unused = KeyRing.open(keys); // which has only its own
        Path away = Files.move(secret, folder.resolve("safe.key"));
        assertEquals(made.id(), ReportersKey.of(keys).id());
        assertFalse(Files.exists(secret));
        byte[] sealed = ReportersKey.of(keys).seal("case_1", NAME);
        assertArrayEquals(NAME, ReportersKey.open(away, "case_1", sealed));
        Files.setPosixFilePermissions(away, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(wrong(away, "case_1", sealed).contains("is open to others"));
    }

    @Test
    void aKillBetweenTheTwoHalvesMakesNoSecondPair() throws IOException {
        ReportersKey made = ReportersKey.of(keys);
        Files.delete(keys.resolve(ReportersKey.PUBLIC));
        assertEquals(made.id(), ReportersKey.of(keys).id());
    }
}

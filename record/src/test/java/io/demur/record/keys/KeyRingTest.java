package io.demur.record.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.Checkpoint;
import io.demur.log.TreeHead;
import io.demur.log.merkle.Merkle;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys in their files: what is written, what is refused, and what a crash leaves. */
class KeyRingTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    private static final byte[] CONTEXT = {1};

    @TempDir Path folder = Path.of("");
    private Path keys = folder;

    @BeforeEach
    void namesTheFolder() {
        keys = folder.resolve("data/keys");
    }

    @Test
    void filesAreForTheirOwnerAloneAndRead() throws Exception {
        KeyRing ring = make();
        Key log = ring.createLog("demur.invalid/test");
        Key bodies = ring.create(Key.Purpose.BODIES);
        ring.create(Key.Purpose.HMAC);
        assertEquals("rwx------", mode(keys));
        assertEquals("rw-------", mode(keys.resolve("log-" + log.id() + ".key")));
        assertEquals("rw-r--r--", mode(keys.resolve(KeyRing.VKEYS)));
        KeyRing again = KeyRing.open(keys);
        assertEquals(ring.all(), again.all());
        assertEquals(Optional.of("demur.invalid/test"), again.origin());
        assertEquals(Optional.of(bodies), again.current(Key.Purpose.BODIES));
        assertEquals(
                again.logKeys().getFirst() + "\n", Files.readString(keys.resolve(KeyRing.VKEYS)));
        assertEquals(
                ring.pseudonyms().getFirst().of(CONTEXT),
                again.pseudonyms().getFirst().of(CONTEXT));
        byte[] wrapped = ring.bodies().wrap(CONTEXT, CONTEXT);
        assertArrayEquals(CONTEXT, again.bodies().unwrap(wrapped, CONTEXT).orElseThrow());
    }

    @Test
    void aSignatureOfTheRingVerifiesWithItsPublicFile() throws Exception {
        KeyRing ring = make();
        ring.createLog("demur.invalid/test");
        TreeHead head = new TreeHead("demur.invalid/test", 0, Merkle.EMPTY);
        byte[] old = Checkpoint.sign(head, ring.signingKey("demur.invalid/test")).bytes();
        ring.rotate(Key.Purpose.LOG);
        byte[] now = Checkpoint.sign(head, ring.signingKey("demur.invalid/test")).bytes();
        assertEquals(2, KeyRing.open(keys).logKeys().size());
        assertEquals(head, Checkpoint.open(old, ring.logKeys()).head());
        assertEquals(head, Checkpoint.open(now, List.of(ring.logKeys().getFirst())).head());
        assertThrows(IOException.class, () -> ring.signingKey("demur.invalid/other"));
    }

    @Test
    void rotationKeepsWhatIsOldAndUsesWhatIsNew() throws Exception {
        KeyRing ring = make();
        Key before = ring.create(Key.Purpose.BODIES);
        byte[] old = ring.bodies().wrap(CONTEXT, CONTEXT);
        Key after = ring.rotate(Key.Purpose.BODIES);
        assertNotEquals(before.id(), after.id());
        assertEquals(after.id(), ring.bodies().currentId());
        assertEquals(Key.State.RETIRED, ring.find(before.id()).orElseThrow().state());
        assertArrayEquals(CONTEXT, ring.bodies().unwrap(old, CONTEXT).orElseThrow());
        assertThrows(IllegalStateException.class, () -> ring.destroy(after.id()));
        assertThrows(IllegalStateException.class, () -> ring.revoke(after.id()));
        assertThrows(IllegalStateException.class, () -> ring.create(Key.Purpose.BODIES));
        assertThrows(IllegalArgumentException.class, () -> ring.destroy("00000000"));
        ring.destroy(before.id());
        assertEquals(Optional.empty(), ring.bodies().unwrap(old, CONTEXT));
        assertEquals(Optional.empty(), KeyRing.open(keys).bodies().unwrap(old, CONTEXT));
        assertFalse(Files.exists(keys.resolve("bodies-" + before.id() + ".key")));
    }

    @Test
    void aRevokedKeyOfTheLogIsNoLongerPublished() throws Exception {
        KeyRing ring = make();
        Key before = ring.createLog("demur.invalid/test");
        ring.rotate(Key.Purpose.LOG);
        ring.revoke(before.id());
        assertEquals(1, Files.readAllLines(keys.resolve(KeyRing.VKEYS)).size());
        assertEquals(Key.State.REVOKED, KeyRing.open(keys).find(before.id()).orElseThrow().state());
    }

    /** Each write of a replacement is the last one that happens. */
    @Test
    void aReplacementThatWasCutShortIsFinishedOrNotBegun() throws Exception {
        KeyRing ring = make();
        Key before = ring.createLog("demur.invalid/test");
        Key after = ring.prepare(Key.Purpose.LOG);
        assertEquals(Optional.of(before), KeyRing.open(keys).current(Key.Purpose.LOG));
        assertEquals(1, KeyRing.open(keys).logKeys().size());
        // the first of the two writes of `promote`
        patch("log-" + after.id() + ".key", "current");
        KeyRing mended = KeyRing.open(keys);
        assertEquals(after.id(), mended.current(Key.Purpose.LOG).orElseThrow().id());
        assertEquals(Key.State.LEAVING, mended.find(before.id()).orElseThrow().state());
        assertTrue(
                Files.readString(keys.resolve(KeyRing.VKEYS))
                        .startsWith(after.publicKey().orElseThrow()));
        assertEquals(2, mended.logKeys().size());
        mended.retire(before.id());
        assertEquals(Key.State.RETIRED, KeyRing.open(keys).find(before.id()).orElseThrow().state());
    }

    @Test
    void whatIsLeftOfAKeyThatWasNotWrittenWholeIsDestroyed() throws Exception {
        KeyRing ring = make();
        Path left = keys.resolve("bodies-12345678.key.new");
        Files.writeString(left, "secret");
        assertEquals(List.of(), KeyRing.open(keys).all());
        ring.create(Key.Purpose.BODIES);
        assertFalse(Files.exists(left));
    }

    @Test
    void keysThatOthersCanReadAreRefused() throws Exception {
        KeyRing ring = make();
        Key key = ring.create(Key.Purpose.HMAC);
        Path file = keys.resolve("hmac-" + key.id() + ".key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused("is open to others (rw-r-----): `chmod 600 " + file + "` closes it");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertRefused("is open to others (rwxr-xr-x): `chmod 700 " + keys + "` closes it");
    }

    @Test
    void damagedFilesAreRefusedAndNeverQuoted() throws Exception {
        KeyRing ring = make();
        Key log = ring.createLog("demur.invalid/test");
        Key other = ring.prepareLog("demur.invalid/test");
        Path file = keys.resolve("log-" + log.id() + ".key");
        String whole = Files.readString(file);
        String secret = whole.lines().filter(line -> line.startsWith("MC4C")).toList().getFirst();
        for (String damaged :
                List.of(
                        "",
                        whole.replace("State: current", "State: currant"),
                        whole.replace("Purpose: log", "Purpose: hmac"),
                        whole.replace("Id: ", "Id: 0"),
                        whole.replace("Created: 2", "Created: x"),
                        whole.replace("Public: ", "Pubic: "),
                        whole.replace("-----END", "----END"),
                        whole.replace(secret, secret.substring(4)),
                        whole.replace(secret, "%"),
                        whole.replace(
                                log.publicKey().orElseThrow(), other.publicKey().orElseThrow()),
                        whole + whole)) {
            Files.writeString(file, damaged);
            IOException refused = assertThrows(IOException.class, () -> KeyRing.open(keys));
            assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()));
            assertFalse(String.valueOf(refused.getMessage()).contains(secret.substring(4)));
        }
        Files.writeString(file, whole);
        Files.move(file, keys.resolve("log-00000000.key"));
        assertRefused("its name should be `log-" + log.id() + ".key`");
    }

    @Test
    void nothingShowsASecret() throws Exception {
        KeyRing ring = make();
        ring.createLog("demur.invalid/test");
        ring.create(Key.Purpose.HMAC);
        StringBuilder shown = new StringBuilder();
        shown.append(ring.all()).append(ring.pseudonyms()).append(ring.logKeys());
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".key")).toList()) {
                shown.append(KeyFile.parse(Files.readAllBytes(file)));
                List<String> lines = Files.readAllLines(file);
                String block = lines.get(lines.size() - 2);
                assertFalse(shown.toString().contains(block.substring(24)), shown::toString);
            }
        }
    }

    private KeyRing make() throws IOException {
        return KeyRing.make(keys, CLOCK, new SecureRandom());
    }

    private void patch(String name, String word) throws IOException {
        new KeyFolder(keys).patch(name, KeyFile.STATE_AT, word.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertRefused(String part) {
        IOException refused = assertThrows(IOException.class, () -> KeyRing.open(keys));
        assertTrue(String.valueOf(refused.getMessage()).contains(part), refused::getMessage);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

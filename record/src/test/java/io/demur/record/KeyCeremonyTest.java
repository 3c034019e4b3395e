package io.demur.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Entries;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.KeyChange;
import io.demur.record.entry.Start;
import io.demur.record.keys.Key;
import io.demur.record.keys.KeyRing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys are replaced in steps, and any of them may be the last. */
class KeyCeremonyTest {

    /** Stands for the end of the process. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @TempDir Path folder = Path.of("");

    private final SetClock clock = new SetClock(Entries.AT);
    private MemoryLedger ledger = new MemoryLedger();
    private int left;

    /** With which key the log was opened when it got each of its entries. */
    private final List<String> signers = new ArrayList<>();

    @Test
    void aNewInstallationHasOneKeyOfEachPurposeAndTellsTheLog() throws Exception {
        KeyRing ring = begun();
        assertEquals(3, ring.all().size());
        assertTrue(ring.all().stream().allMatch(it -> it.state() == Key.State.CURRENT));
        assertEquals(List.of("START", "KEY", "KEY", "KEY", "STOP"), types());
        assertEquals(Optional.of("demur.invalid/test"), ring.origin());
        KeyChange log = (KeyChange) ledger.entries().get(1);
        assertEquals(ring.logKeys().getFirst().toString(), log.publicKey().orElseThrow());
        assertEquals(Entries.AT, log.at());
    }

    @Test
    void aBeginningThatIsCutShortAnywhereIsCompleted() throws Exception {
        for (left = 0; left < 8; left++) {
            Path keys = folder.resolve("begin" + left);
            ledger = new MemoryLedger();
            int steps = left;
            try {
                ceremony(KeyRing.make(keys, clock, new SecureRandom())).begin("demur.invalid/a");
            } catch (Killed e) {
                ledger = new MemoryLedger(ledger.bytes());
            }
            left = 100;
            KeyRing ring = KeyRing.open(keys, clock, new SecureRandom());
            ceremony(ring).begin("demur.invalid/b");
            assertEquals(3, ring.all().size());

            assertEquals(Optional.of("demur.invalid/a"), ring.origin());
            assertComplete();
            left = steps;
        }
    }

    @Test
    void theOldKeyOfALogSignsForTheNewOne() throws Exception {
        KeyRing ring = begun();
        Key before = ring.current(Key.Purpose.LOG).orElseThrow();
        Key after = ceremony(ring).rotate(Key.Purpose.LOG);
        assertEquals(before.id(), signerOf("created", after.id()));
        assertEquals(after.id(), signerOf("retired", before.id()));
        assertEquals(Key.State.RETIRED, ring.find(before.id()).orElseThrow().state());
        assertEquals(Optional.of("demur.invalid/test"), ring.origin());
        assertEquals(2, ring.logKeys().size());
        assertComplete();
    }

    /** Killed after each step in turn, and then tried again. */
    @Test
    void aReplacementThatIsCutShortAnywhereIsTakenUpAgain() throws Exception {
        for (Key.Purpose purpose : Key.Purpose.values()) {
            for (int steps = 0; steps < 8; steps++) {
                ledger = new MemoryLedger();
                signers.clear();
                left = 100;
                Path keys = folder.resolve(purpose.word() + steps);
                KeyRing first = KeyRing.make(keys, clock, new SecureRandom());
                ceremony(first).begin("demur.invalid/test");
                Key before = first.current(purpose).orElseThrow();
                left = steps;
                try {
                    ceremony(first).rotate(purpose);
                } catch (Killed e) {
                    ledger = new MemoryLedger(ledger.bytes());
                }
                left = 100;
                KeyRing ring = KeyRing.open(keys, clock, new SecureRandom());
                if (ring.current(purpose).orElseThrow().equals(before)) {
                    ceremony(ring).rotate(purpose);
                } else {
                    ceremony(ring).resume();
                }
                assertEquals(
                        List.of(Key.State.CURRENT, Key.State.RETIRED),
                        ring.all(purpose).stream().map(Key::state).toList());
                Key after = ring.current(purpose).orElseThrow();
                String log = ring.all(Key.Purpose.LOG).getLast().id();
                assertEquals(log, signerOf("created", after.id()));
                assertEquals(
                        ring.current(Key.Purpose.LOG).orElseThrow().id(),
                        signerOf("retired", before.id()));
                assertComplete();
            }
        }
    }

    @Test
    void aKeyIsRevokedForAReason() throws Exception {
        KeyRing ring = begun();
        Key before = ring.current(Key.Purpose.LOG).orElseThrow();
        KeyCeremony ceremony = ceremony(ring);
        assertThrows(IllegalStateException.class, () -> ceremony.revoke(before.id(), "stolen"));
        assertThrows(IllegalArgumentException.class, () -> ceremony.revoke("00000000", "stolen"));
        assertThrows(IllegalStateException.class, () -> ceremony.create(Key.Purpose.HMAC));
        ceremony.rotate(Key.Purpose.LOG);
        assertThrows(
                IllegalArgumentException.class, () -> ceremony.revoke(before.id(), "No Code!"));
        ceremony.revoke(before.id(), "stolen");
        assertEquals(Key.State.REVOKED, ring.find(before.id()).orElseThrow().state());
        KeyChange entry = (KeyChange) ledger.entries().get(ledger.bytes().size() - 2);
        assertEquals("revoked", entry.action());
        assertEquals(Optional.of("stolen"), entry.reason());
        assertComplete();
    }

    private KeyRing begun() throws Exception {
        left = 100;
        KeyRing ring = KeyRing.make(folder.resolve("keys"), clock, new SecureRandom());
        ceremony(ring).begin("demur.invalid/test");
        return ring;
    }

    private KeyCeremony ceremony(KeyRing ring) {
        Start start = new Start(Entries.AT, "demur keys", "1", Optional.empty(), Optional.empty());
        return new KeyCeremony(
                ring,
                () -> {
                    String signer = ring.current(Key.Purpose.LOG).orElseThrow().id();
                    while (signers.size() < ledger.bytes().size() + 10) {
                        signers.add("");
                    }
                    for (int i = ledger.bytes().size(); i < signers.size(); i++) {
                        signers.set(i, signer);
                    }
                    return Trail.open(ledger, null, start, clock, Duration.ofHours(1));
                },
                step -> {
                    if (left-- == 0) {
                        throw new Killed();
                    }
                });
    }

    /** Under which key the first such entry about a key was published. */
    private String signerOf(String action, String id) throws Exception {
        List<Entry> entries = ledger.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof KeyChange change
                    && change.action().equals(action)
                    && change.id().equals(id)) {
                return signers.get(i);
            }
        }
        throw new AssertionError("no entry that `%s` is %s".formatted(id, action));
    }

    private List<String> types() throws Exception {
        return ledger.entries().stream().map(EntryCodec::type).toList();
    }

    private void assertComplete() throws Exception {
        Completeness.Report report =
                Completeness.check(ledger.reader(), ledger.bytes().size(), false);
        assertTrue(report.complete(), report::toString);
    }
}

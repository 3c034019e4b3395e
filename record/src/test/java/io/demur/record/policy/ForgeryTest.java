package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.rejected;
import static io.demur.record.policy.Deployment.signed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.Note;
import io.demur.record.MemoryLedger;
import io.demur.record.entry.PolicyChange;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Entries, files and signatures that somebody slipped in. */
class ForgeryTest {

    @TempDir Path folder = Path.of("");

    private Deployment at = new Deployment(folder);

    @BeforeEach
    void begin() throws Exception {
        at = new Deployment(folder, Optional.of(new MemoryLedger()));
        at.sealed("posture 5\n");
    }

    @AfterEach
    void end() {
        at.close();
    }

    private Statement weaker() throws Exception {
        return at.draft("posture 3\n", "appeals", Duration.ofDays(7));
    }

    private static int level(InForce.Active active) {
        return active.charter().policy().posture().level();
    }

    @Test
    void entriesThatNobodyMayWriteAreNotBelieved() throws Exception {
        Statement weaker = weaker();
        Files.write(at.policy().resolve(weaker.digest() + ".note"), signed(weaker, "ann").bytes());
        at.write(entry("activated", weaker, at.active().digest(), weaker.digest()));
        assertEquals(11, new Reading(at).posture());
        // two people have signed, and nobody has waited
        Files.write(
                at.policy().resolve(weaker.digest() + ".note"),
                signed(weaker, "ann", "ben").bytes());
        assertEquals(11, new Reading(at).posture());
    }

    @Test
    void anEntryOfARollBackNeedsARollBack() throws Exception {
        String five = at.active().digest();
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        Statement stronger = at.draft("posture 8\n");
        Files.write(
                at.policy().resolve(stronger.digest() + ".note"), signed(stronger, "dan").bytes());
        at.write(entry("rolled-back", stronger, at.active().digest(), five));
        assertEquals(11, new Reading(at).posture());
    }

    private static PolicyChange entry(
            String action, Statement statement, String before, String after) {
        return new PolicyChange(
                Deployment.START,
                action,
                Optional.of(before),
                after,
                "stronger",
                List.of("ann+00000000", "ben+00000000"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(statement.digest()),
                OptionalLong.of(statement.serial()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What the next process makes of it. */
    private record Reading(Deployment at) {
        int posture() throws Exception {
            return at.fresh().inForce() instanceof InForce.Active active ? level(active) : 11;
        }
    }

    @Test
    void theSealHoldsWhateverFilesAreThere() throws Exception {
        assertFalse(at.active().settingUp());
        String seal =
                at.keeper().history().stream()
                        .filter(it -> it.action().equals("sealed"))
                        .findFirst()
                        .orElseThrow()
                        .digest();
        Files.delete(at.policy().resolve(seal + ".note"));
        at.restart();
        assertFalse(at.active().settingUp());
        assertInstanceOf(Submitted.NeedsApproval.class, at.hand(weaker(), "ann"));
    }

    @Test
    void signaturesOfStrangersAreNotKept() throws Exception {
        Statement stronger = at.draft("posture 7\n");
        Note note = signed(stronger, "eve", "dan");
        activated(at.hand(note));
        String kept = Files.readString(at.policy().resolve(stronger.digest() + ".note"));
        assertTrue(kept.contains("— dan "), kept);
        assertFalse(kept.contains("— eve "), kept);
        byte[] bytes = note.bytes();
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf("serial") + 7]++;
        assertEquals("policy-signature", rejected(at.keeper().submit(bytes, at.trail())));
    }
}

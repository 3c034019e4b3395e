package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.rejected;
import static io.demur.record.policy.Deployment.signed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Settings;
import io.demur.log.note.Note;
import io.demur.record.MemoryLedger;
import io.demur.record.entry.PolicyChange;
import io.demur.record.policy.Statement.PolicyStatement;

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

    @Test
    void aPolicyIsBelievedWhereTheLogSaysItsDelayOrNoneAndWithAnotherItIsNot() throws Exception {
        Settings.Changes usual = Settings.USUAL.changes();
        String base = at.active().digest();
        Statement stronger = at.draft("posture 7\n");
        Path file = at.policy().resolve(stronger.digest() + ".note");
        Files.write(file, signed(stronger, "dan").bytes());
        at.write(entry("activated", stronger, base, stronger.digest()));
        assertEquals(7, new Reading(at).posture());
        Statement next = at.restart().draft("posture 8\n");
        file = at.policy().resolve(next.digest() + ".note");
        Files.write(file, signed(next, "dan").bytes());
        Settings.Changes shorter =
                new Settings.Changes(usual.delay().minusHours(1), usual.longest());
        at.write(entry("activated", next, base, next.digest(), Optional.of(shorter)));
        assertEquals("policy-malformed", at.restart().refusesAll());
        assertTrue(at.inForce().toString().contains("another delay"), at.inForce()::toString);
    }

    @Test
    void whatIsNoListOfPrincipalsIsNotTakenForOne() throws Exception {
        String list = at.keeper().trusted().orElseThrow();
        Statement stronger = at.draft("posture 7\n");
        Files.write(
                at.policy().resolve(stronger.digest() + ".note"), signed(stronger, "dan").bytes());
        at.write(entry("trusted", stronger, list, stronger.digest()));
        assertEquals("policy-malformed", at.restart().refusesAll());
        assertTrue(at.inForce().toString().contains("which it is not"), at.inForce()::toString);
    }

    @Test
    void aListOfPrincipalsThatOneSignedTakesNobodysPlace() throws Exception {
        Statement list = at.draftTrust("ann both ann;eve both eve");
        at.hand(list, "ann");
        at.write(entry("trusted", list, at.keeper().trusted().orElseThrow(), list.digest()));
        assertEquals("policy-signature", at.restart().refusesAll());
        assertEquals(4, at.keeper().trust().orElseThrow().principals().size());
    }

    @Test
    void aListOfPrincipalsIsNoPolicyThoughTheLogSaysSo() throws Exception {
        String base = at.active().digest();
        Statement list = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(list, "ann", "ben");
        at.pass(Duration.ofHours(24));
        at.write(entry("activated", list, base, list.digest()));
        assertEquals("policy-malformed", at.restart().refusesAll());
        assertTrue(
                at.inForce().toString().contains("which cannot be said of such a statement"),
                at.inForce()::toString);
    }

    @Test
    void anApprovalThatTheRulesDoNotBearOutIsNone() throws Exception {
        Statement weaker = weaker();
        at.hand(weaker, "ann");
        at.write(entry("approved", weaker, at.active().digest(), weaker.digest()));
        at.pass(Duration.ofHours(25));
        Submitted.Waiting waiting =
                assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        assertEquals(at.clock.instant().plus(Duration.ofHours(24)), waiting.from());
        assertEquals(5, at.posture());
    }

    @Test
    void anEntryOfASealThatNobodySignedSealsAndLeavesNothingToGoBackTo() throws Exception {
        Deployment open = new Deployment(folder.resolve("b"), Optional.of(new MemoryLedger()));
        open.begun("posture 5\n");
        activated(open.hand(open.draft("posture 6\n"), "ann"));
        assertInstanceOf(Draft.Ready.class, open.keeper().draftRollback(Optional.empty()));
        Statement seal = Deployment.ready(open.keeper().draftSeal());
        open.write(entry("sealed", seal, open.active().digest(), open.active().digest()));
        open.restart();
        assertTrue(open.keeper().isSealed());
        assertInstanceOf(Draft.Impossible.class, open.keeper().draftRollback(Optional.empty()));
        assertEquals(6, open.posture());
        assertInstanceOf(
                Submitted.NeedsApproval.class,
                open.hand(open.draft("posture 3\n", "appeals", Duration.ofDays(7)), "ann"));
        open.close();
    }

    @Test
    void anEntryOfASealBeforeAnyPolicyLetsNobodyBeginAlone() throws Exception {
        Deployment open = new Deployment(folder.resolve("c"), Optional.of(new MemoryLedger()));
        activated(open.hand(open.draftTrust(Deployment.USUAL), "ann"));
        Statement first = open.draft("posture 5\n");
        open.write(entry("sealed", first, first.digest(), first.digest()));
        open.restart();
        assertTrue(open.keeper().isSealed());
        assertEquals("policy-outdated", rejected(open.hand(first, "ann")));
        PolicyStatement it = assertInstanceOf(PolicyStatement.class, first);
        Statement next =
                new PolicyStatement(
                        it.serial() + 1,
                        it.replaces(),
                        it.expires(),
                        it.reason(),
                        it.table(),
                        it.judges(),
                        it.probes(),
                        it.document());
        assertEquals("policy-seal", rejected(open.hand(next, "ann", "ben")));
        assertInstanceOf(
                Draft.Impossible.class,
                open.keeper()
                        .draftPolicy(
                                "policy.yaml", "posture 5\n", Optional.empty(), Optional.empty()));
        open.close();
    }

    private PolicyChange entry(String action, Statement statement, String before, String after) {
        return entry(action, statement, before, after, Optional.empty());
    }

    private PolicyChange entry(
            String action,
            Statement statement,
            String before,
            String after,
            Optional<Settings.Changes> changes) {
        return new PolicyChange(
                at.clock.instant(),
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
                changes.map(Settings.Changes::delay),
                changes.map(Settings.Changes::longest));
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

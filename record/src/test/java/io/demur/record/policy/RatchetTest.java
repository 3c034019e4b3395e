package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;
import static io.demur.record.policy.Deployment.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.policy.Statement.PolicyStatement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** How a policy may change, and how not. */
class RatchetTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir Path folder = Path.of("");

    private Deployment at = new Deployment(folder);

    @BeforeEach
    void begin() {
        at = new Deployment(folder);
    }

    @AfterEach
    void end() {
        at.close();
    }

    @Test
    void whereNothingIsInForceEverythingIsRefused() throws Exception {
        assertEquals("policy-none", at.refusesAll());
        activated(at.hand(at.draftTrust(Deployment.USUAL), "ann"));
        assertEquals("policy-none", at.refusesAll());
    }

    @Test
    void inTheSetUpPhaseOneAuthorChangesFreely() throws Exception {
        at.begun("posture 5\n");
        assertTrue(at.active().settingUp());
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        assertEquals(7, at.posture());
        activated(at.hand(at.draft("posture 3\n"), "ben"));
        assertEquals(3, at.posture());
        at.restart();
        assertEquals(3, at.posture());
        assertEquals(4, at.keeper().history().size());
    }

    @Test
    void whoIsNoAuthorChangesNothing() throws Exception {
        at.begun("posture 5\n");
        Statement stronger = at.draft("posture 7\n");
        assertEquals("policy-signature", rejected(at.hand(stronger, "eve")));
        assertEquals("policy-signature", rejected(at.hand(stronger, "cleo")));
        assertEquals(5, at.posture());
    }

    @Test
    void afterTheSealStrongerTakesOneAndWeakerTakesTwoAndADay() throws Exception {
        at.sealed("posture 5\n");
        assertFalse(at.active().settingUp());
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        assertEquals(6, at.posture());
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        Submitted alone = at.hand(weaker, "dan");
        Submitted.NeedsApproval needs =
                assertInstanceOf(Submitted.NeedsApproval.class, alone, alone::toString);
        assertEquals(Set.of("dan"), needs.signed());
        assertEquals(Set.of("ann", "ben", "cleo"), needs.couldApprove());
        at.pass(Duration.ofHours(5));
        Instant approved = at.clock.instant();
        Submitted two = at.hand(weaker, "dan", "cleo");
        Submitted.Waiting waiting = assertInstanceOf(Submitted.Waiting.class, two, two::toString);
        assertEquals(approved.plus(DAY), waiting.from());
        at.pass(DAY.minusNanos(1_000));
        assertEquals(waiting, at.hand(weaker, "dan", "cleo"));
        assertEquals(6, at.posture());
        at.pass(Duration.ofNanos(1_000));
        activated(at.hand(weaker, "dan", "cleo"));
        assertEquals(4, at.posture());
        assertEquals(Optional.of(waiting.expires()), at.active().until());
        at.restart();
        assertEquals(4, at.posture());
        at.clock.set(waiting.expires());
        assertEquals(6, at.posture());
        at.restart();
        assertEquals(6, at.posture());
    }

    @Test
    void aWeakeningSaysWhyAndUntilWhen() throws Exception {
        at.sealed("posture 5\n");
        Draft draft =
                at.keeper().draftPolicy("p", "posture 4\n", Optional.empty(), Optional.empty());
        Draft.Impossible impossible = assertInstanceOf(Draft.Impossible.class, draft);
        assertEquals(2, impossible.problems().size());
        assertTrue(impossible.amendment().isPresent());
    }

    @Test
    void backWithinADay() throws Exception {
        at.sealed("posture 5\n");
        activated(at.hand(at.draft("posture 10\n"), "dan"));
        at.pass(DAY);
        activated(at.hand(ready(at.keeper().draftRollback(Optional.empty())), "dan"));
        assertEquals(5, at.posture());
        assertInstanceOf(Draft.Impossible.class, at.keeper().draftRollback(Optional.empty()));
    }

    private Statement over(PolicyStatement it, long serial) {
        return new PolicyStatement(
                serial,
                it.replaces(),
                it.expires(),
                it.reason(),
                it.table(),
                it.judges(),
                it.probes(),
                it.document());
    }

    @Test
    void noAuthorEndsAllChangeWithTheLastSerialThereIs() throws Exception {
        at.sealed("posture 5\n");
        Statement last = over((PolicyStatement) at.draft("posture 6\n"), Statement.SERIAL_MAX);
        assertEquals("policy-outdated", rejected(at.hand(last, "dan")));
        activated(at.hand(at.draft("posture 6\n"), "dan"));
    }

    @Test
    void whoseKeyIsToBeTakenAwayDoesNotOutdateThatByPolicies() throws Exception {
        at.sealed("posture 5\n");
        Statement list = at.draftTrust("ann both ann;ben both ben");
        assertInstanceOf(Submitted.Waiting.class, at.hand(list, "ann", "ben"));
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        at.pass(DAY);
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        activated(at.hand(list, "ann", "ben"));
        assertEquals("policy-signature", rejected(at.hand(at.draft("posture 8\n"), "dan")));
        at.restart();
        assertEquals(7, at.posture());
    }

    @Test
    void aPolicyWhoseFileIsLostIsLeftForGoodAndMayComeBack() throws Exception {
        at.sealed("posture 5\ndelay 48\n");
        Path file = at.policy().resolve(at.active().digest() + ".note");
        Path away = folder.resolve("away.note");
        Files.move(file, away);
        at.restart();
        assertEquals("policy-file", at.refusesAll());
        Draft draft =
                at.keeper().draftPolicy("p", "posture 4\n", Optional.of("lost"), Optional.empty());
        Statement out = ready(draft);
        assertInstanceOf(Submitted.Waiting.class, at.hand(out, "ann", "ben"));
        // the delay is that of the policy, though its file is gone
        at.pass(DAY.plusHours(1));
        assertInstanceOf(Submitted.Waiting.class, at.hand(out, "ann", "ben"));
        at.pass(DAY);
        activated(at.hand(out, "ann", "ben"));
        assertEquals(Optional.empty(), at.active().until());
        at.pass(Duration.ofDays(31));
        assertEquals(4, at.posture());
        Files.move(away, file);
        at.restart();
        assertEquals(4, at.posture());
    }

    @Test
    void whatChangesNothingDoesNotMoveARollBack() throws Exception {
        at.sealed("posture 5\n");
        activated(at.hand(at.draft("posture 9\n"), "dan"));
        activated(at.hand(at.draft("posture 9\n# the same\n"), "dan"));
        activated(at.hand(ready(at.keeper().draftRollback(Optional.empty())), "dan"));
        assertEquals(5, at.posture());
    }

    @Test
    void theLastStatementHandedInAgainByNobodyIsNotAnsweredAsDone() throws Exception {
        at.sealed("posture 5\n");
        Statement six = at.draft("posture 6\n");
        activated(at.hand(six, "dan"));
        activated(at.hand(six, "dan"));
        assertEquals("policy-signature", rejected(at.hand(six, "eve")));
    }

    @Test
    void aReasonThatCannotBeSignedIsSaid() throws Exception {
        at.sealed("posture 5\n");
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        Optional<String> bad = Optional.of("two\nlines");
        assertInstanceOf(Draft.Impossible.class, at.keeper().draftRollback(bad));
        String list = Deployment.list(Deployment.USUAL);
        assertInstanceOf(Draft.Impossible.class, at.keeper().draftTrust("t", list, bad));
    }
}

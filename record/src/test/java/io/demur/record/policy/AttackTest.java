package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;
import static io.demur.record.policy.Deployment.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.record.MemoryLedger;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ways to a weaker policy that do not exist. */
class AttackTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);

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
        return at.draft("posture 3\n", "appeals", WEEK);
    }

    @Test
    void oneSignatureIsNotEnoughNorAreTwoKeysOfOnePrincipal() throws Exception {
        Statement weaker = weaker();
        for (String[] signers :
                List.of(
                        new String[] {"ann"},
                        new String[] {"ann", "ann2"},
                        new String[] {"dan", "eve"},
                        new String[] {"dan", "dan"})) {
            for (int i = 0; i < 2; i++) {
                assertInstanceOf(Submitted.NeedsApproval.class, at.hand(weaker, signers));
                at.pass(Duration.ofHours(20));
            }
        }
        assertEquals("policy-signature", rejected(at.hand(weaker, "cleo")));
        assertEquals(5, at.posture());
        // said once, though handed in eight times
        assertEquals(1, actions("proposed"));
    }

    private long actions(String action) throws Exception {
        return at.keeper().history().stream().filter(it -> it.action().equals(action)).count();
    }

    @Test
    void theRoleCountsAndNotTheNumberOfSignatures() throws Exception {
        Statement list = at.draftTrust("dan author dan;ben author ben;cleo both cleo");
        assertInstanceOf(Submitted.Waiting.class, at.hand(list, "ann", "ben"));
        at.pass(DAY);
        activated(at.hand(list, "ann", "ben"));
        Submitted two = at.hand(weaker(), "dan", "ben");
        assertEquals(
                Set.of("cleo"),
                assertInstanceOf(Submitted.NeedsApproval.class, two).couldApprove());
    }

    @Test
    void theDelayIsCountedFromTheEntryAndNotFromWhenItWasDrafted() throws Exception {
        Statement weaker = at.draft("posture 3\n", "appeals", Duration.ofDays(3));
        at.pass(DAY.multipliedBy(2));
        Submitted.Waiting waiting =
                assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        assertEquals(at.clock.instant().plus(DAY), waiting.from());
        at.restart();
        assertEquals(waiting, at.hand(weaker, "ann", "ben"));
        assertEquals(1, actions("approved"));
        at.pass(DAY.minusSeconds(1));
        assertEquals(waiting, at.hand(weaker, "ann", "ben"));
        at.clock.set(Deployment.START);
        assertEquals(waiting, at.hand(weaker, "ann", "ben"));
        assertEquals(5, at.posture());
    }

    @Test
    void whatHasExpiredComesIntoForceNoMoreEvenIfTheClockIsSetBack() throws Exception {
        Statement weaker = at.draft("posture 3\n", "appeals", Duration.ofHours(2));
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        Statement other = at.draft("posture 4\n", "appeals", WEEK);
        assertInstanceOf(Submitted.Waiting.class, at.hand(other, "ann", "ben"));
        at.pass(DAY.plusHours(2));
        assertEquals("policy-outdated", rejected(at.hand(weaker, "ann", "ben")));
        activated(at.hand(other, "ann", "ben"));
        assertEquals(4, at.posture());
        Instant in = at.clock.instant();
        at.pass(WEEK);
        assertEquals(5, at.posture());
        at.restart();
        assertEquals(5, at.posture());
        // within what the trail takes for a clock that is a little wrong
        at.clock.set(at.active().until().orElse(at.clock.instant()).minusSeconds(200));
        at.restart();
        assertEquals(5, at.posture());
        at.clock.set(in);
        assertEquals(5, at.posture());
        assertEquals(5, at.fresh().inForce() instanceof InForce.Active it ? level(it) : 0);
    }

    private static int level(InForce.Active active) {
        return active.charter().policy().posture().level();
    }

    @Test
    void aStatementComesIntoForceOnceAndOnlyOverWhatItWasComparedWith() throws Exception {
        Statement weaker = weaker();
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        at.pass(DAY);
        activated(at.hand(weaker, "ann", "ben"));
        at.pass(WEEK);
        assertEquals(5, at.posture());
        assertEquals("policy-outdated", rejected(at.hand(weaker, "ann", "ben")));
        // approved over 5, and meanwhile there is 7
        Statement late = weaker();
        assertInstanceOf(Submitted.Waiting.class, at.hand(late, "ann", "ben"));
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        at.pass(DAY);
        assertEquals("policy-outdated", rejected(at.hand(late, "ann", "ben")));
        assertEquals(7, at.posture());
    }

    @Test
    void theSameWithASerialThatIsNewAndABaseThatIsNot() throws Exception {
        String first = at.active().digest();
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        PolicyStatement draft = (PolicyStatement) at.draft("posture 6\n", "x", DAY);
        // stronger than what was there before, but that is not what is there now
        assertEquals(
                "policy-outdated", rejected(at.hand(over(draft, first, draft.serial()), "dan")));
        assertEquals(
                "policy-outdated",
                rejected(at.hand(over(draft, "0".repeat(64), draft.serial()), "dan")));
        assertEquals("policy-outdated", rejected(at.hand(over(draft, first, 1), "dan")));
        assertEquals(7, at.posture());
    }

    private static PolicyStatement over(PolicyStatement it, String replaces, long serial) {
        return new PolicyStatement(
                serial,
                Optional.of(replaces),
                Optional.empty(),
                it.reason(),
                it.table(),
                it.judges(),
                it.probes(),
                it.document());
    }

    @Test
    void aStatementThatLiesAboutItsTableItsProbesOrItsJudgesIsRefused() throws Exception {
        PolicyStatement strict = (PolicyStatement) at.draft("posture 9\n");
        PolicyStatement lax = (PolicyStatement) weaker();
        PolicyStatement milder = (PolicyStatement) at.draft("posture 6\n");
        assertEquals("policy-table", rejected(at.hand(lie(strict, strict.table(), lax), "ann")));
        assertEquals(
                "policy-probes",
                rejected(
                        at.hand(
                                new PolicyStatement(
                                        strict.serial(),
                                        strict.replaces(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        strict.table(),
                                        strict.judges(),
                                        milder.probes(),
                                        strict.document()),
                                "ann")));
        assertEquals(5, at.posture());
    }

    private static PolicyStatement lie(PolicyStatement over, String table, PolicyStatement what) {
        return new PolicyStatement(
                over.serial(),
                over.replaces(),
                Optional.empty(),
                Optional.empty(),
                table,
                what.judges(),
                what.probes(),
                what.document());
    }

    @Test
    void strengtheningOverAWeakeningInheritsItsEnd() throws Exception {
        Statement weaker = weaker();
        at.hand(weaker, "ann", "ben");
        at.pass(DAY);
        InForce.Active weak =
                assertInstanceOf(InForce.Active.class, activated(at.hand(weaker, "ann", "ben")));
        activated(at.hand(at.draft("posture 4\n"), "dan"));
        assertEquals(weak.until(), at.active().until());
        // not to be compared with 5: it inherits as well
        activated(at.hand(at.draft("posture 4\nrefuse privacy\n"), "dan"));
        assertEquals(weak.until(), at.active().until());
        at.clock.set(weak.until().orElseThrow());
        assertEquals(5, at.posture());
        at.restart();
        assertEquals(5, at.posture());
    }

    @Test
    void whatIsStrongerThanBeforeTheWeakeningHoldsForGood() throws Exception {
        Statement weaker = weaker();
        at.hand(weaker, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(weaker, "ann", "ben"));
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        assertEquals(Optional.empty(), at.active().until());
        at.pass(Duration.ofDays(100));
        assertEquals(6, at.posture());
    }

    @Test
    void anExpiryIsAWeakeningThatBeginsLater() throws Exception {
        Draft draft =
                at.keeper()
                        .draftPolicy("p", "posture 7\n", Optional.of("exams"), Optional.of(WEEK));
        assertInstanceOf(Submitted.NeedsApproval.class, at.hand(ready(draft), "dan"));
    }

    @Test
    void aRollBackGoesOneStepAndNoFurther() throws Exception {
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        String six = at.active().digest();
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        String seven = at.active().digest();
        Statement back = ready(at.keeper().draftRollback(Optional.empty()));
        assertEquals("policy-signature", rejected(at.hand(back, "cleo")));
        activated(at.hand(back, "dan"));
        assertEquals(6, at.posture());
        long serial = back.serial() + 1;
        RollbackStatement again = new RollbackStatement(serial, six, seven, Optional.empty());
        assertEquals("policy-rollback", rejected(at.hand(again, "dan")));
        assertEquals(6, at.posture());
    }

    @Test
    void nothingGoesBackAcrossTheSealOrAfterADay() throws Exception {
        assertInstanceOf(Draft.Impossible.class, at.keeper().draftRollback(Optional.empty()));
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        Statement back = ready(at.keeper().draftRollback(Optional.empty()));
        at.pass(DAY.plusNanos(1_000));
        assertEquals("policy-rollback", rejected(at.hand(back, "dan")));
        // an entry is later than the clock that somebody sets back
        at.restart();
        at.keeper();
        at.clock.set(Deployment.START);
        assertEquals("policy-rollback", rejected(at.hand(back, "dan")));
    }

    @Test
    void whatARollBackBringsBackKeepsItsEnd() throws Exception {
        Statement weaker = weaker();
        at.hand(weaker, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(weaker, "ann", "ben"));
        Optional<Instant> until = at.active().until();
        activated(at.hand(at.draft("posture 8\n"), "dan"));
        activated(at.hand(ready(at.keeper().draftRollback(Optional.empty())), "dan"));
        assertEquals(3, at.posture());
        assertEquals(until, at.active().until());
        at.restart();
        at.clock.set(until.orElseThrow());
        assertEquals(5, at.posture());
    }

    @Test
    void whoIsNoLongerTrustedHasNotSigned() throws Exception {
        Statement list = at.draftTrust("ann both ann;ben both ben;cleo approver cleo");
        at.hand(list, "ann", "ben");
        Statement weaker = weaker();
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "dan", "cleo"));
        at.pass(DAY);
        activated(at.hand(list, "ann", "ben"));
        assertEquals("policy-signature", rejected(at.hand(weaker, "dan", "cleo")));
        // nor is a stronger one of his taken, drafted after
        Statement stronger = at.draft("posture 9\n");
        assertEquals("policy-signature", rejected(at.hand(stronger, "dan")));
        at.restart();
        assertEquals("policy-signature", rejected(at.hand(stronger, "dan")));
        assertEquals(5, at.posture());
    }

    @Test
    void aListOfPrincipalsTakesTwoPeopleAndADay() throws Exception {
        Statement list = at.draftTrust("eve both eve;ann both ann");
        assertInstanceOf(Submitted.NeedsApproval.class, at.hand(list, "ann", "eve"));
        Submitted.Waiting waiting =
                assertInstanceOf(Submitted.Waiting.class, at.hand(list, "ann", "ben"));
        assertEquals(Instant.MAX, waiting.expires());
        at.pass(DAY.minusSeconds(1));
        assertEquals(waiting, at.hand(list, "ann", "ben"));
        at.pass(Duration.ofSeconds(1));
        activated(at.hand(list, "ann", "ben"));
        assertEquals(2, at.keeper().trust().orElseThrow().principals().size());
        assertEquals("policy-trust", rejected(at.hand(at.draftTrust("ann both ann"), "ann")));
        String twice = Deployment.list("ann both ann") + Deployment.list("bob both ann");
        assertInstanceOf(
                Draft.Impossible.class,
                at.keeper().draftTrust("t", twice, Optional.of("one key for two")));
    }

    @Test
    void theSealCannotBeSetWhereItWouldLockOrWhereSomethingWaitsBehindIt() throws Exception {
        Deployment open = new Deployment(folder.resolve("b"), Optional.of(new MemoryLedger()));
        activated(open.hand(open.draftTrust("ann author ann;dan author dan"), "ann"));
        activated(open.hand(open.draft("posture 2\n"), "ann"));
        assertInstanceOf(Draft.Impossible.class, open.keeper().draftSeal());
        activated(open.hand(open.draftTrust(Deployment.USUAL), "ann"));
        Statement passing =
                ready(
                        open.keeper()
                                .draftPolicy(
                                        "p", "posture 6\n", Optional.empty(), Optional.of(DAY)));
        activated(open.hand(passing, "ann"));
        assertInstanceOf(Draft.Impossible.class, open.keeper().draftSeal());
        activated(open.hand(open.draft("posture 6\n"), "ann"));
        assertInstanceOf(
                Draft.Ready.class,
                open.keeper().draftSeal(),
                "what is not weaker than before does not expire");
        open.close();
    }
}

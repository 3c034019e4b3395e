package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.MemoryLedger;
import io.demur.record.entry.PolicyChange;
import io.demur.record.policy.Statement.RollbackStatement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where entries have led: what a step back goes to, what is inherited, what is not believed. */
class ChainTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Optional<String> NO_REASON = Optional.empty();

    @TempDir Path folder = Path.of("");

    private Deployment at = new Deployment(folder);

    @BeforeEach
    void begin() {
        at = new Deployment(folder, Optional.of(new MemoryLedger()));
    }

    @AfterEach
    void end() {
        at.close();
    }

    private Path file(String digest) {
        return at.policy().resolve(digest + ".note");
    }

    private String goesBackTo() throws Exception {
        return ((RollbackStatement) ready(at.keeper().draftRollback(NO_REASON))).to();
    }

    private PolicyChange entry(String action, Statement statement, String after) {
        return new PolicyChange(
                at.clock.instant(),
                action,
                Optional.empty(),
                after,
                "stronger",
                List.of("ann+00000000"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(statement.digest()),
                OptionalLong.of(statement.serial()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whatHasExpiredIsNotRolledBack() throws Exception {
        at.sealed("posture 5\ndelay 1\n");
        String five = at.active().digest();
        Statement weaker = at.draft("posture 4\ndelay 1\n", "appeals", Duration.ofHours(2));
        at.hand(weaker, "ann", "ben");
        at.pass(Duration.ofHours(1));
        activated(at.hand(weaker, "ann", "ben"));
        Instant end = at.active().until().orElseThrow();
        at.clock.set(end.minusSeconds(1));
        assertEquals(five, goesBackTo());
        at.clock.set(end);
        assertInstanceOf(Draft.Impossible.class, at.keeper().draftRollback(NO_REASON));
    }

    @Test
    void whatComesAfterALostListOfPrincipalsLeadsNowhere() throws Exception {
        at.sealed("posture 5\n");
        String five = at.active().digest();
        Statement list = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(list, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(list, "ann", "ben"));
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        Files.delete(file(list.digest()));
        at.restart();
        InForce.RefuseAll all = assertInstanceOf(InForce.RefuseAll.class, at.inForce());
        assertEquals(1, all.problems().size(), all::toString);
        assertEquals(Optional.of(five), at.keeper().base());
    }

    @Test
    void aFalseSignatureIsOneProblemAndALostPolicyHasItsOwnWayOut() throws Exception {
        at.sealed("posture 5\n");
        Path five = file(at.active().digest());
        byte[] whole = Files.readAllBytes(five);
        byte[] wrong = whole.clone();
        wrong[whole.length - 20] = (byte) (whole[whole.length - 20] == 'A' ? 'B' : 'A');
        Files.write(five, wrong);
        at.restart();
        assertEquals("policy-signature", at.refusesAll());
        assertEquals(1, ((InForce.RefuseAll) at.inForce()).problems().size());
        Files.delete(five);
        at.restart();
        String said = at.inForce().toString();
        assertTrue(said.contains("sign a policy in its place"), said);
    }

    @Test
    void anApprovalWhoseFileIsLostChangesNothing() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        Files.delete(file(weaker.digest()));
        at.restart();
        assertEquals(5, at.posture());
    }

    @Test
    void aRollBackThatNoAuthorSignedGoesNowhere() throws Exception {
        at.sealed("posture 5\n");
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        Statement back = ready(at.keeper().draftRollback(NO_REASON));
        Files.write(file(back.digest()), Deployment.signed(back, "cleo").bytes());
        at.write(entry("rolled-back", back, ((RollbackStatement) back).to()));
        at.restart();
        assertEquals("policy-signature", at.refusesAll());
    }

    @Test
    void anApprovalIsGivenAnewWhereTheListOfPrincipalsHasChanged() throws Exception {
        at.sealed("posture 5\n");
        Statement list = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(list, "ann", "ben");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(list, "ann", "ben"));
        Submitted.Waiting waiting =
                assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        assertEquals(at.clock.instant().plus(DAY), waiting.from());
    }

    @Test
    void duringSetUpNoEndIsInherited() throws Exception {
        at.begun("posture 5\n");
        activated(at.hand(at.draft("posture 6\n", "exams", WEEK), "ann"));
        assertTrue(at.active().until().isPresent());
        activated(at.hand(at.draft("posture 4\n"), "ann"));
        assertEquals(Optional.empty(), at.active().until());
    }

    @Test
    void theSameWithAnEndIsNotTheSame() throws Exception {
        at.begun("posture 5\n");
        activated(at.hand(at.draft("posture 6\n"), "ann"));
        String six = at.active().digest();
        activated(at.hand(at.draft("posture 6\n# the same\n", "exams", WEEK), "ann"));
        assertEquals(six, goesBackTo());
    }

    @Test
    void theSameOverWhatHasNothingToGoBackToIsAStep() throws Exception {
        at.sealed("posture 5\n");
        String five = at.active().digest();
        activated(at.hand(at.draft("posture 5\n# the same\n"), "dan"));
        assertEquals(five, goesBackTo());
    }

    @Test
    void theSameAfterADayIsAStep() throws Exception {
        at.sealed("posture 5\n");
        activated(at.hand(at.draft("posture 9\n"), "dan"));
        String nine = at.active().digest();
        at.pass(DAY.plusSeconds(1));
        activated(at.hand(at.draft("posture 9\n# the same\n"), "dan"));
        assertEquals(nine, goesBackTo());
    }

    @Test
    void theEndInRefusingAllIsInheritedByOneAndNotWhereTwoHaveWaited() throws Exception {
        at.sealed("posture 5\n");
        Files.delete(file(at.active().digest()));
        at.restart();
        Statement four = at.draft("posture 4\n", "lost", Duration.ofDays(3));
        at.hand(four, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(four, "ann", "ben"));
        Optional<Instant> end = at.active().until();
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        assertEquals(end, at.active().until());
        Statement three = at.draft("posture 3\n", "appeals", WEEK);
        at.hand(three, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(three, "ann", "ben"));
        at.clock.set(end.orElseThrow());
        assertEquals(3, at.posture());
        at.restart();
        assertEquals(3, at.posture());
        at.clock.set(at.active().until().orElseThrow());
        assertEquals(11, at.posture());
    }

    @Test
    void theEndOfAWeakeningIsInheritedAlsoByAnotherThatTwoHaveSigned() throws Exception {
        at.sealed("posture 5\ndelay 1\n");
        Statement four = at.draft("posture 4\ndelay 1\n", "appeals", Duration.ofHours(2));
        at.hand(four, "ann", "ben");
        at.pass(Duration.ofHours(1));
        activated(at.hand(four, "ann", "ben"));
        Statement three = at.draft("posture 3\ndelay 1\n", "appeals", WEEK);
        at.hand(three, "ann", "ben");
        at.pass(Duration.ofHours(1));
        activated(at.hand(three, "ann", "ben"));
        assertEquals(3, at.posture());
        at.pass(Duration.ofHours(1));
        assertEquals(5, at.posture());
        assertEquals(5, at.restart().posture());
    }
}

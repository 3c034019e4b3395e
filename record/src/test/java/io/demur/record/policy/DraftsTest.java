package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.MemoryLedger;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a draft is made of, when none is made, and what is said of one that waits. */
class DraftsTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Optional<String> WHY = Optional.of("appeals");

    private static final Optional<Duration> NONE = Optional.empty();

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

    @Test
    void whatWasProposedFitsUntilSomethingElseIsInForce() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        assertFalse(at.keeper().fits(weaker.digest()), "no file of it is there");
        assertTrue(at.keeper().takesTwo(weaker));
        at.hand(weaker, "dan");
        assertTrue(at.keeper().fits(weaker.digest()));
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        assertFalse(at.keeper().fits(weaker.digest()));
        assertFalse(at.keeper().takesTwo(weaker));
    }

    @Test
    void whereAListOfPrincipalsIsLostNothingFitsNorTakesTwoThoughAnEarlierListIsThere()
            throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "dan");
        Statement list = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(list, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(list, "ann", "ben"));
        Path file = at.policy().resolve(list.digest() + ".note");
        Path away = folder.resolve("away.note");
        Files.move(file, away);
        PolicyKeeper broken = at.fresh();
        assertTrue(broken.trust().isPresent() && broken.isSealed());
        assertFalse(broken.fits(weaker.digest()));
        assertFalse(broken.takesTwo(weaker));
        Files.move(away, file);
        assertTrue(at.fresh().fits(weaker.digest()) && at.fresh().takesTwo(weaker));
    }

    @Test
    void whereNobodysSignatureCountsNothingFits() throws Exception {
        at.begun("posture 5\n");
        Statement policy = at.draft("posture 6\n");
        try (Deployment none =
                new Deployment(folder.resolve("b"), Optional.of(new MemoryLedger()))) {
            Files.createDirectories(none.policy());
            Files.write(
                    none.policy().resolve(policy.digest() + ".note"),
                    Deployment.signed(policy, "ann").bytes());
            assertFalse(none.keeper().fits(policy.digest()));
            assertFalse(none.keeper().takesTwo(policy));
        }
    }

    @Test
    void duringSetUpNothingTakesTwo() throws Exception {
        at.begun("posture 5\n");
        assertFalse(at.keeper().takesTwo(at.draft("posture 4\n")));
    }

    @Test
    void theLastLineEndsThoughItsWriterDidNotEndIt() throws Exception {
        at.begun("posture 5\n");
        PolicyStatement draft = (PolicyStatement) at.draft("posture 6");
        assertEquals("posture 6\n", draft.document());
        assertEquals(draft.document(), ((PolicyStatement) at.draft("posture 6\n")).document());
    }

    @Test
    void aDocumentThatCannotBeSignedIsNotReadAsWell() throws Exception {
        at.begun("posture 5\n");
        Draft draft =
                at.keeper().draftPolicy("p", "posture\t6\n", Optional.empty(), Optional.empty());
        Draft.Impossible impossible = assertInstanceOf(Draft.Impossible.class, draft);
        assertEquals(1, impossible.problems().size(), impossible::toString);
        assertInstanceOf(
                Draft.Impossible.class,
                at.keeper()
                        .draftPolicy(
                                "p", "posture 6\n", Optional.of("two\nlines"), Optional.empty()));
    }

    @Test
    void anExpiryIsCountedFromNowDuringSetUpAndAfterwardsFromTheDelay() throws Exception {
        at.begun("posture 5\n");
        assertEquals(Deployment.START.plus(WEEK), expires("posture 6\n"));
        activated(at.hand(ready(at.keeper().draftSeal()), "ann"));
        assertEquals(Deployment.START.plus(DAY).plus(WEEK), expires("posture 6\n"));
    }

    private Instant expires(String document) throws Exception {
        Statement draft = ready(at.keeper().draftPolicy("p", document, WHY, Optional.of(WEEK)));
        return ((PolicyStatement) draft).expires().orElseThrow();
    }

    @Test
    void aWeakeningLastsAsLongAsThePolicyAllowsAndNoLonger() throws Exception {
        at.sealed("posture 5\n");
        Duration longest = Duration.ofDays(30);
        ready(at.keeper().draftPolicy("p", "posture 4\n", WHY, Optional.of(longest)));
        Draft longer =
                at.keeper()
                        .draftPolicy("p", "posture 4\n", WHY, Optional.of(longest.plusSeconds(1)));
        assertTrue(
                assertInstanceOf(Draft.Impossible.class, longer)
                        .toString()
                        .contains("it is to last"));
    }

    @Test
    void aRollBackShowsWhatItChangesOnlyWhereItGoesToWhatWasBefore() throws Exception {
        at.begun("posture 5\n");
        activated(at.hand(at.draft("posture 6\n"), "ann"));
        RollbackStatement back =
                (RollbackStatement) ready(at.keeper().draftRollback(Optional.empty()));
        assertTrue(at.keeper().amendment(back).isPresent());
        RollbackStatement elsewhere =
                new RollbackStatement(back.serial(), back.from(), "0".repeat(64), Optional.empty());
        assertEquals(Optional.empty(), at.keeper().amendment(elsewhere));
    }

    private static String code(Draft draft) {
        Draft.Impossible impossible =
                assertInstanceOf(Draft.Impossible.class, draft, draft::toString);
        assertEquals(1, impossible.problems().size(), impossible::toString);
        return impossible.problems().getFirst().code();
    }

    @Test
    void whereNothingIsInForceNothingIsSealedOrRolledBack() throws Exception {
        assertEquals("policy-rollback", code(at.keeper().draftRollback(Optional.empty())));
        assertEquals("policy-none", code(at.keeper().draftSeal()));
        activated(at.hand(at.draftTrust(Deployment.USUAL), "ann"));
        assertEquals("policy-none", code(at.keeper().draftSeal()));
    }

    @Test
    void overALogThatIsNotBelievedNothingIsDrafted() throws Exception {
        at.begun("posture 5\n");
        activated(at.hand(at.draft("posture 6\n"), "ann"));
        Statement list = at.draftTrust("ann both ann;ben both ben");
        activated(at.hand(list, "ann"));
        Files.delete(at.policy().resolve(list.digest() + ".note"));
        PolicyKeeper lost = at.restart().keeper();
        assertEquals("policy-file", code(lost.draftRollback(Optional.empty())));
        assertEquals("policy-file", code(lost.draftSeal()));
        assertEquals("policy-file", code(lost.draftPolicy("p", "posture 7\n", WHY, NONE)));
        String people = Deployment.list(Deployment.USUAL);
        assertEquals("policy-file", code(lost.draftTrust("t", people, WHY)));
    }

    @Test
    void aListOfPrincipalsIsDraftedWithAReasonOnceSealedAndInWholeLines() throws Exception {
        at.begun("posture 5\n");
        String people = Deployment.list(Deployment.USUAL);
        Statement draft = ready(at.keeper().draftTrust("t", people.strip(), Optional.empty()));
        assertEquals(people, ((Statement.TrustStatement) draft).document());
        assertEquals(draft, ready(at.keeper().draftTrust("t", people, Optional.empty())));
        assertEquals("policy-document", code(at.keeper().draftTrust("t", "ann\tboth\n", WHY)));
        assertEquals("yaml-invalid", code(at.keeper().draftTrust("t", "ann emperor k\n", WHY)));
        activated(at.hand(ready(at.keeper().draftSeal()), "ann"));
        assertEquals("policy-weaker", code(at.keeper().draftTrust("t", people, Optional.empty())));
        assertEquals(
                "yaml-invalid",
                code(at.keeper().draftTrust("t", "ann emperor k\n", Optional.empty())));
        ready(at.keeper().draftTrust("t", people, WHY));
    }
}

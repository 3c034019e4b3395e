package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;
import static io.demur.record.policy.Deployment.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.MemoryLedger;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.record.policy.Statement.SealStatement;
import io.demur.record.policy.Statement.TrustStatement;

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

/**
 * Statements that no draft would be made of, written by hand and signed by whoever they need: the
 * same rules meet them.
 */
class ByHandTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Optional<String> WHY = Optional.of("appeals");
    private static final String NOTHING = "0".repeat(64);

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

    private static PolicyStatement with(
            Statement draft, Optional<Instant> expires, Optional<String> reason) {
        PolicyStatement it = (PolicyStatement) draft;
        return new PolicyStatement(
                it.serial(),
                it.replaces(),
                expires,
                reason,
                it.table(),
                it.judges(),
                it.probes(),
                it.document());
    }

    private Optional<Instant> in(Duration time) {
        return Optional.of(at.clock.instant().plus(time));
    }

    private void isRejected(String code, String words, Submitted submitted) {
        Submitted.Rejected rejected =
                assertInstanceOf(Submitted.Rejected.class, submitted, submitted::toString);
        assertEquals(code, rejected.problems().getFirst().code());
        assertTrue(rejected.toString().contains(words), rejected::toString);
    }

    @Test
    void aFirstPolicyThatExpiresLeavesNothingBehindAndIsNotTaken() throws Exception {
        activated(at.hand(at.draftTrust(Deployment.USUAL), "ann"));
        Statement first = at.draft("posture 5\n");
        isRejected(
                "policy-weaker",
                "the first policy cannot expire",
                at.hand(with(first, in(WEEK), WHY), "ann"));
        activated(at.hand(first, "ann"));
    }

    @Test
    void aWeakeningWithoutAReasonOrAnEndIsNotTakenHoweverManySign() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 3\n", "appeals", WEEK);
        isRejected(
                "policy-weaker",
                "gives no reason",
                at.hand(with(weaker, in(WEEK), Optional.empty()), "ann", "ben"));
        isRejected(
                "policy-weaker",
                "says no time",
                at.hand(with(weaker, Optional.empty(), WHY), "ann", "ben"));
        assertEquals(5, at.posture());
    }

    @Test
    void aWeakeningEndsAfterItsDelayAndNoLaterThanThePolicyLetsIt() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 3\n", "appeals", WEEK);
        isRejected(
                "policy-weaker",
                "can come into force at",
                at.hand(with(weaker, in(DAY), WHY), "ann", "ben"));
        isRejected(
                "policy-weaker",
                "lets no weakening last beyond",
                at.hand(with(weaker, in(DAY.plusDays(30).plusSeconds(1)), WHY), "ann", "ben"));
        assertInstanceOf(
                Submitted.Waiting.class,
                at.hand(with(weaker, in(DAY.plusSeconds(1)), WHY), "ann", "ben"));
        assertInstanceOf(
                Submitted.Waiting.class,
                at.hand(with(weaker, in(DAY.plusDays(30)), WHY), "ann", "ben"));
    }

    @Test
    void whatExpiresAtThisMomentHasExpired() throws Exception {
        at.sealed("posture 5\n");
        PolicyStatement weaker = with(at.draft("posture 3\n", "appeals", WEEK), in(WEEK), WHY);
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        at.clock.set(weaker.expires().orElseThrow());
        isRejected("policy-outdated", "it expired at", at.hand(weaker, "ann", "ben"));
    }

    @Test
    void aListOfPrincipalsReplacesTheOneThatCounts() throws Exception {
        at.sealed("posture 5\n");
        TrustStatement list = (TrustStatement) at.draftTrust("ann both ann;ben both ben");
        isRejected(
                "policy-outdated",
                "it was made over `%s`".formatted(NOTHING),
                at.hand(
                        new TrustStatement(
                                list.serial(), Optional.of(NOTHING), WHY, list.document()),
                        "ann",
                        "ben"));
        isRejected(
                "policy-outdated",
                "it was made over nothing",
                at.hand(
                        new TrustStatement(list.serial(), Optional.empty(), WHY, list.document()),
                        "ann",
                        "ben"));
        isRejected(
                "policy-weaker",
                "gives no reason",
                at.hand(
                        new TrustStatement(
                                list.serial(), list.replaces(), Optional.empty(), list.document()),
                        "ann",
                        "ben"));
        isRejected(
                "yaml-invalid",
                "",
                at.hand(
                        new TrustStatement(
                                list.serial(), list.replaces(), WHY, "ann emperor key\n"),
                        "ann",
                        "ben"));
        isRejected(
                "policy-outdated",
                "its serial is 3, and the next one is 2",
                at.hand(
                        new TrustStatement(
                                list.serial() + 1, list.replaces(), WHY, list.document()),
                        "ann",
                        "ben"));
    }

    @Test
    void aRollBackGoesFromWhatIsInForceToWhatWasBeforeIt() throws Exception {
        at.sealed("posture 5\n");
        activated(at.hand(at.draft("posture 7\n"), "dan"));
        RollbackStatement back =
                (RollbackStatement) ready(at.keeper().draftRollback(Optional.empty()));
        isRejected(
                "policy-outdated",
                NOTHING,
                at.hand(
                        new RollbackStatement(back.serial(), NOTHING, back.to(), back.reason()),
                        "dan"));
        isRejected(
                "policy-outdated",
                NOTHING,
                at.hand(
                        new RollbackStatement(back.serial(), back.from(), NOTHING, back.reason()),
                        "dan"));
        isRejected(
                "policy-outdated",
                "and `%s` is in force".formatted(back.from()),
                at.hand(
                        new RollbackStatement(back.serial(), NOTHING, back.to(), back.reason()),
                        "dan"));
        activated(at.hand(back, "dan"));
        assertEquals(5, at.posture());
    }

    @Test
    void nothingGoesBackToWhatHasExpiredMeanwhile() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 3\n", "appeals", WEEK);
        at.hand(weaker, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(weaker, "ann", "ben"));
        at.pass(WEEK.minusHours(1));
        activated(at.hand(at.draft("posture 8\n"), "dan"));
        Statement back = ready(at.keeper().draftRollback(Optional.empty()));
        at.pass(Duration.ofHours(2));
        isRejected("policy-rollback", "the policy before has expired", at.hand(back, "dan"));
        assertEquals(8, at.posture());
    }

    @Test
    void aSealIsSetOnceOverWhatIsInForce() throws Exception {
        at.begun("posture 5\n");
        SealStatement seal = (SealStatement) ready(at.keeper().draftSeal());
        isRejected(
                "policy-outdated",
                NOTHING,
                at.hand(new SealStatement(seal.serial(), NOTHING, seal.trust()), "ann"));
        isRejected(
                "policy-outdated",
                NOTHING,
                at.hand(new SealStatement(seal.serial(), seal.policy(), NOTHING), "ann"));
        activated(at.hand(seal, "ann"));
        isRejected(
                "policy-seal",
                "the set-up phase is over already",
                at.hand(new SealStatement(seal.serial() + 1, seal.policy(), seal.trust()), "ann"));
    }

    @Test
    void aSealThatWouldLockOrThatSomethingWaitsBehindIsNotSetByHandEither() throws Exception {
        activated(at.hand(at.draftTrust("ann author ann;dan author dan"), "ann"));
        activated(at.hand(at.draft("posture 5\n"), "ann"));
        String alone = at.keeper().trusted().orElseThrow();
        isRejected(
                "policy-seal",
                "the list of principals has no such two",
                at.hand(new SealStatement(2, at.active().digest(), alone), "ann"));
        activated(at.hand(at.draftTrust(Deployment.USUAL), "ann"));
        activated(at.hand(with(at.draft("posture 6\n"), in(WEEK), WHY), "ann"));
        isRejected(
                "policy-seal",
                "the policy in force expires",
                at.hand(
                        new SealStatement(
                                3, at.active().digest(), at.keeper().trusted().orElseThrow()),
                        "ann"));
        assertTrue(at.active().settingUp());
    }

    @Test
    void whatIsNotBelievedOrIsOfAnotherProgramIsNotSealedIn() throws Exception {
        at.begun("posture 5\n");
        SealStatement seal = (SealStatement) ready(at.keeper().draftSeal());
        at.restart();
        at.documents = new PlainDocuments(1);
        isRejected("policy-seal", "in force is not believed", at.hand(seal, "ann"));
        at.restart();
        at.documents = new PlainDocuments(0);
        Path file = at.policy().resolve(seal.policy() + ".note");
        Path away = folder.resolve("away.note");
        Files.move(file, away);
        isRejected("policy-seal", "in force is not believed", at.hand(seal, "ann"));
        Files.move(away, file);
        at.restart();
        activated(at.hand(seal, "ann"));
    }

    @Test
    void beforeThereIsAListNobodysSignatureCounts() throws Exception {
        Deployment other = new Deployment(folder.resolve("b"), Optional.of(new MemoryLedger()));
        other.begun("posture 5\n");
        Statement policy = other.draft("posture 6\n");
        isRejected("policy-trust", "nobody's signature counts yet", at.hand(policy, "ann"));
        // nor is a list taken that none of those signed whom it names
        assertEquals("policy-signature", rejected(at.hand(at.draftTrust("dan author dan"), "eve")));
        other.close();
        assertEquals(List.of(), at.keeper().history());
    }
}

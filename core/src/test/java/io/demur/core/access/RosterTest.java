package io.demur.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Who has which key. */
class RosterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final KeyText ADA = KeyText.random(new SplittableRandom(1));
    private static final KeyText BOB = KeyText.random(new SplittableRandom(2));

    private static AccessKey key(KeyText text, String principal, Optional<String> project) {
        return new AccessKey(
                text.id(),
                text.hash(),
                principal,
                project,
                Scope.ASKING,
                NOW,
                Optional.of(NOW.plus(Duration.ofDays(1))),
                Optional.empty(),
                Optional.empty());
    }

    private static Principal principal(String id, Optional<Instant> removed) {
        return new Principal(id, "researcher", Limits.NONE, NOW, removed);
    }

    private static Roster roster(AccessKey... keys) {
        return new Roster(
                7,
                List.of(
                        principal("sub_ada", Optional.empty()),
                        principal("sub_gone", Optional.of(NOW))),
                List.of(
                        new Project("audit", Optional.of("fairness-audit"), Limits.NONE, NOW),
                        new Project("plain", Optional.empty(), Limits.NONE, NOW)),
                List.of(keys));
    }

    @Test
    void aKeySaysWhoAsksAndWhatFor() {
        Roster roster = roster(key(ADA, "sub_ada", Optional.of("audit")));
        Known known = assertInstanceOf(Known.class, roster.authenticate(ADA.text(), NOW));
        assertEquals(
                new Caller(
                        Optional.of(ADA.id()),
                        "sub_ada",
                        "researcher",
                        Optional.of("audit"),
                        Optional.of("fairness-audit"),
                        Scope.ASKING,
                        Limits.NONE),
                known.caller());
        assertEquals(7, roster.version());
    }

    @Test
    void aProjectThatIsGoneOrDeclaresNothingGivesNoPurpose() {
        for (String project : List.of("plain", "gone")) {
            Roster roster = roster(key(ADA, "sub_ada", Optional.of(project)));
            Known known = assertInstanceOf(Known.class, roster.authenticate(ADA.text(), NOW));
            assertEquals(Optional.empty(), known.caller().purpose());
        }
    }

    @Test
    void aKeyEndsAtTheMomentWhenItExpires() {
        Roster roster = roster(key(ADA, "sub_ada", Optional.empty()));
        Instant end = NOW.plus(Duration.ofDays(1));
        assertInstanceOf(Known.class, roster.authenticate(ADA.text(), end.minusNanos(1)));
        rejected(Why.EXPIRED, roster, ADA.text(), end);
    }

    @Test
    void whatWasRevokedIsSoAtWhateverTime() {
        AccessKey good = key(ADA, "sub_ada", Optional.empty());
        AccessKey revoked =
                new AccessKey(
                        good.id(),
                        good.hash(),
                        good.principal(),
                        good.project(),
                        good.scope(),
                        good.created(),
                        good.expires(),
                        Optional.of(NOW.plusSeconds(60)),
                        Optional.empty());
        rejected(Why.REVOKED, roster(revoked), ADA.text(), NOW);
    }

    @Test
    void onlyWhoHasTheSecretIsToldMoreThanThatItIsUnknown() {
        AccessKey expired = key(ADA, "sub_ada", Optional.empty());
        Instant later = NOW.plus(Duration.ofDays(2));
        // the same id with another secret
        AccessKey other =
                new AccessKey(
                        ADA.id(),
                        BOB.hash(),
                        "sub_ada",
                        Optional.empty(),
                        Scope.ASKING,
                        NOW,
                        expired.expires(),
                        Optional.of(NOW),
                        Optional.empty());
        rejected(Why.UNKNOWN, roster(other), ADA.text(), later);
        rejected(Why.UNKNOWN, roster(), ADA.text(), NOW);
        rejected(Why.EXPIRED, roster(expired), ADA.text(), later);
    }

    @Test
    void aPrincipalWhoWasRemovedAsksNoMore() {
        rejected(Why.REMOVED, roster(key(ADA, "sub_gone", Optional.empty())), ADA.text(), NOW);
        rejected(Why.REMOVED, roster(key(ADA, "sub_nobody", Optional.empty())), ADA.text(), NOW);
        assertTrue(roster().without("sub_gone", Optional.empty(), Scope.ASKING).isEmpty());
        Caller caller =
                roster().without("sub_ada", Optional.of("audit"), Scope.ASKING).orElseThrow();
        assertEquals(Optional.of("fairness-audit"), caller.purpose());
        assertFalse(caller.key().isPresent());
    }

    @Test
    void whatIsNoKeyIsToldWhatIsWrongWithIt() {
        Rejected rejected =
                assertInstanceOf(Rejected.class, Roster.EMPTY.authenticate("sk-1", NOW));
        assertEquals(Why.NO_KEY, rejected.why());
        assertEquals("a key begins with `dmr_`", rejected.words());
        rejected(Why.UNKNOWN, Roster.EMPTY, ADA.text(), NOW);
    }

    private static void rejected(Why why, Roster roster, String text, Instant now) {
        Rejected rejected = assertInstanceOf(Rejected.class, roster.authenticate(text, now));
        assertEquals(why, rejected.why());
        assertFalse(rejected.words().contains(text));
    }
}

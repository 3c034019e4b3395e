package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.key;
import static io.demur.record.policy.Deployment.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.VerifierKey;
import io.demur.record.MemoryLedger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a keeper says of the past: who had signed, which keys were used, what a step back goes to.
 */
class HistoryTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir Path folder = Path.of("");

    private Deployment at = new Deployment(folder);

    @BeforeEach
    void begin() {
        at = new Deployment(folder, Optional.of(new MemoryLedger()));
    }

    @Test
    void historyNamesWhoHadSignedWhenItWasProposedAndNotWhoSignedLater() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "dan");
        at.hand(weaker, "dan", "cleo");
        for (PolicyKeeper keeper : List.of(at.keeper(), at.fresh())) {
            List<Event> events = keeper.history();
            Event proposed = events.get(events.size() - 2);
            assertEquals("proposed", proposed.action());
            assertEquals(List.of("dan"), proposed.by());
            assertEquals("approved", events.getLast().action());
            assertEquals(Set.of("dan", "cleo"), Set.copyOf(events.getLast().by()));
        }
    }

    @Test
    void historyNamesNobodyWhoseSignatureIsGoneFromTheFile() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "dan", "cleo");
        Files.write(
                at.policy().resolve(weaker.digest() + ".note"),
                Deployment.signed(weaker, "cleo").bytes());
        assertEquals(List.of("cleo"), at.fresh().history().getLast().by());
        Files.delete(at.policy().resolve(weaker.digest() + ".note"));
        List<String> keys =
                List.of(
                        "dan+" + key("dan").verifier().hexId(),
                        "cleo+" + key("cleo").verifier().hexId());
        assertEquals(
                keys.stream().sorted().toList(),
                at.fresh().history().getLast().by().stream().sorted().toList());
    }

    @Test
    void historyNamesAllWhoSignedWhereAnEntryHasNoRoomForThem() throws Exception {
        String[] many = new String[13];
        StringBuilder list = new StringBuilder("ann both ann");
        for (int i = 0; i < many.length; i++) {
            many[i] = "m" + i;
            list.append(";m").append(i).append(" author m").append(i);
        }
        activated(at.hand(at.draftTrust(list.toString()), "ann"));
        activated(at.hand(at.draft("posture 5\n"), many));
        assertEquals(Set.of(many), Set.copyOf(at.fresh().history().getLast().by()));
    }

    @Test
    void historyNamesWhoSignsWithAKeyWhoseNameAnEntryDoesNotHold() throws Exception {
        activated(at.hand(at.draftTrust("ann both ann;eva author Évà"), "ann"));
        activated(at.hand(at.draft("posture 5\n"), "Évà"));
        assertEquals(List.of("eva"), at.fresh().history().getLast().by());
    }

    @Test
    void whoSignsWithTheFirstOfTwoKeysHasNotTriedTheSecond() throws Exception {
        at.begun("posture 5\n");
        assertEquals(Set.of("ann"), tried());
        activated(at.hand(at.draft("posture 6\n"), "ann2"));
        assertEquals(Set.of("ann", "ann2"), tried());
        // a new key under the old name, and the old one gone
        activated(at.hand(at.draftTrust("ann both ann3;ben both ben"), "ann"));
        assertEquals(Set.of(), tried());
        activated(at.hand(at.draft("posture 7\n"), "ann3"));
        assertEquals(Set.of("ann3"), tried());
        // what the log does not name is a file
        Statement other = at.draft("posture 8\n");
        Files.write(
                at.policy().resolve(other.digest() + ".note"),
                Deployment.signed(other, "ben").bytes());
        assertEquals(Set.of("ann3"), tried());
    }

    private Set<String> tried() throws Exception {
        assertEquals(at.keeper().tried(), at.fresh().tried());
        return at.keeper().tried().stream().map(VerifierKey::name).collect(Collectors.toSet());
    }

    @Test
    void duringSetUpTooAnEqualPolicyLeavesTheRollBackWhereItWas() throws Exception {
        at.begun("posture 5\n");
        String first = at.active().digest();
        activated(at.hand(at.draft("posture 6\n"), "ann"));
        at.pass(Duration.ofHours(23));
        activated(at.hand(at.draft("posture 6\n# the same in other words\n"), "ann"));
        Statement.RollbackStatement back =
                assertInstanceOf(
                        Statement.RollbackStatement.class,
                        ready(at.keeper().draftRollback(Optional.of("too strict"))));
        assertEquals(first, back.to());
        // the day counts from the policy that changed something
        at.pass(Duration.ofMinutes(61));
        assertInstanceOf(
                Draft.Impossible.class, at.keeper().draftRollback(Optional.of("too strict")));
        assertEquals(6, at.posture());
    }

    @Test
    void theSealIsKnownEvenWhereNothingElseCanBeBelieved() throws Exception {
        at.sealed("posture 5\n");
        String list = at.keeper().trusted().orElseThrow();
        Files.delete(at.policy().resolve(list + ".note"));
        assertTrue(at.fresh().isSealed());
        assertTrue(
                at.fresh().inForce().toString().contains("without it nobody's signature counts"),
                () -> at.policy().toString());
    }
}

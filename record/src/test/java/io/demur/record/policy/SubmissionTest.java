package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;
import static io.demur.record.policy.Deployment.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.probe.ProbeRun;
import io.demur.log.note.Note;
import io.demur.record.MemoryLedger;
import io.demur.record.entry.PolicyChange;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.TrustStatement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is handed in: what is looked at first, what is kept, and what the log says of it. */
class SubmissionTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir Path folder = Path.of("");

    private MemoryLedger log = new MemoryLedger();
    private Deployment at = new Deployment(folder);

    @BeforeEach
    void begin() {
        log = new MemoryLedger();
        at = new Deployment(folder, Optional.of(log));
    }

    @AfterEach
    void end() {
        at.close();
    }

    private Path file(Statement statement) {
        return at.policy().resolve(statement.digest() + ".note");
    }

    @Test
    void whatIsNoStatementIsRejected() throws Exception {
        at.begun("posture 5\n");
        byte[] garbage = "posture 6\n".getBytes(StandardCharsets.UTF_8);
        assertEquals("policy-malformed", rejected(at.keeper().submit(garbage, at.trail())));
    }

    @Test
    void overALogThatIsNotBelievedNothingIsTakenAndNothingIsWritten() throws Exception {
        at.sealed("posture 5\n");
        Statement list = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(list, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(list, "ann", "ben"));
        Statement stronger = at.draft("posture 7\n");
        Files.delete(file(list));
        int before = policies().size();
        Submitted submitted = at.restart().hand(stronger, "dan");
        assertEquals("policy-file", rejected(submitted));
        assertTrue(submitted.toString().contains(list.digest()), submitted::toString);
        assertEquals(before, policies().size());
    }

    private List<PolicyChange> policies() throws Exception {
        return log.entries().stream()
                .filter(PolicyChange.class::isInstance)
                .map(PolicyChange.class::cast)
                .toList();
    }

    @Test
    void aStatementThatLeavesNoRoomForSignaturesIsRejected() throws Exception {
        at.begun("posture 5\n");
        TrustStatement list = (TrustStatement) at.draftTrust(Deployment.USUAL);
        int room = Note.BYTES_MAX - 100 * 256;
        int rest = list.text().getBytes(StandardCharsets.UTF_8).length;
        assertEquals(Optional.empty(), Drafts.tooLong("p", longer(list, room - rest)));
        assertTrue(Drafts.tooLong("p", longer(list, room - rest + 1)).isPresent());
        assertEquals("policy-document", rejected(at.hand(longer(list, room - rest + 1), "ann")));
        Draft draft =
                at.keeper()
                        .draftPolicy(
                                "p",
                                "# %s\nposture 6\n".formatted("é".repeat(room / 2)),
                                Optional.empty(),
                                Optional.empty());
        assertInstanceOf(Draft.Impossible.class, draft);
        Draft people =
                at.keeper()
                        .draftTrust(
                                "t",
                                longer(list, room - rest + 1).document(),
                                Optional.of("people"));
        assertInstanceOf(Draft.Impossible.class, people);
    }

    /** A principal with a longer name. */
    private static TrustStatement longer(TrustStatement it, int more) {
        return new TrustStatement(
                it.serial(), it.replaces(), it.reason(), "x".repeat(more) + it.document());
    }

    @Test
    void theListHandedInAgainByWhomItNoLongerNamesIsDone() throws Exception {
        at.begun("posture 5\n");
        Statement list = at.draftTrust("ben both ben;dan author dan");
        // as far as the first list goes, with it
        activated(at.hand(list, "ann"));
        activated(at.hand(list, "ann"));
        assertEquals("policy-signature", rejected(at.hand(list, "eve")));
        activated(at.hand(list, "ben"));
    }

    @Test
    void whatTheRulesSayComesBeforeWhatTheProbesDo() throws Exception {
        at.begun("posture 5\n");
        PolicyStatement it = (PolicyStatement) at.draft("posture 6\n");
        Statement both =
                new PolicyStatement(
                        it.serial() + 1,
                        it.replaces(),
                        Optional.empty(),
                        Optional.empty(),
                        it.table(),
                        it.judges(),
                        new ProbeRun(Map.of("clear-1", Strength.ALLOW)),
                        it.document());
        assertEquals("policy-outdated", rejected(at.hand(both, "ann")));
    }

    @Test
    void whatIsProposedIsKnownAtOnceAndWhoSignsWhileItWaitsIsKept() throws Exception {
        at.sealed("posture 5\n");
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "ann");
        assertEquals("proposed", at.keeper().history().getLast().action());
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "ann", "ben"));
        assertInstanceOf(Submitted.Waiting.class, at.hand(weaker, "cleo", "ann"));
        String kept = Files.readString(file(weaker));
        for (String name : List.of("ann", "ben", "cleo")) {
            assertTrue(kept.contains("— " + name + " "), kept);
        }
    }

    @Test
    void theLogSaysWhatWasThereBeforeWhichWayItWentAndWhenItEnds() throws Exception {
        at.sealed("posture 5\n");
        String five = at.active().digest();
        String list = at.keeper().trusted().orElseThrow();
        Statement six = at.draft("posture 6\n");
        activated(at.hand(six, "dan"));
        Statement back = ready(at.keeper().draftRollback(Optional.empty()));
        activated(at.hand(back, "dan"));
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "ann", "ben");
        Statement next = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(next, "ann", "ben");
        at.pass(DAY);
        activated(at.hand(weaker, "ann", "ben"));
        activated(at.hand(next, "ann", "ben"));
        Optional<Instant> end = ((PolicyStatement) weaker).expires();
        assertEquals(
                List.of(
                        said("trusted", "equal", Optional.empty(), Optional.empty()),
                        said("activated", "stronger", Optional.empty(), Optional.empty()),
                        said("sealed", "stronger", Optional.of(five), Optional.empty()),
                        said("activated", "stronger", Optional.of(five), Optional.empty()),
                        said("rolled-back", "weaker", Optional.of(six.digest()), Optional.empty()),
                        said("approved", "weaker", Optional.of(five), end),
                        said("approved", "weaker", Optional.of(list), Optional.empty()),
                        said("activated", "weaker", Optional.of(five), end),
                        said("trusted", "weaker", Optional.of(list), Optional.empty())),
                policies().stream()
                        .map(it -> said(it.action(), it.direction(), it.before(), it.expires()))
                        .toList());
    }

    private static String said(
            String action, String direction, Optional<String> before, Optional<Instant> expires) {
        return "%s %s over %s until %s".formatted(action, direction, before, expires);
    }

    @Test
    void aRollBackToWhatDoesMoreIsWrittenAsStronger() throws Exception {
        at.begun("posture 5\n");
        activated(at.hand(at.draft("posture 4\n"), "ann"));
        activated(at.hand(ready(at.keeper().draftRollback(Optional.empty())), "ann"));
        assertEquals("stronger", policies().getLast().direction());
    }
}

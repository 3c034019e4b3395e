package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.judge;
import static io.demur.record.policy.Deployment.rejected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.probe.ProbeRun;
import io.demur.record.MemoryLedger;
import io.demur.record.policy.Statement.PolicyStatement;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Probes are answered by the judges of each policy, not by those of a program. */
class JudgesTest {

    private static final JudgeId STRICT = new JudgeId("strict", 1, "cd".repeat(32));

    @TempDir Path folder = Path.of("");

    private Deployment at = new Deployment(folder);

    @BeforeEach
    void begin() {
        at = new Deployment(folder, Optional.of(new MemoryLedger()));
        at.judges = JudgesTest::byPosture;
    }

    /** Stands for what a policy says of its judges: from posture 7 on another one speaks. */
    private static HarmPredictor byPosture(Charter charter) {
        return charter.policy().posture().level() >= 7
                ? judge(STRICT, 0.0999)
                : judge(Deployment.JUDGE, 0);
    }

    @Test
    void eachPolicyIsSignedWithItsOwnJudgesAndHoldsWithThem() throws Exception {
        at.begun("posture 5\n");
        PolicyStatement strict = (PolicyStatement) at.draft("posture 7\n");
        assertEquals(List.of(STRICT), strict.judges());
        assertEquals(Strength.REFUSE, strict.probes().done().get("clear-1"));
        activated(at.hand(strict, "ann"));
        assertEquals(List.of(STRICT), at.active().charter().settings().judges());
        PolicyStatement usual = (PolicyStatement) at.draft("posture 6\n");
        assertEquals(List.of(Deployment.JUDGE), usual.judges());
        activated(at.hand(usual, "ann"));
        assertEquals(6, at.restart().posture());
        assertEquals(at.active().digest(), usual.digest());
    }

    @Test
    void aPolicyWhoseJudgesSpeakNoMoreRefusesAll() throws Exception {
        at.begun("posture 7\n");
        at.judges = Deployment.always(judge(Deployment.JUDGE, 0));
        at.restart();
        assertEquals("policy-judge", at.refusesAll());
    }

    @Test
    void aDocumentThatNamesItsJudgesIsSignedAndReadOnlyWithThose() throws Exception {
        at.begun("posture 5\njudge stub\n");
        PolicyStatement stub = (PolicyStatement) at.draft("posture 6\njudge stub\njudge more\n");
        assertEquals(List.of(Deployment.JUDGE), stub.judges());
        Draft other =
                at.keeper()
                        .draftPolicy(
                                "p",
                                "posture 6\njudge other\n",
                                Optional.empty(),
                                Optional.empty());
        assertEquals(
                List.of("policy-judge"),
                assertInstanceOf(Draft.Impossible.class, other).problems().stream()
                        .map(Problem::code)
                        .toList());
        PolicyStatement lie =
                new PolicyStatement(
                        stub.serial(),
                        stub.replaces(),
                        Optional.empty(),
                        Optional.empty(),
                        stub.table(),
                        List.of(STRICT),
                        stub.probes(),
                        stub.document());
        assertEquals("policy-judge", rejected(at.hand(lie, "ann")));
        activated(at.hand(stub, "ann"));
    }

    @Test
    void howManyProbesAreAnsweredOtherwiseCountsThoseThatOneOfTheTwoLacks() throws Exception {
        at.begun("posture 5\n");
        PolicyStatement draft = (PolicyStatement) at.draft("posture 6\n");
        Map<String, Strength> probes = new HashMap<>(draft.probes().done());
        probes.put("new-1", Strength.HOLD);
        assertOtherwise("1 of 3 probes", draft, probes);
        probes.put("clear-1", Strength.ALLOW);
        assertOtherwise("2 of 3 probes", draft, probes);
        assertOtherwise("2 of 2 probes", draft, Map.of("clear-1", Strength.REFUSE));
    }

    private void assertOtherwise(String said, PolicyStatement draft, Map<String, Strength> probes)
            throws Exception {
        PolicyStatement lie =
                new PolicyStatement(
                        draft.serial(),
                        draft.replaces(),
                        Optional.empty(),
                        Optional.empty(),
                        draft.table(),
                        draft.judges(),
                        new ProbeRun(probes),
                        draft.document());
        Submitted submitted = at.hand(lie, "ann");
        assertTrue(submitted.toString().contains(said), submitted::toString);
    }
}

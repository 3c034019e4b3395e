package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.JudgeId;
import io.demur.core.charter.Charter;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Decision.Strength;
import io.demur.record.MemoryLedger;
import io.demur.record.policy.Statement.PolicyStatement;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
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
}

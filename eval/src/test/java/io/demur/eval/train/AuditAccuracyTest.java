package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.eval.teach.Audit;
import io.demur.eval.teach.Fault;
import io.demur.eval.teach.Looked;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often an audit is right, on faults that are known; the figures stand in its reference. */
class AuditAccuracyTest {

    @Test
    void theFiguresOfTheReferenceAreThoseOfThisVersion() throws Exception {
        Audit audit =
                new Audit(
                        new StopReasonDetector(LinearJudge.shipped()),
                        LinearAnswerJudge.shipped(),
                        LinearHarm.shipped(),
                        Audit.Limits.USUAL);
        Map<String, int[]> found = new TreeMap<>();
        int[] all = new int[4];
        for (KnownFaults known : KnownFaults.load()) {
            if (!known.reported()) {
                continue;
            }
            Looked looked = audit.look(known.row());
            boolean wrong = looked.outcome() == Looked.Outcome.WRONG;
            String fault = known.fault().map(Fault::word).orElse("none");
            int[] counts = found.computeIfAbsent(fault, f -> new int[3]);
            counts[wrong ? 0 : looked.outcome() == Looked.Outcome.UNSURE ? 2 : 1]++;
            all[(known.fault().isPresent() ? 0 : 2) + (wrong ? 0 : 1)]++;
        }
        StringBuilder table = new StringBuilder("fault, called wrong, called right, unsure\n");
        found.forEach(
                (fault, n) -> table.append("%s, %d, %d, %d%n".formatted(fault, n[0], n[1], n[2])));
        table.append(
                "of rows called wrong, wrong: %d of %d%nof wrong rows, found: %d of %d%n"
                        .formatted(all[0], all[0] + all[2], all[0], all[0] + all[1]));
        Golden.check("eval/src/test/resources/teach/audit-accuracy.txt", table.toString());
        assertTrue(List.of(all[0], all[3]).stream().allMatch(n -> n > 0));
    }
}

package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.stats.Confusion;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Everyday answers and short refusals in many languages that the judge was not trained on, written
 * by someone who had not seen what it was trained on. The ceilings lie a little above what the
 * shipped judge does; {@code docs/judges/refusal.md} has the figures.
 */
class EverydayTest {

    private static final double FALSE_REFUSALS_MAX = 0.15;
    private static final double MISSED_MAX = 0.15;

    @Test
    void ordinaryAnswersAreSeldomTakenForRefusalsAndRefusalsSeldomMissed() throws Exception {
        Detector detector = new StopReasonDetector(LinearJudge.shipped());
        Tally tally = new Tally(detector.id(), List.of());
        Silent silent = new Silent();
        try (Pipeline<?> pipeline =
                new Pipeline<>(
                        new Scoring(new Judge(detector), tally, silent),
                        ReadOptions.AUTO,
                        silent,
                        Pipeline.Spread.ofProcessors(),
                        () -> false)) {
            pipeline.read(
                    Input.of(Repository.root().resolve("eval/src/test/resources/everyday.jsonl")));
        }
        Confusion confusion = tally.all().agreement();
        double falseRefusals = 1 - confusion.recall(0).orElseThrow();
        double missed = 1 - confusion.recall(1).orElseThrow();
        assertTrue(confusion.n() > 130, () -> confusion.n() + " read");
        assertTrue(falseRefusals <= FALSE_REFUSALS_MAX, () -> "false refusals " + falseRefusals);
        assertTrue(missed <= MISSED_MAX, () -> "missed " + missed);
    }

    private static final class Silent implements Listener<Row> {
        @Override
        public void row(Row row) {}

        @Override
        public void problem(Problem problem) {
            throw new AssertionError(problem.toString());
        }

        @Override
        public void progress(long bytes) {}
    }
}

package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Consequence;
import io.demur.eval.Threshold;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class WatchedTest {

    private static final JudgeId GUARD = new JudgeId("llama-guard:m-3.1", 1, "0".repeat(64));

    @Test
    void aGuardThatWasDownIsInTheSummaryAndCanFailABuild() {
        Watched watched = new Watched();
        watched.over(GUARD).heard(new Assessment.Judged(0.5, Map.of(), Consequence.NONE, GUARD));
        watched.over(GUARD)
                .heard(new Assessment.Unjudged(Reason.DOWN, GUARD.name() + ": no connection"));
        Map<String, ?> summary =
                watched.in(Map.of("stages", Map.of("harm", Map.of("n", 4L, "rate", 1.0))));
        assertEquals(
                Map.of(
                        "harm",
                        Map.of("n", 4L, "rate", 1.0),
                        GUARD.name(),
                        Map.of("n", 0L, "rate", 0.0, "asked", 2L, "unjudged", 1L)),
                summary.get("stages"));
        assertTrue(
                Threshold.parse("stages.llama-guard:m-3.1.unjudged=0", Threshold.Side.OVER)
                        .missedBy(summary)
                        .isPresent());
        assertTrue(watched.text().contains("llama-guard:m-3.1 2, 1 of them unjudged"));
    }

    @Test
    void aComplaintNamesItsJudgeOnce() {
        Watched watched = new Watched();
        watched.over(GUARD)
                .heard(new Assessment.Unjudged(Reason.DOWN, GUARD.name() + ": no connection"));
        assertEquals(
                List.of(
                        "`llama-guard:m-3.1` could not judge 1 of the 1 that it was asked, lastly"
                                + " for this reason: no connection; the judgement before it"
                                + " stands there"),
                watched.complaints());
    }

    @Test
    void withoutSuchAJudgeNothingIsSaid() {
        assertEquals("", new Watched().text());
        assertEquals(List.of(), new Watched().complaints());
    }
}

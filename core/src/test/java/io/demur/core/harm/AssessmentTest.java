package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.JudgeId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class AssessmentTest {

    private static final JudgeId JUDGE = new JudgeId("harm", 1, "0".repeat(64));

    @Test
    void probabilitiesLieBetweenZeroAndOne() {
        for (double p : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> judged(p, Map.of()));
            assertThrows(IllegalArgumentException.class, () -> judged(0.5, Map.of(Hazard.HATE, p)));
        }
    }

    @Test
    void hazardsStandInTheOrderOfTheTaxonomy() {
        Assessment.Judged judged =
                judged(0.9, Map.of(Hazard.SPECIALIZED_ADVICE, 0.2, Hazard.VIOLENT_CRIMES, 0.8));
        assertEquals(
                List.of(Hazard.VIOLENT_CRIMES, Hazard.SPECIALIZED_ADVICE),
                List.copyOf(judged.hazards().keySet()));
    }

    @Test
    void anAbsentHazardIsNotAProbabilityOfZero() {
        assertEquals(Map.of(), judged(0.1, Map.of()).hazards());
    }

    private static Assessment.Judged judged(double pHarm, Map<Hazard, Double> hazards) {
        return new Assessment.Judged(pHarm, hazards, Consequence.NONE, JUDGE);
    }
}

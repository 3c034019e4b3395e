package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.sequential.Delay.Delays;
import io.demur.stats.sequential.Delay.Plan;

import org.junit.jupiter.api.Test;

class DelayTest {

    private static final int RUNS = Boolean.getBoolean("thorough") ? 5_000 : 400;

    @Test
    void aDropOfFivePointsIsFoundWithinFiveDaysOfFiftyADay() {
        for (int quiet : new int[] {0, 100}) {
            Plan plan = new Plan(0.95, 0.90, 50, quiet, 0.05, 365, 120);
            Delays delays = Delay.simulate(plan, RUNS, 47);
            assertTrue(delays.first().median() <= 5, delays.toString());
            assertTrue(delays.first().ninth() <= 12, delays.toString());
            assertEquals(1, delays.cusum().found());
            assertTrue(delays.first().median() <= delays.process().median());
        }
        Delays rising = Delay.simulate(new Plan(0.05, 0.10, 50, 0, 0.05, 365, 120), RUNS, 47);
        assertTrue(rising.first().median() <= 5, rising.toString());
    }

    @Test
    void theSameSeedGivesTheSameDelays() {
        Plan plan = new Plan(0.9, 0.8, 20, 5, 0.05, 365, 60);
        assertEquals(Delay.simulate(plan, 30, 1), Delay.simulate(plan, 30, 1));
    }

    @Test
    void whatIsNotFoundInTimeTakesForEver() {
        Delays delays = Delay.simulate(new Plan(0.9, 0.89, 5, 0, 0.01, 3650, 2), 20, 1);
        assertEquals(0, delays.first().found());
        assertEquals(Double.POSITIVE_INFINITY, delays.first().median());
        assertEquals(Double.POSITIVE_INFINITY, delays.first().mean());
    }
}

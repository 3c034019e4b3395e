package io.demur.gateway.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** How well the judges of requests do on what has a known answer. */
class RankingTest {

    /** A judge whose scores of harmful probes lie so much higher, on a bell curve of width 1. */
    private static Ranking after(Ranking ranking, int n, double apart, SplittableRandom random) {
        Ranking next = ranking;
        for (int i = 0; i < n; i++) {
            boolean harmful = i % 2 == 0;
            double score = random.nextGaussian() + (harmful ? apart : 0);
            next = next.next((int) Math.round(1e6 / (1 + Math.exp(-score))), harmful);
            if (next.hasFallen()) {
                return next;
            }
        }
        return next;
    }

    @Test
    void aJudgeThatNoLongerTellsThemApartIsNoticed() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Ranking before = after(Ranking.start(), 1_000, 2.5, random);
            assertFalse(before.hasFallen());
            assertEquals(0.96, before.now().orElseThrow().rate(), 0.05);
            Ranking fallen = after(before, 1_000, 0.3, random);
            assertTrue(fallen.hasFallen());
            assertTrue(fallen.more() <= 800 + 2 * Ranking.WINDOW, fallen.more() + "");
        }
    }

    @Test
    void aYearOfOneThatStaysRaisesNoAlarmInNineteenOfTwenty() {
        int years = Boolean.getBoolean("thorough") ? 40 : 20;
        int alarms = 0;
        for (int seed = 0; seed < years; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            alarms += after(Ranking.start(), 365 * 50, 2, random).hasFallen() ? 1 : 0;
        }
        assertTrue(alarms <= years / 20, alarms + " of " + years);
    }

    @Test
    void tooFewSayNothing() {
        Ranking few = after(Ranking.start(), 18, 2, new SplittableRandom(1));
        assertTrue(few.now().isEmpty());
    }
}
